// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
// Heat maps over two numeric inputs, facets by text inputs.
import * as Plot from "@observablehq/plot";
import {numberText} from "./charts";
import {labelOf} from "./colours";
import {surfacesText, type Choice} from "./study-choice";
import {numericScale} from "./study-curves";
import {magnitude, mean, valueText, type BestData, type Input, type Magnitude, type Study, type Value}
  from "./study-data";
import {clickable, facetOptions, facetTitles, facets, figure, inkOn, plot, type Facets, type ShowCase}
  from "./study-figure";

interface Cell {
  x: number;
  y: number;
  value: number;
  fx: string;
  fy: string;
}

interface Dot extends Cell {
  case: number;
  title: string;
}

/** A best point, and the value that is 5 % from it. */
interface Peak extends Cell {
  limit: number;
}

const NEAR_BEST = 0.05;

export function drawMaps(study: Study, choice: Choice, showCase: ShowCase, width: number): Node[] {
  const upwards = choice.upwards;
  if (!upwards) return [];
  const facet = facets(choice, width - 60, true);
  const dots = dotsOf(study, choice, upwards, facet);
  if (dots.length === 0) return [];
  const size = magnitude(choice.column.name, choice.column.unit, dots.map((dot) => dot.value));
  const title = `${choice.column.name} over ${choice.across.name} and ${upwards.name}`;
  const surfaces = choice.surfaces([choice.across, upwards]);
  const listed = choice.across.kind === "numbers" && upwards.kind === "numbers";
  if (surfaces.length === 0 && listed) {
    const chart = plot(`${title}: map`, cellOptions(choice, upwards, facet, dots, size, width));
    return [figure(title, `Each field: the mean of its cases.${choice.heldText()}`, chart)];
  }
  const cells = surfaces.flatMap(({surface, place}) => cellsOf(surface, choice, upwards).map(
    (cell) => ({...cell, ...facet.of(place)})));
  const goal = study.answerOf(choice.column)?.goal ?? "none";
  const peaks = surfaces.flatMap(({surface, place}) => peakOf(surface.best, goal, choice, upwards).map(
    (peak) => ({...peak, ...facet.of(place)})));
  const options = mapOptions(choice, upwards, facet, {dots, cells, peaks}, size, width);
  const about = surfaces.length === 0 ? "Dots: computed cases."
    : `Response surface; dots: computed cases.${peaks.length ? " Star: the best; line: within 5 % of it." : ""}`
      + surfacesText(surfaces, study);
  return [figure(title, about + choice.heldText(surfaces), clickable(plot(`${title}: map`, options), showCase))];
}

// ---- Data -----------------------------------------------------------------------------------------------------------

function dotsOf(study: Study, choice: Choice, upwards: Input, facet: Facets): Dot[] {
  return choice.shown.flatMap((row) => {
    const [x, y, value] = [choice.across.of(row), upwards.of(row), choice.column.of(row)];
    if (x === null || y === null || value === null) return [];
    const title = `${study.describe(row)}\n${choice.column.name}: ${valueText(value, choice.column.unit)}`;
    return [{x, y, value, case: row, title, ...facet.of(choice.placeOf(row))}];
  });
}

function cellsOf(surface: {inputs: string[]; axes: number[][]; mean: Value[] | Value[][]}, choice: Choice,
                 upwards: Input): Omit<Cell, "fx" | "fy">[] {
  const cells: Omit<Cell, "fx" | "fy">[] = [];
  surface.mean.forEach((line, first) => {
    if (!Array.isArray(line)) return;
    line.forEach((value, second) => {
      if (value === null) return;
      const at = {[surface.inputs[0]!]: surface.axes[0]![first]!, [surface.inputs[1]!]: surface.axes[1]![second]!};
      cells.push({x: at[choice.across.name]!, y: at[upwards.name]!, value});
    });
  });
  return cells;
}

function peakOf(best: BestData | null, goal: string, choice: Choice, upwards: Input): Omit<Peak, "fx" | "fy">[] {
  const [x, y] = [best?.inputs[choice.across.name], best?.inputs[upwards.name]];
  if (!best || goal === "none" || typeof x !== "number" || typeof y !== "number") return [];
  const away = NEAR_BEST * Math.abs(best.value);
  return [{x, y, value: best.value, limit: goal === "largest" ? best.value - away : best.value + away}];
}

// ---- Charts ---------------------------------------------------------------------------------------------------------

function heightOf(facet: Facets, width: number): number {
  return 84 + facet.fy.length * Math.max(180, Math.min(320, width / facet.fx.length * 0.8));
}

function colourOptions(size: Magnitude): Plot.ScaleOptions {
  return {scheme: "viridis", legend: true, label: size.label, tickFormat: (value: number) => numberText(value)};
}

function mapOptions(choice: Choice, upwards: Input, facet: Facets, data: {dots: Dot[]; cells: Cell[]; peaks: Peak[]},
                    size: Magnitude, width: number): Plot.PlotOptions {
  const place = {fx: "fx", fy: "fy", x: "x", y: "y"} as const;
  const value = (cell: Cell): number => cell.value / size.factor;
  const mapped = data.cells.length > 0;
  const inset = mapped ? 0 : 10;
  return {
    width, height: heightOf(facet, width), marginLeft: 56, marginBottom: 42, ...facetOptions(facet),
    // Without insets: a surface is not continued beyond what was computed.
    x: {...numericScale(choice.across, data.dots.map((dot) => dot.x), (width - 76) / facet.fx.length), inset},
    y: {...numericScale(upwards, data.dots.map((dot) => dot.y), 160), inset},
    color: colourOptions(size),
    marks: [
      Plot.frame({stroke: "var(--rule)"}),
      ...(mapped ? [Plot.raster(data.cells, {...place, fill: value, interpolate: withinSurface(NaN), imageRendering: "auto",
                                             pixelSize: 2})] : []),
      ...data.peaks.map((peak) => contour(data.cells, peak, size)),
      Plot.dot(data.dots, mapped
        ? {...place, r: 2.5, fill: "#ffffff", stroke: "#101418", strokeWidth: 0.8}
        : {...place, r: 5, fill: value, stroke: "var(--ink)", strokeWidth: 0.7}),
      Plot.dot(data.peaks, {...place, symbol: "star", r: 7, fill: "#ffffff", stroke: "#101418", strokeWidth: 1.2}),
      ...facetTitles(facet),
      Plot.tip(data.dots, Plot.pointer({...place, title: "title"})),
    ],
  };
}

/** Between the points of a surface, and `beside` them another value: one facet may have been computed on a smaller
 * range. */
const withinSurface = (beside: number): Plot.RasterInterpolateFunction => (index, width, height, x, y, values) => {
  const raster = Plot.interpolatorBarycentric()(index, width, height, x, y, values) as number[];
  const range = (at: number[]): [number, number] =>
    [Math.min(...index.map((k) => at[k]!)), Math.max(...index.map((k) => at[k]!))];
  const [[left, right], [top, bottom]] = [range(x), range(y)];
  for (let row = 0; row < height; ++row) {
    for (let column = 0; column < width; ++column) {
      const [across, down] = [column + 0.5, row + 0.5]; // the middle of the pixel
      const inside = across >= left && across <= right && down >= top && down <= bottom;
      if (!inside) raster[row * width + column] = beside;
    }
  }
  return raster;
};

/** The line around what is within 5 % of the best of one facet: dark beneath white, to be seen on every colour. */
function contour(cells: Cell[], peak: Peak, size: Magnitude): Plot.Markish {
  const far = peak.value < peak.limit ? Number.MAX_VALUE : -Number.MAX_VALUE; // not within 5 %, and a line may end there
  const own = cells.filter((cell) => cell.fx === peak.fx && cell.fy === peak.fy);
  const options: Plot.ContourOptions = {
    fx: "fx", fy: "fy", x: "x", y: "y", value: (cell: Cell) => cell.value / size.factor, interpolate: withinSurface(far),
    thresholds: [peak.limit / size.factor], pixelSize: 3,
  };
  return [Plot.contour(own, {...options, stroke: "#101418", strokeWidth: 3.5, strokeOpacity: 0.6}),
          Plot.contour(own, {...options, stroke: "#ffffff", strokeWidth: 1.5})];
}

/** Without a surface: one field per pair of values, with its number. */
function cellOptions(choice: Choice, upwards: Input, facet: Facets, dots: Dot[], size: Magnitude,
                     width: number): Plot.PlotOptions {
  const groups = new Map<string, Dot[]>();
  for (const dot of dots) {
    const key = JSON.stringify([dot.fx, dot.fy, dot.x, dot.y]);
    groups.set(key, [...groups.get(key) ?? [], dot]);
  }
  const cells = [...groups.values()].map((group) => (
    {...group[0]!, value: mean(group.map((dot) => dot.value)) ?? NaN}));
  const [low, high] = [Math.min(...cells.map((cell) => cell.value)), Math.max(...cells.map((cell) => cell.value))];
  const share = (cell: Cell): number => high > low ? (cell.value - low) / (high - low) : 0;
  const room = width / facet.fx.length / choice.across.numbers.length;
  const place = {fx: "fx", fy: "fy", x: "x", y: "y"} as const;
  const band = (input: Input): Plot.ScaleOptions => {
    const scaled = magnitude(input.name, input.unit, input.numbers);
    return {type: "band", domain: input.numbers, label: scaled.label, padding: 0.03,
            tickFormat: (value: number) => numberText(value / scaled.factor, 3)};
  };
  return {
    width, height: heightOf(facet, width), marginLeft: 56, marginBottom: 42, ...facetOptions(facet),
    x: band(choice.across), y: {...band(upwards), reverse: true}, color: colourOptions(size),
    marks: [
      Plot.cell(cells, {...place, fill: (cell: Cell) => cell.value / size.factor,
                        title: (cell: Cell) => `${labelOf(choice.column)}: ${numberText(cell.value)}`,
                        tip: true}),
      ...(room > 44 ? [Plot.text(cells, {...place, text: (cell: Cell) => numberText(cell.value / size.factor, 3),
                                         fill: (cell: Cell) => inkOn(share(cell)), fontSize: 11})] : []),
      ...facetTitles(facet),
    ],
  };
}

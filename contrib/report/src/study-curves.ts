// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
// Dose-response curves: a result over one input, curves by another, facets by text inputs.
import * as Plot from "@observablehq/plot";
import {numberText} from "./charts";
import {surfacesText, type Choice, type PlacedSurface} from "./study-choice";
import {magnitude, mean, valueText, type Input, type Magnitude, type Study, type SurfaceData, type Value}
  from "./study-data";
import {apart, clickable, facetOptions, facetTitles, facets, figure, legend, plot, stepColour, type Facets,
        type ShowCase} from "./study-figure";
import {lineColour} from "./theme";

/** A value of the series: its curve's name, colour and, if numeric, number. */
interface Series {
  text: string;
  colour: string;
  value: Value;
}

interface Point {
  x: number | string;
  y: number;
  low: number;
  high: number;
  series: string;
  colour: string;
  fx: string;
  fy: string;
}

interface Dot extends Point {
  case: number; // row of the study
  title: string;
}

const SERIES_OF_A_RANGE = 3;

export function drawCurves(study: Study, choice: Choice, showCase: ShowCase, width: number): Node[] {
  const facet = facets(choice, width - 100);
  const series = seriesOf(study, choice);
  const dots = dotsOf(study, choice, facet, series);
  if (dots.length === 0) return [document.createTextNode("There is no value of this result in the chosen cases.")];
  const surfaces = choice.surfaces(choice.series?.numeric ? [choice.across, choice.series] : [choice.across]);
  const curves = surfaces.length ? curvesOfSurfaces(choice, facet, series, surfaces) : curvesOfMeans(choice, dots);
  const reference = untreatedOf(study, choice, facet);
  const title = `${choice.column.name} over ${choice.across.name}`;
  const options = chartOptions(choice, facet, dots, curves, reference, width);
  const chart = clickable(plot(`${title}: curves`, options), showCase);
  const about = surfaces.length
    ? `Dots: computed cases, with their numerical errors where these are known. Lines: response surface, with its 95 % band.${surfacesText(surfaces, study)}`
    : choice.across.kind === "range" ? "Dots: computed cases." : "Dots: computed cases. Lines join their means.";
  const keys = series.length > 1 || choice.series
    ? [legend(seriesLabel(choice, series), series.map((entry) => ({text: entry.text, colour: entry.colour})))] : [];
  const dashed = reference.length ? " Dashed: untreated tissue." : "";
  return [figure(title, about + dashed + choice.heldText(surfaces), ...keys, chart)];
}

// ---- Series ---------------------------------------------------------------------------------------------------------

function seriesOf(study: Study, choice: Choice): Series[] {
  const input = choice.series;
  if (!input) return [{text: "", colour: lineColour(0), value: null}];
  if (!input.numeric) return input.labels.map((text, index) => ({text, colour: lineColour(index), value: index}));
  const values = input.numbers.length ? input.numbers : spread(study, input);
  const size = magnitude(input.name, input.unit, values);
  return values.map((value, index) => ({text: numberText(value / size.factor, 3),
                                        colour: stepColour(index, values.length), value}));
}

/** Some values of a sampled input: the 10 %, 50 % and 90 % points of its sample. */
function spread(study: Study, input: Input): number[] {
  const values = study.rows.map((row) => input.of(row)).filter((value): value is number => value !== null)
    .sort((a, b) => a - b);
  return Array.from({length: SERIES_OF_A_RANGE},
                    (_, part) => values[Math.round((0.1 + 0.4 * part) * (values.length - 1))] ?? NaN);
}

/** 'amount [million]', 'cell type'. */
function seriesLabel(choice: Choice, series: Series[]): string {
  const input = choice.series;
  if (!input?.numeric) return input?.name ?? "";
  return magnitude(input.name, input.unit, series.map((entry) => entry.value)).label;
}

function nearestSeries(series: Series[], value: Value): Series | undefined {
  if (value === null || series.length === 1) return series[0];
  const distance = (entry: Series): number => Math.abs((entry.value ?? 0) - value);
  return series.reduce((best, entry) => distance(entry) < distance(best) ? entry : best);
}

// ---- Points ---------------------------------------------------------------------------------------------------------

function dotsOf(study: Study, choice: Choice, facet: Facets, series: Series[]): Dot[] {
  const dots: Dot[] = [];
  for (const row of choice.shown) {
    const [y, x] = [choice.column.of(row), choice.across.of(row)];
    const curve = nearestSeries(series, choice.series?.of(row) ?? null);
    if (y === null || x === null || !curve) continue;
    const error = study.errorOf(choice.column, row);
    const bar = error === null ? "" : ` ± ${valueText(error, choice.column.unit)}`;
    dots.push({x: choice.across.numeric ? x : choice.across.textOf(row), y, series: curve.text, colour: curve.colour,
               low: y - (error ?? 0), high: y + (error ?? 0), case: row,
               title: `${study.describe(row)}\n${choice.column.name}: ${valueText(y, choice.column.unit)}${bar}`,
               ...facet.of(choice.placeOf(row))});
  }
  return dots;
}

/** Without a surface: means of the cases at each value, joined. A range has no values that repeat. */
function curvesOfMeans(choice: Choice, dots: Dot[]): Point[] {
  if (choice.across.kind === "range" || choice.series?.kind === "range") return [];
  const groups = new Map<string, Dot[]>();
  for (const dot of dots) {
    const key = JSON.stringify([dot.fx, dot.fy, dot.series, dot.x]);
    groups.set(key, [...groups.get(key) ?? [], dot]);
  }
  const points = [...groups.values()].map((group) => {
    const y = mean(group.map((dot) => dot.y)) ?? NaN;
    return {...group[0]!, y, low: y, high: y};
  });
  return points.sort((a, b) => Number(a.x) - Number(b.x) || 0);
}

function curvesOfSurfaces(choice: Choice, facet: Facets, series: Series[],
                          surfaces: PlacedSurface[]): Point[] {
  return surfaces.flatMap(({surface, place}) => series
    .filter((entry) => choice.series?.numeric || !entry.text || entry.text === place.series)
    .flatMap((entry) => curve(surface, choice, entry).map((point) => ({...point, ...facet.of(place)}))));
}

/** A line through a surface along the horizontal axis, at a value of the series. */
function curve(surface: SurfaceData, choice: Choice, series: Series): Omit<Point, "fx" | "fy">[] {
  const along = surface.inputs.indexOf(choice.across.name);
  const axis = surface.axes[along] ?? [];
  const crossing = surface.inputs.length > 1 ? surface.axes[1 - along] ?? [] : [];
  if (series.value !== null && isBeyond(crossing, series.value)) return [];
  const at = surface.inputs.length > 1 ? fraction(crossing, series.value ?? NaN) : null;
  return axis.flatMap((x, index) => {
    const y = sample(surface.mean, along, index, at);
    if (y === null) return [];
    const [low, high] = [sample(surface.low, along, index, at), sample(surface.high, along, index, at)];
    return [{x, y, low: low ?? y, high: high ?? y, series: series.text, colour: series.colour}];
  });
}

/** Whether a value lies outside of an ascending axis: a surface is not continued there. */
function isBeyond(axis: number[], value: number): boolean {
  const [first, last] = [axis[0], axis[axis.length - 1]];
  if (first === undefined || last === undefined) return false;
  const margin = 1e-9 * Math.max(Math.abs(first), Math.abs(last));
  return value < first - margin || value > last + margin;
}

/** Where a value lies on an ascending axis: the index below it, and the share of the way to the next. */
function fraction(axis: number[], value: number): {index: number; share: number} | null {
  const above = axis.findIndex((entry) => entry >= value * (1 - 1e-9));
  if (above < 0) return axis.length ? {index: axis.length - 1, share: 0} : null;
  if (above === 0) return {index: 0, share: 0};
  const [low, high] = [axis[above - 1]!, axis[above]!];
  return {index: above - 1, share: Math.min(1, (value - low) / (high - low))};
}

function sample(values: SurfaceData["mean"], along: number, index: number,
                at: {index: number; share: number} | null): Value {
  const entry = (other: number): Value => {
    const [first, second] = along === 0 ? [index, other] : [other, index];
    const line = values[first];
    return Array.isArray(line) ? line[second] ?? null : null;
  };
  if (!at) {
    const value = values[index];
    return typeof value === "number" ? value : null;
  }
  const [low, high] = [entry(at.index), at.share > 0 ? entry(at.index + 1) : entry(at.index)];
  return low === null || high === null ? null : low + at.share * (high - low);
}

/** The untreated tissue: its mean in each facet and at each place on the axis. */
function untreatedOf(study: Study, choice: Choice, facet: Facets): {x: number; y: number; fx: string; fy: string}[] {
  const column = study.untreatedOf(choice.column);
  if (!column || !choice.across.numeric) return [];
  const groups = new Map<string, {y: number; fx: string; fy: string}[]>();
  for (const row of choice.shown) {
    const y = column.of(row);
    if (y === null) continue;
    const place = facet.of(choice.placeOf(row));
    const key = JSON.stringify(place);
    groups.set(key, [...groups.get(key) ?? [], {y, ...place}]);
  }
  const values = choice.shown.map((row) => choice.across.of(row)).filter((value): value is number => value !== null);
  const ends = [Math.min(...values), Math.max(...values)];
  // One level per facet: where the untreated tissue depends on the inputs, a single line would not be true.
  return [...groups.values()].filter((group) => same(group.map((entry) => entry.y)))
    .flatMap((group) => ends.map((x) => ({...group[0]!, x})));
}

function same(values: number[]): boolean {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return high - low <= 1e-4 * Math.max(Math.abs(low), Math.abs(high));
}

// ---- The chart ------------------------------------------------------------------------------------------------------

function chartOptions(choice: Choice, facet: Facets, dots: Dot[], curves: Point[],
                      reference: {x: number; y: number; fx: string; fy: string}[], width: number): Plot.PlotOptions {
  const y = magnitude(choice.column.name, choice.column.unit, [...dots, ...curves].map((point) => point.y));
  const labels = curves.length > 0 && choice.series !== null && width / facet.fx.length > 260;
  const scaled = (key: "y" | "low" | "high") => (point: Point) => point[key] / y.factor;
  const place = {fx: "fx", fy: "fy"} as const;
  const band = curves.some((point) => point.high > point.low);
  return {
    width, height: 70 + facet.fy.length * Math.max(190, Math.min(320, width / facet.fx.length * 0.75)),
    marginLeft: 56, marginRight: labels ? 8 : 16, marginBottom: 42,
    ...facetOptions(facet), ...across(choice, dots, (width - 72) / facet.fx.length, labels ? roomForLabels(dots) : 8),
    y: {label: y.label, grid: true, nice: true, domain: extent(dots, curves).map((end) => end / y.factor), ticks: 5,
        tickFormat: (value: number) => numberText(value)},
    marks: [
      Plot.frame({stroke: "var(--rule)"}),
      ...(band ? [Plot.areaY(curves, {...place, x: "x", y1: scaled("low"), y2: scaled("high"), z: "series",
                                      fill: "colour", fillOpacity: 0.14, clip: true})] : []),
      Plot.line(reference, {...place, x: "x", y: (entry: {y: number}) => entry.y / y.factor, stroke: "var(--soft)",
                            strokeDasharray: "5 4"}),
      Plot.line(curves, {...place, x: "x", y: scaled("y"), z: "series", stroke: "colour", strokeWidth: 2, clip: true}),
      Plot.ruleX(dots.filter((dot) => dot.high > dot.low), {...place, x: "x", y1: scaled("low"), y2: scaled("high"),
                                                            stroke: "colour"}),
      Plot.dot(dots, {...place, x: "x", y: (dot: Dot) => dot.y / y.factor, fill: "colour", stroke: "var(--card)",
                      r: dots.length > 400 ? 2.5 : 4}),
      ...(labels ? [endLabels(curves, y)] : []),
      ...facetTitles(facet),
      Plot.tip(dots, Plot.pointer({...place, x: "x", y: (dot: Dot) => dot.y / y.factor, title: "title"})),
    ],
  };
}

/** Of the vertical axis. Bands do not take it to another sign than the cases have. */
function extent(dots: Dot[], curves: Point[]): [number, number] {
  const values = dots.map((dot) => dot.y);
  const zero = startsAtZero(values) ? [0] : [];
  const low = Math.min(...values, ...zero, ...[...dots, ...curves].map((point) => point.low));
  const high = Math.max(...values, ...zero, ...[...dots, ...curves].map((point) => point.high));
  return [Math.min(...values) >= 0 ? Math.max(0, low) : low, Math.max(...values) <= 0 ? Math.min(0, high) : high];
}

function roomForLabels(dots: Dot[]): number {
  return 18 + 7 * Math.max(...dots.map((dot) => dot.series.length));
}

/** The horizontal axis of `width` px; `room` is kept at its right end for the names of curves. */
function across(choice: Choice, dots: Dot[], width: number, room: number): Plot.PlotOptions {
  const input = choice.across;
  if (!input.numeric) {
    return {x: {domain: input.labels, label: input.name, type: "point", insetRight: room, insetLeft: 16}};
  }
  return {x: {...numericScale(input, dots.map((dot) => Number(dot.x)), width - room), insetLeft: 8, insetRight: room}};
}

const TICK = 34; // px that the number at a tick needs

/** A scale of `length` px with ticks at the listed values, as many as there is room for. */
export function numericScale(input: Input, values: number[], length: number): Plot.ScaleOptions {
  const size = magnitude(input.name, input.unit, values);
  return {label: size.label, type: input.logarithmic ? "log" : "linear", ticks: ticksAt(input, values, length),
          tickFormat: (value: number) => numberText(value / size.factor, 3)};
}

function ticksAt(input: Input, values: number[], length: number): number | number[] {
  const numbers = input.numbers;
  if (!input.logarithmic && numbers.length < 2) return Math.max(2, Math.min(6, length / 60));
  const wanted = numbers.length > 1 ? numbers : roundNumbers(values);
  const at = (value: number): number => input.logarithmic ? Math.log(value) : value;
  const extent = at(Math.max(...values)) - at(Math.min(...values));
  const kept: number[] = [];
  let before = -Infinity;
  for (const value of wanted) {
    const place = at(value) / extent * length;
    if (place - before < TICK) continue;
    kept.push(value);
    before = place;
  }
  return kept;
}

/** 1, 2, 5, 10 ... within the extent of some positive numbers. */
function roundNumbers(values: number[]): number[] {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const found: number[] = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.log10(high); power += 1) {
    found.push(...[1, 2, 5].map((digit) => digit * 10 ** power).filter((value) => value >= low && value <= high));
  }
  return found;
}

export function startsAtZero(values: number[]): boolean {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return low >= 0 ? low < 0.5 * high : high <= 0 && high > 0.5 * low;
}

/** Names at the ends of the curves, pushed apart. */
function endLabels(curves: Point[], y: Magnitude): Plot.Markish {
  const ends = new Map<string, Point>();
  for (const point of curves) {
    const key = JSON.stringify([point.fx, point.fy, point.series]);
    const before = ends.get(key);
    if (!before || Number(point.x) >= Number(before.x)) ends.set(key, point);
  }
  const options = {
    fx: "fx", fy: "fy", x: "x", y: (point: Point) => point.y / y.factor, text: "series", dx: 8, textAnchor: "start",
    fill: "colour", fontWeight: 600, stroke: "var(--card)", strokeWidth: 3,
  } as const;
  return Plot.text([...ends.values()], Plot.initializer(options, spreadLabels));
}

const spreadLabels: Plot.InitializerFunction = (data, indices, channels, scales, dimensions) => {
  const values = channels["y"]?.value as number[];
  const scale = scales["y"] as unknown as (value: number) => number;
  const moved = values.map((value) => scale(value));
  for (const facet of indices) {
    const places = [...facet].map((index) => moved[index]!);
    const far = apart(places, 13, dimensions.marginTop + 6, dimensions.height - dimensions.marginBottom - 6);
    [...facet].forEach((index, order) => {
      moved[index] = far[order]!;
    });
  }
  return {data, facets: indices, channels: {y: {value: moved}}};
};

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
// The trade-off between two goals: every case is a dot, and those that no other beats are joined.
import * as Plot from "@observablehq/plot";
import {numberText} from "./charts";
import {sideBySide} from "./study-effects";
import {magnitude, valueText, type FrontData, type Magnitude, type Study} from "./study-data";
import {clickable, figure, plot, type ShowCase} from "./study-figure";
import {lineColour} from "./theme";

interface Dot {
  x: number;
  y: number;
  x1: number;
  x2: number;
  y1: number;
  y2: number;
  case: number; // row of the study
  title: string;
}

const SMALLEST = 320; // px of one chart

export function drawFronts(study: Study, fronts: FrontData[], showCase: ShowCase, width: number): Node[] {
  const drawn = fronts.map((front) => ({front, all: dotsOf(study, front, front.cases)}));
  const sizes = (["x", "y"] as const).map((key, index) => {
    const name = index === 0 ? fronts[0]?.first : fronts[0]?.second;
    const unit = study.columns.find((column) => column.name === name)?.unit ?? "";
    return magnitude(name ?? "", unit, drawn.flatMap(({all}) => all.map((dot) => dot[key])));
  });
  const [across, up] = [sizes[0]!, sizes[1]!];
  return [sideBySide(drawn, width, ({front, all}, room) => (
    frontFigure(study, front, all, across, up, showCase, room)), SMALLEST)];
}

/** The answers of cases with their numerical errors. */
function dotsOf(study: Study, front: FrontData, numbers: number[]): Dot[] {
  const [first, second] = [front.first, front.second].map((name) => study.columns.find((column) => (
    column.group === "answer" && column.name === name)));
  if (!first || !second) return [];
  return numbers.flatMap((number) => {
    const row = study.cases.number.indexOf(number);
    const [x, y] = [first.of(row), second.of(row)];
    if (x === null || y === null) return [];
    const [dx, dy] = [study.errorOf(first, row) ?? 0, study.errorOf(second, row) ?? 0];
    const title = `${study.describe(row)}\n${first.name}: ${valueText(x, first.unit)}\n`
      + `${second.name}: ${valueText(y, second.unit)}`;
    return [{x, y, x1: x - dx, x2: x + dx, y1: y - dy, y2: y + dy, case: row, title}];
  });
}

function frontFigure(study: Study, front: FrontData, all: Dot[], across: Magnitude, up: Magnitude,
                     showCase: ShowCase, width: number): Node {
  const joined = dotsOf(study, front, front.numbers);
  const where = Object.entries(front.at).map(([name, value]) => `${name} ${typeof value === "number"
    ? valueText(value, study.input(name)?.unit ?? "") : value}`).join(", ");
  const scaled = (key: keyof Omit<Dot, "case" | "title">, size: Magnitude) => (dot: Dot) => dot[key] / size.factor;
  const place = {x: scaled("x", across), y: scaled("y", up)} as const;
  const bars = {x: place.x, y: place.y, x1: scaled("x1", across), x2: scaled("x2", across), y1: scaled("y1", up),
                y2: scaled("y2", up)};
  const title = `${front.second} against ${front.first}${where ? `, ${where}` : ""}`;
  return figure(where || "All cases", "", clickable(plot(title, {
    width, height: 300, marginTop: 30, marginLeft: 56, marginBottom: 42,
    x: {label: across.label, grid: true, nice: true, ticks: Math.max(3, Math.min(6, width / 80)),
        tickFormat: (value: number) => numberText(value)},
    y: {label: up.label, grid: true, nice: true, ticks: 5, tickFormat: (value: number) => numberText(value)},
    marks: [
      Plot.dot(all, {...place, r: 2.5, fill: "var(--soft)", fillOpacity: 0.55}),
      Plot.line(joined, {...place, stroke: lineColour(0), strokeWidth: 2}),
      Plot.ruleX(joined, {x: bars.x, y1: bars.y1, y2: bars.y2, stroke: lineColour(0)}),
      Plot.ruleY(joined, {y: bars.y, x1: bars.x1, x2: bars.x2, stroke: lineColour(0)}),
      Plot.dot(joined, {...place, r: 4.5, fill: lineColour(0), stroke: "var(--card)"}),
      Plot.tip(all, Plot.pointer({...place, title: "title"})),
    ],
  }), showCase));
}

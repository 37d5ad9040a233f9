// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
// A result over each sampled input, one chart per input.
import * as Plot from "@observablehq/plot";
import {numberText} from "./charts";
import type {Choice} from "./study-choice";
import {numericScale, startsAtZero} from "./study-curves";
import {magnitude, valueText, type Input, type Study} from "./study-data";
import {clickable, figure, legend, plot, type ShowCase} from "./study-figure";
import {sideBySide} from "./study-effects";
import {lineColour} from "./theme";

const SYMBOLS: Plot.SymbolName[] = ["circle", "triangle", "square", "diamond", "star", "wye", "cross", "times"];

interface Dot {
  x: number;
  y: number;
  group: number;
  case: number;
  title: string;
}

export function drawScatter(study: Study, choice: Choice, showCase: ShowCase, width: number): Node[] {
  const inputs = study.inputs.filter((input) => input.kind === "range");
  if (choice.shown.length === 0) return [];
  const groups = [choice.series, ...study.texts].find((input) => input && !input.numeric) ?? null;
  const keys = groups ? [legend(groups.name, groups.labels.map((text, index) => (
    {text, colour: lineColour(index), shape: SYMBOLS[index % SYMBOLS.length]!})))] : [];
  const title = document.createElement("h3");
  title.textContent = `${choice.column.name} over each sampled input`;
  return [title, ...keys, sideBySide(inputs, width, (input, room) => (
    scatter(study, choice, input, groups, showCase, room)))];
}

function scatter(study: Study, choice: Choice, input: Input, groups: Input | null, showCase: ShowCase,
                 width: number): Node {
  const dots = choice.shown.flatMap((row): Dot[] => {
    const [x, y] = [input.of(row), choice.column.of(row)];
    if (x === null || y === null) return [];
    const title = `${study.describe(row)}\n${choice.column.name}: ${valueText(y, choice.column.unit)}`;
    return [{x, y, group: groups?.of(row) ?? 0, case: row, title}];
  });
  const size = magnitude(choice.column.name, choice.column.unit, dots.map((dot) => dot.y));
  const place = {x: "x", y: (dot: Dot) => dot.y / size.factor} as const;
  const marks = SYMBOLS.map((symbol, index) => {
    const own = dots.filter((dot) => dot.group % SYMBOLS.length === index);
    return Plot.dot(own, {...place, symbol, r: 3.5, stroke: lineColour(index), strokeWidth: 1.5});
  });
  return figure(input.name, "", clickable(plot(`${choice.column.name} over ${input.name}`, {
    width, height: 250, marginTop: 30, marginLeft: 52, marginBottom: 40,
    x: numericScale(input, dots.map((dot) => dot.x), width - 72),
    y: {label: size.label, grid: true, ticks: 5, zero: startsAtZero(dots.map((dot) => dot.y)), nice: true,
        tickFormat: (value: number) => numberText(value)},
    marks: [...marks, Plot.tip(dots, Plot.pointer({...place, title: "title"}))],
  }), showCase));
}

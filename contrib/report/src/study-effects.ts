// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
// Which input matters: main effects, shares of the variance, Sobol indices.
import * as Plot from "@observablehq/plot";
import {numberText} from "./charts";
import {numericScale, startsAtZero} from "./study-curves";
import {magnitude, valueText, type AnswerData, type EffectData, type IndexData, type Magnitude, type Study}
  from "./study-data";
import {figure, legend, plot} from "./study-figure";
import {lineColour} from "./theme";

const SHOWN_SHARES = 15;
const ROW = 30; // px of a row with a name
const SMALL = 280; // px that a small chart takes with its card
const WIDE = 440; // px that a chart with names takes
const AROUND = 52; // px of gap, padding and border of a small chart's card
const WIDEST = 900; // px of a chart with one row per name

function percent(share: number): string {
  return `${numberText(100 * share, 2)} %`;
}

/** Charts side by side, as many as fit; `draw` gets the width of one. */
export function sideBySide<Entry>(entries: Entry[], width: number, draw: (entry: Entry, width: number) => Node,
                                  smallest = SMALL): HTMLElement {
  const count = Math.max(1, Math.min(entries.length, 4, Math.floor((width + AROUND) / smallest)));
  const grid = document.createElement("div");
  grid.className = "side-by-side";
  grid.style.setProperty("--count", String(count));
  grid.append(...entries.map((entry) => draw(entry, Math.min(720, (width + AROUND) / count - AROUND))));
  return grid;
}

/** Room for names at the left of a chart. */
function roomFor(names: string[], width: number): number {
  return Math.min(0.45 * width, 24 + 6.6 * Math.max(...names.map((name) => name.length)));
}

// ---- Main effects ---------------------------------------------------------------------------------------------------

interface Level {
  x: number | string;
  y: number;
  low: number;
  high: number;
}

/** One chart per input, all with the same vertical axis, the largest share first. */
export function drawEffects(study: Study, answer: AnswerData, width: number): Node[] {
  const effects = [...answer.effects].sort((a, b) => (b.share ?? 0) - (a.share ?? 0));
  const known = effects.flatMap(levelsOf).flatMap((level) => [level.low, level.y, level.high]);
  if (known.length === 0) return [document.createTextNode("There are no main effects of this answer.")];
  const size = magnitude(answer.name, answer.unit, known);
  const zero = startsAtZero(known) ? [0] : [];
  const domain: [number, number] = [Math.min(...known, ...zero) / size.factor,
                                    Math.max(...known, ...zero) / size.factor];
  return [sideBySide(effects, width, (effect, room) => effectFigure(study, effect, size, domain, room))];
}

function levelsOf(effect: EffectData): Level[] {
  return effect.levels.flatMap((x, place) => {
    const y = effect.model[place] ?? null;
    return y === null ? [] : [{x, y, low: effect.low[place] ?? y, high: effect.high[place] ?? y}];
  });
}

function effectFigure(study: Study, effect: EffectData, size: Magnitude, domain: [number, number],
                      width: number): HTMLElement {
  const levels = levelsOf(effect);
  const input = study.input(effect.input);
  const scaled = (key: "y" | "low" | "high") => (level: Level) => level[key] / size.factor;
  const chart = plot(`Main effect of ${effect.input}: ${size.label}`, {
    width, height: 240, marginTop: 30, marginLeft: 52, marginBottom: 40,
    x: input?.numeric ? numericScale(input, levels.map((level) => Number(level.x)), width - 72)
      : {type: "point", domain: levels.map((level) => String(level.x)), label: effect.input, padding: 0.5},
    y: {label: size.label, domain, nice: true, grid: true, ticks: 5, tickFormat: (value: number) => numberText(value)},
    marks: [
      Plot.line(levels, {x: "x", y: scaled("y"), stroke: lineColour(0), strokeWidth: 1.5}),
      Plot.ruleX(levels, {x: "x", y1: scaled("low"), y2: scaled("high"), stroke: lineColour(0), strokeWidth: 4,
                          strokeOpacity: 0.35}),
      Plot.dot(levels, {x: "x", y: scaled("y"), fill: lineColour(0), r: 4, tip: true, title: (level: Level) =>
        `${numberText(level.y)} (${numberText(level.low)} to ${numberText(level.high)})`}),
    ],
  });
  return figure(effect.input, effect.share === null ? "" : `${percent(effect.share)} of the variance`, chart);
}

// ---- Shares of the variance -----------------------------------------------------------------------------------------

/** Of inputs alone and of pairs, the largest first. */
export function drawInteractions(answer: AnswerData, width: number): Node[] {
  const alone = answer.effects.flatMap(({input, share}) => share === null ? [] : [{name: input, share, pair: false}]);
  const pairs = answer.interactions.map(([first, second, share]) => (
    {name: `${first} × ${second}`, share, pair: true}));
  if (pairs.length === 0) return [document.createTextNode("There are no interactions of this answer.")];
  const shares = [...alone, ...pairs].sort((a, b) => b.share - a.share).slice(0, SHOWN_SHARES);
  const room = Math.min(width, WIDEST);
  const chart = plot(`Shares of the variance of ${answer.name}`, {
    width: room, height: 60 + ROW * shares.length, marginBottom: 42, marginTop: 8, marginRight: 60,
    marginLeft: roomFor(shares.map((entry) => entry.name), room),
    x: {label: "share of the variance", domain: [0, Math.max(0.05, ...shares.map((entry) => entry.share))], nice: true,
        tickFormat: percent, grid: true, ticks: Math.max(2, Math.min(6, room / 140))},
    y: {label: null, domain: shares.map((entry) => entry.name), padding: 0.3},
    marks: [
      Plot.barX(shares, {x: "share", y: "name", fill: (entry: {pair: boolean}) => lineColour(entry.pair ? 1 : 0)}),
      Plot.text(shares, {x: "share", y: "name", text: (entry: {share: number}) => percent(entry.share), dx: 5,
                         textAnchor: "start"}),
      Plot.ruleX([0], {stroke: "var(--soft)"}),
    ],
  });
  const keys = legend("", [{text: "an input alone", colour: lineColour(0), shape: "square"},
                           {text: "two inputs together", colour: lineColour(1), shape: "square"}]);
  return [figure(answer.name, "", keys, chart)];
}

// ---- Sobol indices --------------------------------------------------------------------------------------------------

interface Share {
  input: string;
  share: number;
  low: number;
  high: number;
  total: boolean;
}

/** Two dots per input with their 95 % intervals; one chart for each combination of the listed inputs. */
export function drawIndices(study: Study, answer: AnswerData, width: number): Node[] {
  const groups = new Map<string, IndexData[]>();
  for (const index of answer.indices ?? []) {
    const title = Object.entries(index.at).map(([name, value]) => `${name} ${atText(study, name, value)}`).join(", ");
    groups.set(title, [...groups.get(title) ?? [], index]);
  }
  if (groups.size === 0) return [document.createTextNode("There are no Sobol indices of this answer.")];
  const keys = legend("", [{text: "first order", colour: lineColour(0)},
                           {text: "total", colour: lineColour(1), shape: "diamond"}]);
  return [keys, sideBySide([...groups], width, ([title, indices], room) => (
    figure(answer.name, title, indicesChart(answer, indices, room))), WIDE)];
}

function atText(study: Study, name: string, value: string | number): string {
  return typeof value === "number" ? valueText(value, study.input(name)?.unit ?? "") : value;
}

function indicesChart(answer: AnswerData, indices: IndexData[], width: number): Node {
  const sorted = [...indices].sort((a, b) => b.total - a.total);
  const [first, total] = [sorted.map((index) => shareOf(index, false)), sorted.map((index) => shareOf(index, true))];
  const ends = [...first, ...total].flatMap((entry) => [entry.low, entry.high]);
  const marks = (shares: Share[], colour: string, symbol: Plot.SymbolName, dy: number): Plot.Markish[] => [
    Plot.ruleY(shares, {x1: "low", x2: "high", y: "input", stroke: colour, strokeWidth: 2, dy}),
    Plot.dot(shares, {x: "share", y: "input", fill: colour, symbol, r: 5, dy, tip: true, title: (entry: Share) =>
      `${entry.input}, ${entry.total ? "total" : "first order"}: ${numberText(entry.share, 3)} `
      + `(${numberText(entry.low, 3)} to ${numberText(entry.high, 3)})`}),
  ];
  return plot(`Sobol indices of ${answer.name}`, {
    width, height: 50 + 1.4 * ROW * sorted.length, marginBottom: 42, marginTop: 8,
    marginLeft: roomFor(sorted.map((index) => index.input), width),
    x: {label: "share of the variance", domain: [Math.min(0, ...ends), Math.max(1, ...ends)], grid: true, ticks: 5},
    y: {type: "band", label: null, domain: sorted.map((index) => index.input)},
    marks: [Plot.ruleX([0], {stroke: "var(--soft)"}), ...marks(first, lineColour(0), "circle", -6),
            ...marks(total, lineColour(1), "diamond", 6)],
  });
}

function shareOf(index: IndexData, total: boolean): Share {
  return total
    ? {input: index.input, share: index.total, low: index.total_low, high: index.total_high, total}
    : {input: index.input, share: index.first, low: index.first_low, high: index.first_high, total};
}

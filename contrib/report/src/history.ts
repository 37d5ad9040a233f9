// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
// Histories: the important ones at once, all others by choice.
import * as Plot from "@observablehq/plot";
import {drawChart, numberText, scaled} from "./charts";
import type {HistoryChart, HistoryData, Threshold} from "./data";
import {controls, select} from "./selectors";
import {lineColour} from "./theme";

interface Dot {
  time: number;
  value: number;
  line: number;
}

function dots(times: number[], values: (number | null)[], line: number): Dot[] {
  return times.flatMap((time, index) => {
    const value = values[index];
    return value === null || value === undefined ? [] : [{time, value, line}];
  });
}

/** Labels beside the ends of lines, moved apart so that none lies on another. */
function labelPlaces(ends: Dot[], domain: [number, number], height: number): Map<number, number> {
  const step = 14 * (domain[1] - domain[0]) / height;
  const sorted = [...ends].sort((one, other) => one.value - other.value);
  const places = sorted.map((dot) => dot.value);
  for (let index = 1; index < places.length; index += 1) {
    places[index] = Math.max(places[index]!, places[index - 1]! + step);
  }
  const over = (places.at(-1) ?? 0) - domain[1];
  for (let index = places.length - 1, limit = domain[1]; over > 0 && index >= 0; index -= 1) {
    places[index] = Math.min(places[index]!, limit);
    limit = places[index]! - step;
  }
  return new Map(sorted.map((dot, index) => [dot.line, places[index]!]));
}

/** The extremes of what is drawn; amounts begin at 0 when that costs little room. */
function domainOf(values: number[]): [number, number] {
  const low = Math.min(...values);
  const high = Math.max(...values);
  if (low === high) return [low - (Math.abs(low) || 1) * 0.1, high + (Math.abs(high) || 1) * 0.1];
  if (low >= 0 && low < 0.7 * high) return [0, high * 1.03];
  const room = 0.05 * (high - low);
  return [low - room, high + room];
}

/** The thresholds that lie near the lines; far ones would flatten them. */
function nearOnes(history: HistoryData, chart: HistoryChart, thresholds: Threshold[]): Threshold[] {
  const values = chart.lines.flatMap((line) => history.columns[line.column]!.values).filter((value) => value !== null);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return thresholds.filter(({quantity, value}) => quantity === chart.quantity && value > low - (high - low) &&
    value < high + (high - low));
}

function options(history: HistoryData, chart: HistoryChart, marked: Threshold[], width: number): Plot.PlotOptions {
  const treated = chart.lines.map((line, index) => dots(history.times, history.columns[line.column]!.values, index));
  const control = chart.lines.map((line, index) =>
    dots(history.controlTimes ?? [], history.columns[line.column]!.control ?? [], index));
  const all = [...treated, ...control].flat().map((dot) => dot.value);
  const domain = domainOf([...all, ...marked.map((threshold) => threshold.value)]);
  const {size, unit} = scaled(domain, chart.unit);
  const height = Math.round(Math.min(300, Math.max(200, 0.5 * width)));
  const longest = Math.max(...chart.lines.map((line) => line.label.length));
  const right = Math.min(0.4 * width, 16 + 6.6 * longest);
  const ends = treated.flatMap((line) => line.slice(-1));
  const places = labelPlaces(ends, domain, height - 50);
  return {
    height, marginRight: right, marginLeft: 62, marginTop: 24, marginBottom: 36,
    x: {label: "time [d]", labelAnchor: "center", labelArrow: "none",
        domain: [history.times[0]!, history.times.at(-1)!]},
    y: {label: unit === "1" ? null : `[${unit}]`, labelArrow: "none", domain, grid: true, ticks: 5,
        tickFormat: (value: number) => numberText(value / size)},
    marks: [
      Plot.ruleY(marked, {
        y: "value", stroke: "var(--bad)", strokeDasharray: "1 3", strokeLinecap: "round", strokeWidth: 1.5}),
      ...control.map((line, index) => Plot.line(line, {
        x: "time", y: "value", stroke: lineColour(index), strokeWidth: 1.5, strokeDasharray: "5 4"})),
      ...treated.map((line, index) => Plot.line(line, {
        x: "time", y: "value", stroke: lineColour(index), strokeWidth: 2})),
      Plot.text(ends, {
        x: "time", y: (dot: Dot) => places.get(dot.line)!, text: (dot: Dot) => chart.lines[dot.line]!.label,
        fill: (dot: Dot) => lineColour(dot.line), textAnchor: "start", dx: 8, fontSize: 12}),
      Plot.tip(treated.flat(), Plot.pointer({
        x: "time", y: "value", fill: "var(--card)", stroke: "var(--rule)",
        title: (dot: Dot) => `${chart.lines[dot.line]!.label}\n${numberText(dot.time)} d: ${numberText(dot.value)}` +
          (chart.unit === "1" ? "" : ` ${chart.unit}`)})),
    ],
  };
}

function notesOf(history: HistoryData, chart: HistoryChart, marked: Threshold[]): string {
  const notes = marked.map((threshold) => `dotted: ${numberText(threshold.value)}, ${threshold.text}`);
  const hasControl = chart.lines.some((line) => history.columns[line.column]!.control);
  return [...(hasControl ? ["dashed: untreated"] : []), ...notes].join("; ");
}

function figure(history: HistoryData, chart: HistoryChart, thresholds: Threshold[]): HTMLElement {
  const element = document.createElement("figure");
  element.className = "card";
  const caption = document.createElement("figcaption");
  const note = document.createElement("p");
  note.className = "note";
  const place = document.createElement("div");
  place.className = "chart";
  caption.textContent = chart.heading;
  const marked = nearOnes(history, chart, thresholds);
  note.textContent = notesOf(history, chart, marked);
  element.append(caption, place, note);
  const label = `${chart.heading} over time, ${chart.lines.map((line) => line.label).join(", ")}`;
  // Width is known only when the figure is in the page.
  requestAnimationFrame(() => drawChart(place, label, (width) => options(history, chart, marked, width)));
  return element;
}

/** All charts behind two lists: of what, and which number of it. */
function chooser(history: HistoryData, thresholds: Threshold[]): HTMLElement {
  const groups = [...new Set(history.charts.map((chart) => chart.group))];
  const place = document.createElement("div");
  let charts: HistoryChart[] = [];
  const draw = (index: number): void => place.replaceChildren(figure(history, charts[index]!, thresholds));
  const number = select("Number", [], 0, draw);
  const choose = (index: number): void => {
    charts = history.charts.filter((chart) => chart.group === groups[index]);
    number.control.replaceChildren(...charts.map((chart, option) => new Option(chart.title, String(option))));
    draw(0);
  };
  const group = select("Quantity", groups, 0, choose);
  const element = document.createElement("div");
  element.className = "chooser";
  const heading = document.createElement("h3");
  heading.textContent = "Any quantity";
  element.append(heading, controls(group.box, number.box), place);
  choose(0);
  return element;
}

export function showHistory(history: HistoryData, thresholds: Threshold[], element: HTMLElement): void {
  const featured = document.createElement("div");
  featured.className = "charts";
  featured.append(...history.featured.map((index) => figure(history, history.charts[index]!, thresholds)));
  element.append(featured, chooser(history, thresholds));
}

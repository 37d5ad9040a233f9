// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
// What the charts of a study share: places that are drawn anew, facets, colours, clicks on cases.
import * as Plot from "@observablehq/plot";
import type {Choice, Place} from "./study-choice";
import type {Input} from "./study-data";

export type Chart = (SVGSVGElement | HTMLElement) & Plot.Plot;
export type ShowCase = (row: number, from?: HTMLElement) => void;

const CARD = 36; // px of padding and border of a card, left and right

/** Draws into `element` now, when its width changes, and when the returned function is called. `draw` gets the width
    within a card that fills the element. */
export function drawnAnew(element: HTMLElement, draw: (width: number) => (Node | string)[]): () => void {
  let drawn = 0;
  const redraw = (): void => {
    drawn = element.clientWidth;
    if (drawn > CARD) element.replaceChildren(...draw(drawn - CARD));
  };
  redraw();
  new ResizeObserver(() => {
    if (Math.abs(element.clientWidth - drawn) > 1) redraw();
  }).observe(element);
  return redraw;
}

/** A chart in the style of the page. */
export function plot(label: string, options: Plot.PlotOptions): Chart {
  const chart = Plot.plot({className: "plot", ariaLabel: label, ...options});
  chart.style.maxWidth = `${options.width ?? 640}px`; // letters keep their size
  const drawings = chart instanceof SVGElement ? [chart] : [...chart.querySelectorAll("svg")]; // with a bar of colours
  drawings.forEach((drawing, index) => {
    drawing.setAttribute("role", "img");
    drawing.setAttribute("aria-label", index < drawings.length - 1 ? `${label}, colours` : label);
  });
  return chart;
}

/** A click on a point shows its case: data of the chart's pointer are rows of the study, or carry one. */
export function clickable(chart: Chart, showCase: ShowCase): Chart {
  chart.classList.add("clickable");
  chart.addEventListener("click", () => {
    const datum: unknown = chart.value;
    if (typeof datum === "object" && datum !== null && "case" in datum) showCase(Number(datum.case));
  });
  return chart;
}

export function figure(title: string, about: string, ...content: (Node | string)[]): HTMLElement {
  const made = document.createElement("figure");
  made.className = "card";
  const caption = document.createElement("figcaption");
  const soft = document.createElement("span");
  soft.className = "soft";
  soft.textContent = about;
  caption.append(title, about ? " " : "", soft);
  made.append(caption, ...content);
  return made;
}

// ---- Facets ---------------------------------------------------------------------------------------------------------

const NARROW = 200; // px of a facet, below which facets are stacked

/** How places become facets: a grid, or one below another where the page is narrow. */
export interface Facets {
  fx: string[];
  fy: string[];
  of(place: Place): {fx: string; fy: string};
}

export function facets(choice: Choice, width: number, seriesToo = false): Facets {
  const extra = seriesToo && choice.series && !choice.series.numeric ? choice.series : null;
  const columnOf = (place: Place): string => joined(named(choice.columns, place.column), named(extra, place.series));
  const rowOf = (place: Place): string => named(choice.rows, place.row);
  const fx = combinations([choice.columns, extra].map(titles));
  const fy = titles(choice.rows);
  if (fx.length === 1 || width / fx.length >= NARROW) {
    return {fx, fy, of: (place) => ({fx: columnOf(place), fy: rowOf(place)})};
  }
  return {fx: [""], fy: combinations([fx, fy]), of: (place) => ({fx: "", fy: joined(columnOf(place), rowOf(place))})};
}

/** 'grade III'. */
function named(input: Input | null, value: string): string {
  return input && value ? `${input.name} ${value}` : "";
}

function titles(input: Input | null): string[] {
  return input ? input.choices.map((text) => named(input, text)) : [""];
}

function joined(...parts: string[]): string {
  return parts.filter((part) => part !== "").join(", ");
}

/** Joined as `of` joins places. */
function combinations(lists: string[][]): string[] {
  return lists.reduce<string[]>((found, list) => (
    found.flatMap((before) => list.map((text) => joined(before, text)))), [""]);
}

/** The options of Plot for facets, which carry titles instead of axes. */
export function facetOptions(facet: Facets): Plot.PlotOptions {
  return {marginTop: 46, fx: {domain: facet.fx, axis: null, padding: facet.fx.length > 1 ? 0.08 : 0},
          fy: {domain: facet.fy, axis: null, padding: facet.fy.length > 1 ? 0.14 : 0}};
}

/** What each facet shows, above it. */
export function facetTitles(facet: Facets): Plot.Markish[] {
  const places = facet.fy.flatMap((fy) => facet.fx.map((fx) => ({fx, fy, text: joined(fx, fy)})));
  return [Plot.text(places, {fx: "fx", fy: "fy", text: "text", frameAnchor: "top-left", lineAnchor: "bottom", dy: -6,
                             fontWeight: 600, fill: "var(--ink)"})];
}

// ---- Colours --------------------------------------------------------------------------------------------------------

export const STEPS = 12; // of --step-1 ... in study.css

/** The n-th colour of an ordered series of `count`; it follows the theme by itself. */
export function stepColour(index: number, count: number): string {
  return `var(--step-${1 + (count > 1 ? Math.round(index * (STEPS - 1) / (count - 1)) : 4)})`;
}

/** Colours and what they mean, in words. */
export function legend(title: string, entries: {text: string; colour: string; shape?: string}[]): HTMLElement {
  const list = document.createElement("ul");
  list.className = "legend";
  if (title) list.setAttribute("aria-label", title);
  const head = document.createElement("li");
  head.className = "soft";
  head.textContent = title;
  list.append(head);
  for (const entry of entries) {
    const item = document.createElement("li");
    const swatch = document.createElement("span");
    swatch.className = `swatch ${entry.shape ?? "dot"}`;
    swatch.style.setProperty("--colour", entry.colour);
    item.append(swatch, entry.text);
    list.append(item);
  }
  return list;
}

/** Pushes labels apart that would cover each other; `places` and the result in px. */
export function apart(places: number[], least: number, low: number, high: number): number[] {
  const order = places.map((_, index) => index).sort((a, b) => places[a]! - places[b]!);
  const moved = [...places];
  let before = -Infinity;
  for (const index of order) before = moved[index] = Math.max(moved[index]!, before + least, low);
  let after = high + least;
  for (const index of order.reverse()) after = moved[index] = Math.min(moved[index]!, after - least);
  return moved;
}

/** Light from dark: the text on a fill that runs from 0 (dark) to 1 (light). */
export function inkOn(share: number): string {
  return share < 0.62 ? "#ffffff" : "#101418";
}

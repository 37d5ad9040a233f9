// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
// What the charts of a study share: places that are drawn anew, facets, colours, clicks on cases.
import * as Plot from "@observablehq/plot";
import type {Choice, Place} from "./study-choice";
import type {Study} from "./study-data";

export type Chart = (SVGSVGElement | HTMLElement) & Plot.Plot;
export type ShowCase = (row: number, from?: HTMLElement) => void;

/** Draws into `element` now, when its width changes, and when the returned function is called. */
export function drawnAnew(element: HTMLElement, draw: (width: number) => (Node | string)[]): () => void {
  let drawn = 0;
  const redraw = (): void => {
    drawn = element.clientWidth;
    if (drawn > 0) element.replaceChildren(...draw(drawn));
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
  chart.setAttribute("role", "img");
  chart.setAttribute("aria-label", label);
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

// ---- Facets ----------------------------------------------------------------------------------------------------------

const NARROW = 200; // px of a facet, below which facets are stacked

/** How places become facets: a grid, or one below another where the page is narrow. */
export interface Facets {
  fx: string[];
  fy: string[];
  stacked: boolean;
  of(place: Place): {fx: string; fy: string};
}

export function facets(choice: Choice, width: number, seriesToo = false): Facets {
  const extra = seriesToo && choice.series && !choice.series.numeric ? choice.series : null;
  const columns = [choice.columns, extra].filter((input) => input !== null);
  const columnsOf = (place: Place): string => joined(choice.columns && place.column, extra && place.series);
  const fx = combinations(columns.map((input) => input.choices));
  const fy = choice.rows?.choices ?? [""];
  const stacked = fx.length > 1 && width / fx.length < NARROW;
  if (!stacked) return {fx, fy, stacked, of: (place) => ({fx: columnsOf(place), fy: place.row})};
  return {fx: [""], fy: combinations([fy, fx]), stacked,
          of: (place) => ({fx: "", fy: joined(place.row, columnsOf(place))})};
}

function joined(...parts: (string | null)[]): string {
  return parts.filter((part) => part !== null && part !== "").join(" · ");
}

function combinations(lists: string[][]): string[] {
  return lists.reduce<string[]>((found, list) => found.flatMap((before) => list.map((text) => joined(before, text))), [""]);
}

/** The options of Plot for facets; `label`s are the names of the inputs. */
export function facetOptions(facet: Facets, choice: Choice): Plot.PlotOptions {
  const fyLabel = facet.stacked ? null : choice.rows?.name ?? null;
  return {
    fx: {domain: facet.fx, label: facet.stacked ? null : choice.columns?.name ?? null, padding: 0.06,
         ...(facet.fx.length > 1 ? {} : {axis: null})},
    fy: {domain: facet.fy, label: fyLabel, padding: 0.1, axis: null},
  };
}

/** Titles within the facets: the name of the row where there are rows, since rotated ones are hard to read. */
export function rowTitles(facet: Facets): Plot.Markish[] {
  if (facet.fy.length < 2) return [];
  const places = facet.fy.flatMap((fy) => facet.fx.map((fx) => ({fx, fy})));
  return [Plot.text(places, {fx: "fx", fy: "fy", text: "fy", frameAnchor: "top-left", dx: 6, dy: 5, fontWeight: 600,
                             fill: "var(--ink)", stroke: "var(--card)", strokeWidth: 4})];
}

// ---- Colours ---------------------------------------------------------------------------------------------------------

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

export function rowsByCase(study: Study): Map<number, number> {
  return new Map(study.cases.number.map((number, row) => [number, row]));
}

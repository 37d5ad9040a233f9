// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
// Perceptually uniform colours of the fields, and their bar.
import * as Plot from "@observablehq/plot";
import {numberText, scaled} from "./charts";
import type {FieldQuantity} from "./data";

export const STEPS = 256;
const tables = new Map<string, Uint8Array>();

/** Acidity looks different from concentrations. */
export function schemeOf(quantity: FieldQuantity): "cividis" | "viridis" {
  return quantity.kind === "acidity" ? "cividis" : "viridis";
}

function channels(colour: string): number[] {
  if (colour.startsWith("#")) return [1, 3, 5].map((start) => parseInt(colour.slice(start, start + 2), 16));
  return (colour.match(/\d+/g) ?? []).map(Number);
}

/** Red, green, blue and opacity of `STEPS` colours. */
export function colourTable(scheme: "cividis" | "viridis"): Uint8Array {
  const known = tables.get(scheme);
  if (known) return known;
  const scale = Plot.scale({color: {type: "linear", scheme, domain: [0, STEPS - 1]}});
  const table = new Uint8Array(4 * STEPS);
  for (let step = 0; step < STEPS; step += 1) {
    const [red = 0, green = 0, blue = 0] = channels(String(scale.apply(step)));
    table.set([red, green, blue, 255], 4 * step);
  }
  tables.set(scheme, table);
  return table;
}

/** 'glucose [mM]'; 'pH'. */
export function labelOf(quantity: {name: string; unit: string}): string {
  return quantity.unit === "1" || quantity.unit === "" ? quantity.name : `${quantity.name} [${quantity.unit}]`;
}

/** The bar of a field between two values. */
export function drawBar(element: HTMLElement, quantity: FieldQuantity, range: [number, number]): void {
  const [low, high] = range[0] < range[1] ? range : [range[0], range[0] + (Math.abs(range[0]) || 1)];
  const {size, unit} = scaled([low, high], quantity.unit);
  const bar = Plot.legend({
    color: {type: "linear", scheme: schemeOf(quantity), domain: [low, high]},
    label: labelOf({name: quantity.name, unit}), width: 300, height: 48, ticks: 5,
    tickFormat: (value: number) => numberText(value / size),
    className: "plot",
  });
  bar.setAttribute("role", "img");
  bar.setAttribute("aria-label", `Colours of ${labelOf(quantity)} from ${numberText(low)} to ${numberText(high)}`);
  element.replaceChildren(bar);
}

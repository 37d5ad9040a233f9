// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
// Charts by Observable Plot, all in one style, as wide as their place.
import * as Plot from "@observablehq/plot";

/** 10 with a raised exponent. */
export function powerText(exponent: number): string {
  return `10${String(exponent).replace(/[-0-9]/g, (letter) => "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"["-0123456789".indexOf(letter)]!)}`;
}

/** A number as the tables write it: '1 234', '0.0123', '1.2 × 10⁻⁹'. */
export function numberText(value: number, digits = 4): string {
  if (!Number.isFinite(value)) return "–";
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e7)) {
    const [mantissa, exponent] = value.toExponential(Math.max(0, digits - 1)).split("e");
    return `${Number(mantissa)} × ${powerText(Number(exponent))}`;
  }
  return Number(value.toPrecision(digits)).toLocaleString("en", {maximumFractionDigits: 9})
    .replaceAll(",", "\u202f").replace("-", "−");
}

/** Decimals with which places in a body of this size, mm, are told. */
export function decimalsOf(size: number): number {
  return size > 0 ? Math.min(6, Math.max(1, Math.ceil(1.7 - Math.log10(size)))) : 1;
}

/** A place in mm: '−1.5', and '0.0' rather than '−0.0'. */
export function placeText(value: number, decimals: number): string {
  return value.toFixed(decimals).replace(/^-(0\.0*)$/, "$1").replace("-", "−");
}

/** Large amounts in thousands or millions, so that ticks stay short: 4e6 1/mL are 4 of '10⁶/mL', of which `size` is
    one. */
export function scaled(domain: [number, number], unit: string): {size: number; unit: string} {
  const largest = Math.max(...domain.map(Math.abs));
  const power = largest >= 1e5 ? 3 * Math.floor(Math.log10(largest) / 3) : 0;
  if (power === 0) return {size: 1, unit};
  const rest = unit === "1" ? "" : unit.startsWith("1/") ? unit.slice(1) : ` ${unit}`;
  return {size: 10 ** power, unit: powerText(power) + rest};
}

/** Draws a chart into `element`, with the accessible name `label`, and again when its width changes. */
export function drawChart(element: HTMLElement, label: string, options: (width: number) => Plot.PlotOptions): void {
  let drawn = 0;
  const draw = (): void => {
    const width = Math.max(240, Math.round(element.clientWidth));
    if (width === drawn) return;
    drawn = width;
    const chart = Plot.plot({width, className: "plot", ariaLabel: label, ...options(width)});
    chart.setAttribute("role", "img");
    element.replaceChildren(chart);
  };
  draw();
  new ResizeObserver(draw).observe(element);
}

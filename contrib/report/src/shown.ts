// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
// Which field is shown, at which time: one choice for the slices and for the view in space.
import {numberText} from "./charts";
import {labelOf} from "./colours";
import type {FieldQuantity, FieldsData} from "./data";
import {controls, select, slider, toggle} from "./selectors";

const SECONDS_PER_TIME = 0.9;

export class Shown {
  quantity = 0;
  time: number;
  perTime = false; // colours from the extremes of this time, not of all
  private readonly listeners: (() => void)[] = [];

  constructor(readonly fields: FieldsData) {
    this.time = fields.times.length - 1;
    const glucose = fields.quantities.findIndex((quantity) => quantity.name === "glucose");
    this.quantity = Math.max(0, glucose);
  }

  get field(): FieldQuantity {
    return this.fields.quantities[this.quantity]!;
  }

  /** The values at the ends of the colours. */
  get range(): [number, number] {
    if (!this.perTime) return [this.field.low, this.field.high];
    const {volume, slices, surfaces} = this.field;
    const packs = [volume, ...slices, ...surfaces].map((places) => places[this.time]!);
    return [Math.min(...packs.map((pack) => pack.low)), Math.max(...packs.map((pack) => pack.high))];
  }

  /** 'glucose [mM] at 30 d'. */
  get text(): string {
    return `${labelOf(this.field)} at ${numberText(this.fields.times[this.time]!)} d`;
  }

  change(what: Partial<Pick<Shown, "quantity" | "time" | "perTime">>): void {
    Object.assign(this, what);
    for (const listener of this.listeners) listener();
  }

  onChange(listener: () => void): void {
    this.listeners.push(listener);
  }
}

/** The controls of the choice. */
export function shownControls(shown: Shown): HTMLElement {
  const {times, quantities} = shown.fields;
  const field = select("Field", quantities.map(labelOf), shown.quantity, (quantity) => shown.change({quantity}));
  const range = select("Colours from the extremes of", ["all times", "this time"], 0,
                       (index) => shown.change({perTime: index === 1}));
  const row = controls(field.box);
  if (times.length > 1) row.append(...timeControls(shown), range.box);
  return row;
}

function timeControls(shown: Shown): HTMLElement[] {
  const {times} = shown.fields;
  const time = slider("", {min: 0, max: times.length - 1, step: 1, value: shown.time}, (index) => {
    shown.change({time: index});
  });
  const label = time.box.querySelector("label")!;
  const tell = (): void => {
    label.textContent = `Time: ${numberText(times[shown.time]!)} d`;
    time.control.value = String(shown.time);
    time.control.setAttribute("aria-valuetext", `${numberText(times[shown.time]!)} d`);
  };
  tell();
  shown.onChange(tell);
  let timer = 0;
  const play = toggle("Play", false, (on) => {
    play.textContent = on ? "Pause" : "Play";
    clearInterval(timer);
    if (on) {
      timer = window.setInterval(() => shown.change({time: (shown.time + 1) % times.length}), 1000 * SECONDS_PER_TIME);
    }
  });
  return [time.box, play];
}

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
// Labelled controls.

let made = 0;

function labelled<Control extends HTMLElement>(control: Control, text: string): HTMLElement {
  const label = document.createElement("label");
  made += 1;
  control.id = `control-${made}`;
  label.htmlFor = control.id;
  label.textContent = text;
  const box = document.createElement("div");
  box.className = "control";
  box.append(label, control);
  return box;
}


/** A list of which one is chosen. `values` and `texts` go together. */
export function select(text: string, texts: string[], chosen: number, onChange: (index: number) => void):
    {box: HTMLElement; control: HTMLSelectElement} {
  const control = document.createElement("select");
  texts.forEach((option, index) => control.add(new Option(option, String(index), false, index === chosen)));
  control.addEventListener("change", () => onChange(control.selectedIndex));
  return {box: labelled(control, text), control};
}

/** A slider. */
export function slider(text: string, range: {min: number; max: number; step: number; value: number},
                       onInput: (value: number) => void): {box: HTMLElement; control: HTMLInputElement} {
  const control = document.createElement("input");
  control.type = "range";
  control.min = String(range.min);
  control.max = String(range.max);
  control.step = String(range.step);
  control.value = String(range.value);
  control.addEventListener("input", () => onInput(control.valueAsNumber));
  return {box: labelled(control, text), control};
}

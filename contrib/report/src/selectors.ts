// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
// Labelled controls.

let made = 0;

function labelled(control: HTMLElement, text: string): HTMLElement {
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

/** A button that is on or off. */
export function toggle(text: string, pressed: boolean, onChange: (pressed: boolean) => void): HTMLButtonElement {
  const control = button(text, () => {
    const now = control.getAttribute("aria-pressed") !== "true";
    control.setAttribute("aria-pressed", String(now));
    onChange(now);
  });
  control.setAttribute("aria-pressed", String(pressed));
  return control;
}

export function button(text: string, onClick: () => void): HTMLButtonElement {
  const control = document.createElement("button");
  control.type = "button";
  control.textContent = text;
  control.addEventListener("click", onClick);
  return control;
}

/** Boxes to tick, under one legend. */
export function ticks(legend: string, texts: string[],
                      onChange: (index: number, ticked: boolean) => void): HTMLElement {
  const group = document.createElement("fieldset");
  group.className = "control";
  const heading = document.createElement("legend");
  heading.textContent = legend;
  const options = document.createElement("div");
  options.className = "options";
  texts.forEach((text, index) => {
    const label = document.createElement("label");
    const control = document.createElement("input");
    control.type = "checkbox";
    control.checked = true;
    control.addEventListener("change", () => onChange(index, control.checked));
    label.append(control, text);
    options.append(label);
  });
  group.append(heading, options);
  return group;
}

/** Several controls in a row. */
export function controls(...boxes: HTMLElement[]): HTMLElement {
  const row = document.createElement("div");
  row.className = "controls";
  row.append(...boxes);
  return row;
}

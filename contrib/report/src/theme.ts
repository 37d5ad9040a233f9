// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
// Light and dark: as the system, unless the reader chooses.

const listeners: (() => void)[] = [];

/** The colour of the n-th line of a chart; it follows the theme by itself, since it is a variable of the style. */
export function lineColour(index: number): string {
  return `var(--line-${(index % 8) + 1})`;
}

/** Colour-blind readers and printers tell lines by their dashes too. */
export function lineDash(index: number): string {
  return ["none", "none", "none", "none", "2 3", "2 3", "2 3", "2 3"][index % 8] ?? "none";
}

export function isDark(): boolean {
  const chosen = document.documentElement.dataset["theme"];
  return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}

/** Calls back whenever the theme has changed, for what is drawn on a canvas. */
export function onTheme(listener: () => void): void {
  listeners.push(listener);
}

/** The value of a variable of the style: themeColour("ink"). */
export function themeColour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

function tell(): void {
  for (const listener of listeners) listener();
}

/** 'light' or 'dark'; undefined: as the system. */
export function setTheme(theme: string | undefined): void {
  if (theme === undefined) delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = theme;
  tell();
}

/** Connects the switch of the page. */
export function startTheme(): void {
  const control = document.querySelector<HTMLButtonElement>("#theme");
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", tell);
  if (!control) return;
  const label = (): void => {
    control.textContent = isDark() ? "Light theme" : "Dark theme";
  };
  label();
  onTheme(label);
  control.hidden = false;
  control.addEventListener("click", () => setTheme(isDark() ? "light" : "dark"));
}

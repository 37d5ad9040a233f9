// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
// On paper nothing is folded, and everything is as in the light theme.

import {setTheme} from "./theme";

export function openForPrint(): void {
  let opened: HTMLDetailsElement[] = [];
  let theme: string | undefined;
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll<HTMLDetailsElement>("details:not([open])")];
    for (const details of opened) details.open = true;
    theme = document.documentElement.dataset["theme"];
    setTheme("light");
  });
  addEventListener("afterprint", () => {
    for (const details of opened) details.open = false;
    setTheme(theme);
  });
}

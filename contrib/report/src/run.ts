// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
// The drawn parts of a run.
import type {RunData} from "./data";
import {showHistory} from "./history";

export async function showRun(run: RunData, element: HTMLElement): Promise<void> {
  const history = element.querySelector<HTMLElement>('[data-draw="history"]');
  if (run.history && history) showHistory(run.history, run, history);
}

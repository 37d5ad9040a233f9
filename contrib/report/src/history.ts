// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
// Histories.
import type {HistoryData, RunData} from "./data";

export function showHistory(history: HistoryData, run: RunData, element: HTMLElement): void {
  element.textContent = `${run.title}: ${history.times.length}`;
}

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
// The drawn parts of a run.
import type {FieldsData, RunData} from "./data";
import {showHistory} from "./history";
import {readSurfaces} from "./outlines";
import {Shown, shownControls} from "./shown";
import {showSlices} from "./slices";
import {showView} from "./view3d";

export async function showRun(run: RunData, element: HTMLElement): Promise<void> {
  const place = (name: string): HTMLElement | null => element.querySelector(`[data-draw="${name}"]`);
  const history = place("history");
  if (run.history && history) {
    history.replaceChildren();
    showHistory(run.history, run.thresholds, history);
  }
  const fields = place("fields");
  if (run.fields && fields) await showFields(run.fields, run.isDisc, fields);
}

async function showFields(fields: FieldsData, isDisc: boolean, element: HTMLElement): Promise<void> {
  if (!("DecompressionStream" in window)) {
    element.textContent = "This browser is too old to unpack the fields; it needs to be of 2023 or later.";
    return;
  }
  const shown = new Shown(fields);
  const surfaces = await readSurfaces(fields);
  element.replaceChildren();
  const choice = shownControls(shown);
  choice.classList.add("choice");
  element.append(choice);
  await showSlices(shown, surfaces, element);
  showView(shown, surfaces, isDisc, element);
}

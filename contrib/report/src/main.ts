// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
// The page: reads its data, and draws what the HTML only names.
import type {RunData} from "./data";
import {openForPrint} from "./print";
import {showRun} from "./run";
import {showStudy, type StudyData} from "./study";
import {startTheme} from "./theme";

interface PageData {
  kind: "run" | "study";
  run: RunData | null;
  study: StudyData | null;
}

/** The JSON block of the page. */
function readPage(): PageData {
  const block = document.getElementById("lacuna-data");
  if (!block?.textContent) throw new Error("the page has no data");
  return JSON.parse(block.textContent) as PageData;
}

function part(name: string): HTMLElement | null {
  return document.querySelector<HTMLElement>(`[data-part="${name}"]`);
}

startTheme();
openForPrint();
const page = readPage();
const study = part("study");
if (page.study && study) showStudy(page.study, study);
const run = part("run");
if (page.run && run) void showRun(page.run, run);

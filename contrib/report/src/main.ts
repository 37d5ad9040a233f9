// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
// The page: reads its data, and draws what the HTML only names.
import {readPage} from "./data";
import {openForPrint} from "./print";
import {showRun} from "./run";
import {showStudy} from "./study";
import {startTheme} from "./theme";

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

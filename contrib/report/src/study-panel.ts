// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
// All about one case, beside the page.
import {labelOf} from "./colours";
import {numberText} from "./charts";
import {button} from "./selectors";
import {valueText, withUnit, type Column, type Study} from "./study-data";
import type {ShowCase} from "./study-figure";

/** Makes the panel; the returned function fills and opens it. */
export function makePanel(study: Study, host: HTMLElement): ShowCase {
  const panel = document.createElement("dialog");
  panel.className = "case-panel";
  panel.setAttribute("aria-labelledby", "case-panel-title");
  host.append(panel);
  let from: HTMLElement | null = null;
  const close = (): void => {
    if (!panel.open) return;
    panel.close();
    from?.focus({preventScroll: true});
  };
  panel.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });
  return (row, origin) => {
    from = origin ?? null;
    panel.replaceChildren(head(study, row, close), ...content(study, row));
    panel.scrollTop = 0;
    if (!panel.open) panel.show();
    panel.querySelector<HTMLElement>("button")?.focus({preventScroll: true});
  };
}

function head(study: Study, row: number, close: () => void): HTMLElement {
  const line = document.createElement("div");
  line.className = "case-head";
  const title = document.createElement("h2");
  title.id = "case-panel-title";
  title.textContent = `Case ${study.cases.number[row]}`;
  const badge = document.createElement("span");
  const status = study.cases.status[row] ?? "";
  badge.className = `badge ${status === "done" ? "good" : status === "waiting" ? "warn" : "bad"}`;
  badge.textContent = status;
  line.append(title, badge, button("Close", close));
  return line;
}

function content(study: Study, row: number): HTMLElement[] {
  const {cases} = study;
  const number = cases.number[row]!;
  const folder = cases.folder[row]!;
  const warnings = study.warnings.filter((warning) => warning.cases.includes(number));
  const parts: HTMLElement[] = [];
  if (cases.reason[row]) parts.push(noticesOf("bad", [cases.reason[row]]));
  if (warnings.length) parts.push(noticesOf("warn", warnings.map((warning) => warning.text)));
  parts.push(table("Inputs", ["input", "value"], study.inputs.map((input) => [input.name, input.textOf(row)])));
  const answers = study.columns.filter((column) => column.group === "answer");
  if (answers.length) {
    parts.push(table("Answers", ["answer", "value"], answers.map((column) => [column.name, valueOf(column, row)])));
  }
  parts.push(table("Files", ["what", "where"], [
    ["folder", folder], ["what it said", `logs/${String(number).padStart(4, "0")}.txt`],
    ["its own page", `lacuna report ${folder}`], ["time", withUnit(numberText(cases.seconds[row] ?? NaN, 3), "s")]]));
  parts.push(results(study, row));
  return parts;
}

/** The results beside those of the untreated tissue; the quantities of the answers first. */
function results(study: Study, row: number): HTMLElement {
  const asked = new Set(study.answers.map((answer) => answer.quantity));
  const columns = study.columns.filter((column) => column.group === "result" && column.of(row) !== null)
    .sort((a, b) => Number(asked.has(b.name)) - Number(asked.has(a.name)));
  const untreated = new Map(study.columns.filter((column) => column.group === "untreated")
    .map((column) => [column.name.replace(/^untreated /, ""), column]));
  const compared = columns.some((column) => untreated.has(column.name));
  return table(columns.length ? "Results at the end" : "There are no results of this case",
               ["result", "value", ...(compared ? ["untreated"] : [])],
               columns.map((column) => [
                 labelOf(column), numberText(column.of(row) ?? NaN),
                 ...(compared ? [numberText(untreated.get(column.name)?.of(row) ?? NaN)] : [])]));
}

function valueOf(column: Column, row: number): string {
  return valueText(column.of(row), column.unit);
}

function noticesOf(kind: string, texts: string[]): HTMLElement {
  const list = document.createElement("ul");
  list.className = "notices";
  for (const text of texts) {
    const item = document.createElement("li");
    item.className = kind;
    item.textContent = text;
    list.append(item);
  }
  return list;
}

function table(caption: string, heads: string[], rows: string[][]): HTMLElement {
  const made = document.createElement("table");
  made.createCaption().textContent = caption;
  if (rows.length === 0) return made;
  const line = made.createTHead().insertRow();
  for (const text of heads) {
    const cell = document.createElement("th");
    cell.scope = "col";
    cell.textContent = text;
    line.append(cell);
  }
  const body = made.createTBody();
  for (const row of rows) {
    const own = body.insertRow();
    const first = document.createElement("th");
    first.scope = "row";
    first.textContent = row[0] ?? "";
    own.append(first);
    for (const text of row.slice(1)) own.insertCell().textContent = text;
  }
  return made;
}

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
// The table of all cases, which is in the page already: sorted, filtered, saved, and every row a way to its case.
import {labelOf} from "./colours";
import {button, controls, select} from "./selectors";
import {type Study, type Value} from "./study-data";
import type {ShowCase} from "./study-figure";

type Key = number | string | null;

/** Connects the table in `section`; its rows are in the order of the cases. */
export function connectCases(study: Study, section: HTMLElement, showCase: ShowCase): void {
  const body = section.querySelector("tbody");
  const heads = [...section.querySelectorAll<HTMLTableCellElement>("thead th")];
  if (!body) return;
  const rows = [...body.rows];
  const table = new CaseTable(study, body, rows);
  heads.forEach((head, index) => sortable(head, heads, (down) => table.sort(index, down)));
  rows.forEach((element, row) => leadToCase(element, row, study, showCase));
  const controls = section.querySelector<HTMLElement>('[data-draw="case-controls"]');
  if (controls) controls.replaceChildren(filterControls(study, table));
}

class CaseTable {
  readonly study: Study;
  readonly count = document.createElement("p");
  private readonly body: HTMLTableSectionElement;
  private readonly rows: HTMLTableRowElement[];
  private readonly texts: string[];
  private readonly filters = new Map<string, (row: number) => boolean>();
  private order: number[];

  constructor(study: Study, body: HTMLTableSectionElement, rows: HTMLTableRowElement[]) {
    this.study = study;
    this.body = body;
    this.rows = rows;
    this.texts = rows.map((row) => row.textContent.toLowerCase());
    this.order = [...study.rows];
    this.count.className = "soft";
    this.count.setAttribute("role", "status");
    this.tell();
  }

  /** The rows that pass all filters, in the order of the table. */
  get shown(): number[] {
    return this.order.filter((row) => !this.rows[row]!.hidden);
  }

  /** By what a column shows; what has no value is always last. */
  sort(index: number, down: boolean): void {
    const keys = this.study.rows.map((row) => this.key(row, index));
    this.order = [...this.study.rows].sort((a, b) => compare(keys[a]!, keys[b]!, down) || a - b);
    this.body.append(...this.order.map((row) => this.rows[row]!));
  }

  filter(name: string, passes: ((row: number) => boolean) | null): void {
    if (passes) this.filters.set(name, passes);
    else this.filters.delete(name);
    const all = [...this.filters.values()];
    this.rows.forEach((element, row) => {
      element.hidden = !all.every((each) => each(row));
    });
    this.tell();
  }

  holds(row: number, text: string): boolean {
    return this.texts[row]!.includes(text.toLowerCase());
  }

  /** Case, status, inputs, answers, seconds, reason: as study_cases.py writes them. */
  private key(row: number, index: number): Key {
    const {cases, inputs} = this.study;
    const answers = this.study.columns.filter((column) => column.group === "answer");
    if (index === 0) return cases.number[row] ?? null;
    if (index === 1) return cases.status[row] ?? null;
    const input = inputs[index - 2];
    if (input) return input.of(row);
    const answer = answers[index - 2 - inputs.length];
    if (answer) return answer.of(row);
    return index === 2 + inputs.length + answers.length ? cases.seconds[row] ?? null : cases.reason[row] || null;
  }

  private tell(): void {
    this.count.textContent = `${this.shown.length} of ${this.rows.length} cases shown`;
  }
}

function compare(a: Key, b: Key, down: boolean): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  const order = typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b), "en");
  return down ? -order : order;
}

// ---- Heads and rows -------------------------------------------------------------------------------------------------

/** A head that sorts: upwards, then downwards. */
function sortable(head: HTMLTableCellElement, heads: HTMLTableCellElement[], sort: (down: boolean) => void): void {
  const control = button("", () => {
    const down = head.getAttribute("aria-sort") === "ascending";
    for (const other of heads) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    sort(down);
  });
  control.className = "sort";
  control.append(...head.childNodes);
  head.append(control);
}

/** A click anywhere in a row shows its case; the number is a button for the keyboard. */
function leadToCase(element: HTMLTableRowElement, row: number, study: Study, showCase: ShowCase): void {
  const head = element.cells[0];
  if (!head) return;
  const control = button("", () => undefined); // its click is one in the row
  control.className = "link";
  control.setAttribute("aria-label", `case ${study.cases.number[row]}: details`);
  control.append(...head.childNodes);
  head.append(control);
  element.classList.add("leads");
  element.addEventListener("click", () => {
    if (!String(getSelection())) showCase(row, control); // else a text is being marked
  });
}

// ---- Controls -------------------------------------------------------------------------------------------------------

function filterControls(study: Study, table: CaseTable): HTMLElement {
  const statuses = [...new Set(study.cases.status)];
  const byStatus = choiceControl("Status", statuses, table,
                                 (row, index) => study.cases.status[row] === statuses[index]);
  const byInput = study.inputs.filter((entry) => entry.choices.length > 0)
    .map((input) => choiceControl(input.name, input.choices, table, (row, index) => input.has(row, index)));
  return controls(searchControl(table), byStatus, ...byInput, saveButton(study, table), table.count);
}

function searchControl(table: CaseTable): HTMLElement {
  const box = document.createElement("div");
  box.className = "control";
  const label = document.createElement("label");
  label.textContent = "Search";
  label.htmlFor = "case-search";
  const field = document.createElement("input");
  field.type = "search";
  field.id = "case-search";
  field.addEventListener("input", () => {
    const text = field.value.trim();
    table.filter("search", text ? (row) => table.holds(row, text) : null);
  });
  box.append(label, field);
  return box;
}

function choiceControl(name: string, texts: string[], table: CaseTable,
                       has: (row: number, index: number) => boolean): HTMLElement {
  const {box, control} = select(name, ["all", ...texts], 0, (index) => {
    table.filter(`choice of ${name}`, index === 0 ? null : (row) => has(row, index - 1));
  });
  control.dataset["filter"] = name;
  return box;
}

function saveButton(study: Study, table: CaseTable): HTMLElement {
  const control = button("Save these rows (CSV)", () => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([csvOf(study, table.shown)], {type: "text/csv;charset=utf-8"}));
    link.download = "cases.csv";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  });
  control.id = "case-save";
  control.title = "All inputs and results of the rows shown, with six digits; results.csv has all digits";
  return control;
}

/** All that the page knows of some cases, as results.csv has it. */
export function csvOf(study: Study, rows: number[]): string {
  const heads = ["case", "folder", "status", "reason", ...study.inputs.map((input) => labelOf(input)),
                 ...study.columns.map((column) => labelOf(column)), "seconds [s]"];
  const lines = rows.map((row) => [
    study.cases.number[row]!, study.cases.folder[row]!, study.cases.status[row]!, study.cases.reason[row]!,
    ...study.inputs.map((input) => input.numeric ? plain(input.of(row)) : input.textOf(row)),
    ...study.columns.map((column) => plain(column.of(row))), plain(study.cases.seconds[row] ?? null)]);
  return [heads, ...lines].map((line) => line.map(quoted).join(",")).join("\n") + "\n";
}

function plain(value: Value): string {
  return value === null ? "nan" : String(value);
}

function quoted(cell: string | number): string {
  const text = String(cell);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

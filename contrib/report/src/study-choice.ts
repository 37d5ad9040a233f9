// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
// What the reader has chosen to see, and the controls for it.
import {labelOf} from "./colours";
import {controls, select} from "./selectors";
import {valueText, type Column, type Input, type Study, type SurfaceData} from "./study-data";

const NONE = "–";
const ALL = "all";

type Role = "across" | "series" | "columns" | "rows";
const ROLES: Role[] = ["across", "series", "columns", "rows"];

/** Where something is drawn: in which facet, and as which curve ('' where none is told apart). */
export interface Place {
  column: string;
  row: string;
  series: string;
}

export interface PlacedSurface {
  surface: SurfaceData;
  place: Place;
}

/** What is to be known of surfaces: where they hold further numeric inputs, and how well they foretell single cases. */
export function surfacesText(surfaces: PlacedSurface[], study: Study): string {
  const numbers = study.numerics.flatMap((input) => {
    const at = surfaces.map(({surface}) => surface.at[input.name]).filter((value) => typeof value === "number");
    return at.length ? [`${input.name} ${rangeText(at, input.unit)}`] : [];
  });
  const qualities = surfaces.map(({surface}) => surface.quality ?? null).filter((value) => value !== null);
  const ofLevels = surfaces.map(({surface}) => surface.quality_of_levels ?? null).filter((value) => value !== null);
  return (numbers.length ? ` The surface is at ${numbers.join(", ")}.` : "")
    + (qualities.length ? ` Q² by leaving one case out: ${rangeText(qualities, "")}` : "")
    + (ofLevels.length ? `, by leaving out whole levels: ${rangeText(ofLevels, "")}` : "")
    + (qualities.length ? "." : "");
}

function rangeText(values: number[], unit: string): string {
  const [low, high] = [valueText(Math.min(...values), unit, 3), valueText(Math.max(...values), unit, 3)];
  return low === high ? low : `${low} to ${high}`;
}

/** Inputs by role; an input has one role only. `held`: the n-th choice of an input, if not all are shown. */
export class Choice {
  column: Column;
  across: Input; // horizontal axis of the curves and maps
  series: Input | null; // colours of the curves
  columns: Input | null; // facets side by side
  rows: Input | null; // facets beneath each other
  readonly held = new Map<Input, number>();
  private readonly study: Study;
  private readonly listeners: (() => void)[] = [];

  constructor(study: Study) {
    this.study = study;
    this.column = study.columns[0]!;
    const [first, second] = (study.answers[0]?.surfaces[0]?.inputs ?? []).map((name) => study.input(name));
    this.across = first ?? study.numerics[0] ?? study.inputs[0]!;
    const others = study.inputs.filter((input) => input !== this.across);
    this.series = second ?? others.find((input) => input.numeric) ?? others[0] ?? null;
    const texts = others.filter((input) => !input.numeric && input !== this.series);
    this.columns = texts[0] ?? null;
    this.rows = texts[1] ?? null;
    this.holdTheOthers();
  }

  /** Calls back whenever something has been chosen. */
  onChange(listener: () => void): void {
    this.listeners.push(listener);
  }

  tell(): void {
    for (const listener of this.listeners) listener();
  }

  /** Inputs without a place in the charts; only those that can be held at a value. */
  get others(): Input[] {
    const placed = new Set([this.across, this.series, this.columns, this.rows]);
    return this.study.inputs.filter((input) => !placed.has(input) && input.choices.length > 0);
  }

  /** Gives an input a role; who had it before takes the role that the input had, if that is possible. */
  assign(role: Role, input: Input | null): void {
    const before = this[role];
    const other = input && ROLES.find((each) => each !== role && this[each] === input);
    if (other === "across") {
      const next = before && this.candidates("across").includes(before) ? before : this.unplaced("across");
      if (!next) return; // nothing else can be drawn across
      this.across = next;
    } else if (other) {
      this[other] = before && this.candidates(other).includes(before) ? before : null;
    }
    if (role === "across") this.across = input ?? this.across;
    else this[role] = input;
    this.holdTheOthers();
  }

  /** The inputs that can have a role. */
  candidates(role: Role): Input[] {
    if (role === "across") return this.study.numerics.length ? this.study.numerics : this.study.inputs;
    return role === "series" ? this.study.inputs : this.study.inputs.filter((input) => input.choices.length > 0);
  }

  private unplaced(role: Role): Input | undefined {
    return this.candidates(role).find((input) => ROLES.every((each) => this[each] !== input));
  }

  /** Text inputs are held at their first value, so that unlike things are not averaged; numbers are averaged. */
  private holdTheOthers(): void {
    const others = this.others;
    for (const input of [...this.held.keys()]) if (!others.includes(input)) this.held.delete(input);
    for (const input of others) if (!input.numeric && !this.held.has(input)) this.held.set(input, 0);
  }

  /** The cases that have a value and are not held elsewhere. */
  get shown(): number[] {
    const held = [...this.held];
    return this.study.rows.filter((row) => this.column.of(row) !== null
      && held.every(([input, choice]) => input.has(row, choice)));
  }

  /** The second numeric input of the maps. */
  get upwards(): Input | undefined {
    if (!this.across.numeric) return undefined;
    if (this.series?.numeric) return this.series;
    return this.study.numerics.find((input) => input !== this.across);
  }

  /** What the charts do not show by a place: 'At cell type NPMSC, mean over volume.' Before a surface, which is at one
      value of every input, cases of all values are dots. */
  heldText(surfaces: PlacedSurface[] = []): string {
    const others = surfaces.length ? "dots of every" : "mean over";
    const texts = this.others.map((input) => {
      const held = this.held.get(input);
      return held === undefined ? `${others} ${input.name}` : `at ${input.name} ${input.choices[held]}`;
    });
    return texts.length ? ` ${texts.join(", ")}.`.replace(/[a-z]/, (letter) => letter.toUpperCase()) : "";
  }

  /** Where a case is drawn. */
  placeOf(row: number): Place {
    return this.place((input) => input.textOf(row));
  }

  private place(textOf: (input: Input) => string): Place {
    return {column: this.columns ? textOf(this.columns) : "", row: this.rows ? textOf(this.rows) : "",
            series: this.series && !this.series.numeric ? textOf(this.series) : ""};
  }

  /** Surfaces of the chosen answer over `axes`, and where they are drawn; none if text inputs are averaged. */
  surfaces(axes: Input[]): PlacedSurface[] {
    const names = axes.map((input) => input.name);
    if (this.others.some((input) => !input.numeric && !this.held.has(input))) return [];
    return (this.study.answerOf(this.column)?.surfaces ?? [])
      .filter((surface) => surface.inputs.length === names.length
        && names.every((name) => surface.inputs.includes(name))
        && this.study.inputs.every((input) => names.includes(input.name) || this.agrees(surface, input)))
      .map((surface) => ({surface, place: this.place((input) => this.labelAt(surface, input))}));
  }

  /** Whether a surface is at the value that an input is held at. */
  private agrees(surface: SurfaceData, input: Input): boolean {
    const held = this.held.get(input);
    if (held === undefined) return !input.numeric || this.others.includes(input) || input.kind === "range";
    return input.numeric ? surface.at[input.name] === input.numbers[held]
      : this.labelAt(surface, input) === input.labels[held];
  }

  /** An input with one label only may be missing where a surface is. */
  private labelAt(surface: SurfaceData, input: Input): string {
    return String(surface.at[input.name] ?? input.labels[0] ?? "");
  }
}

// ---- Controls -------------------------------------------------------------------------------------------------------

/** Fills `element` with the controls; they are made anew when a role changes, since roles exclude each other. */
export function showControls(study: Study, choice: Choice, element: HTMLElement): void {
  const inputs = controls();
  const remake = (): void => {
    const active = document.activeElement;
    const focused = active instanceof HTMLElement && inputs.contains(active) ? active.dataset["role"] : undefined;
    inputs.replaceChildren(...inputControls(study, choice));
    if (focused) inputs.querySelector<HTMLElement>(`[data-role="${focused}"]`)?.focus();
  };
  remake();
  choice.onChange(remake);
  element.replaceChildren(controls(columnControl(study, choice)), inputs);
}

/** Answers first, then all results by their quantity. */
function columnControl(study: Study, choice: Choice): HTMLElement {
  const groups = new Map<string, Column[]>();
  for (const column of study.columns.filter((entry) => entry.group !== "error")) {
    const title = groupTitle(column);
    groups.set(title, [...groups.get(title) ?? [], column]);
  }
  const columns = [...groups.values()].flat();
  const texts = columns.map((column) => labelOf(column));
  const {box, control} = select("Result", texts, 0, (index) => {
    choice.column = columns[index] ?? choice.column;
    choice.tell();
  });
  control.dataset["role"] = "column";
  const options = [...control.options];
  control.append(...[...groups].map(([title, members]) => {
    const group = document.createElement("optgroup");
    group.label = title;
    group.append(...options.splice(0, members.length));
    return group;
  }));
  const show = (): void => {
    control.selectedIndex = columns.indexOf(choice.column);
  };
  show();
  choice.onChange(show);
  return box;
}

/** The quantity before what is said of it. */
const FIRST_WORDS = new RegExp("^(.*?) (?:min|mean|max|integral|residents|dose \\d+|in|injected|produced|consumed|"
  + "stored|defect|largest)\\b");

/** 'Answers', 'glucose', 'untreated glucose'. */
function groupTitle(column: Column): string {
  if (column.group === "answer") return "Answers";
  return FIRST_WORDS.exec(column.name)?.[1] ?? (column.group === "untreated" ? "Untreated tissue" : "Other results");
}

function inputControls(study: Study, choice: Choice): HTMLElement[] {
  const boxes = [roleControl("Across", "across", choice)];
  if (study.inputs.length > 1) {
    boxes.push(roleControl("Colour", "series", choice));
    if (choice.candidates("columns").length > 0) {
      boxes.push(roleControl("Side by side", "columns", choice), roleControl("One below another", "rows", choice));
    }
  }
  return [...boxes, ...choice.others.map((input) => heldControl(input, choice))];
}

function roleControl(text: string, role: Role, choice: Choice): HTMLElement {
  const inputs: (Input | null)[] = [...(role === "across" ? [] : [null]), ...choice.candidates(role)];
  const {box, control} = select(text, inputs.map((input) => input ? labelOf(input) : NONE),
                                inputs.indexOf(choice[role]), (index) => {
    choice.assign(role, inputs[index] ?? null);
    choice.tell();
  });
  control.dataset["role"] = role;
  return box;
}

/** An input that no axis shows: at one of its values, or the mean over all. */
function heldControl(input: Input, choice: Choice): HTMLElement {
  const held = choice.held.get(input);
  const {box, control} = select(input.name, [`${ALL} (mean)`, ...input.choices], held === undefined ? 0 : held + 1,
                                (index) => {
    if (index === 0) choice.held.delete(input);
    else choice.held.set(input, index - 1);
    choice.tell();
  });
  control.dataset["role"] = `held ${input.name}`;
  return box;
}

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
// What a study carries, as report/study_data.py writes it, and how the charts ask for it.
import {numberText} from "./charts";
import {labelOf} from "./colours";

export type Value = number | null;

export interface InputData {
  name: string;
  unit: string;
  kind: "numbers" | "range" | "labels";
  labels: string[]; // of a text input
  numbers: number[]; // listed, ascending; none of a range
  logarithmic: boolean;
  of_cases: Value[]; // numbers, or the place among `labels`
}

/** A best point; `value_low` to `value_high`: 95 %. */
export interface BestData {
  inputs: Record<string, string | number>;
  value: number;
  value_low: Value;
  value_high: Value;
  ranges: Record<string, [number, number]>;
  at_edge: string[];
}

export interface SurfaceData {
  at: Record<string, string | number>; // of the inputs that are not axes
  inputs: string[];
  axes: number[][];
  mean: Value[] | Value[][]; // one axis, or [first][second]
  low: Value[] | Value[][]; // 95 %, with the numerical error of the cases
  high: Value[] | Value[][];
  best: BestData | null;
  quality?: Value; // Q2 by leaving one case out
  quality_of_levels?: Value; // ... by leaving out whole levels of an input
}

/** Cases that no other beats in both of two answers, at one combination of what is given. */
export interface FrontData {
  at: Record<string, string | number>;
  first: string;
  second: string;
  numbers: number[]; // of the cases on the front
  cases: number[]; // of all that have both values
}

export interface EffectData {
  input: string;
  levels: (string | number)[];
  mean: Value[]; // of the cases
  model: Value[]; // of the additive model, all other inputs alike
  low: Value[]; // of the model, 95 %
  high: Value[];
  share: Value;
  is_balanced: boolean; // mean and model agree
}

export interface IndexData {
  input: string;
  first: number;
  first_low: number;
  first_high: number;
  total: number;
  total_low: number;
  total_high: number;
  at: Record<string, string | number>; // of the listed inputs
}

export interface AnswerData {
  name: string;
  unit: string;
  goal: "largest" | "smallest" | "none";
  quantity: string;
  time: number | null;
  compare: string;
  effects: EffectData[];
  interactions: [string, string, number][];
  indices: IndexData[] | null;
  surfaces: SurfaceData[];
}

export interface ColumnData {
  name: string;
  unit: string;
  group: "answer" | "error" | "result" | "untreated"; // error: numerical, of an answer
  values: Value[] | number; // one number: the same in all cases
}

export interface StudyData {
  inputs: InputData[];
  answers: AnswerData[];
  columns: ColumnData[];
  fronts: FrontData[];
  cases: {number: number[]; folder: string[]; status: string[]; reason: string[]; seconds: Value[]};
  warnings: {text: string; cases: number[]}[];
}

// ---- Columns --------------------------------------------------------------------------------------------------------

/** A numeric result of every case. */
export class Column {
  readonly name: string;
  readonly unit: string;
  readonly group: ColumnData["group"];
  private readonly values: Value[] | number;

  constructor(data: ColumnData) {
    this.name = data.name;
    this.unit = data.unit;
    this.group = data.group;
    this.values = data.values;
  }

  of(row: number): Value {
    return typeof this.values === "number" ? this.values : this.values[row] ?? null;
  }
}

/** What was varied. */
export class Input {
  readonly name: string;
  readonly unit: string;
  readonly kind: InputData["kind"];
  readonly labels: string[];
  readonly numbers: number[];
  readonly logarithmic: boolean;
  private readonly ofCases: Value[];

  constructor(data: InputData) {
    this.name = data.name;
    this.unit = data.unit;
    this.kind = data.kind;
    this.labels = data.labels;
    this.numbers = data.numbers;
    this.logarithmic = data.logarithmic;
    this.ofCases = data.of_cases;
  }

  get numeric(): boolean {
    return this.kind !== "labels";
  }

  /** Of a case: the number of a numeric input. */
  of(row: number): Value {
    return this.ofCases[row] ?? null;
  }

  /** Of a case: '1 mL', 'grade III' without its name. */
  textOf(row: number): string {
    const value = this.of(row);
    if (value === null) return "–";
    return this.numeric ? valueText(value, this.unit) : this.labels[value] ?? "–";
  }

  /** The values that can be chosen one by one, as texts; none of a range. */
  get choices(): string[] {
    return this.numeric ? this.numbers.map((value) => valueText(value, this.unit)) : this.labels;
  }

  /** Whether a case has the n-th of the choices. */
  has(row: number, choice: number): boolean {
    return this.of(row) === (this.numeric ? this.numbers[choice] : choice);
  }
}

// ---- The study ------------------------------------------------------------------------------------------------------

export class Study {
  readonly inputs: Input[];
  readonly answers: AnswerData[];
  readonly columns: Column[];
  readonly cases: StudyData["cases"];
  readonly warnings: StudyData["warnings"];
  readonly fronts: FrontData[];
  readonly rows: number[]; // 0, 1, 2 ...

  constructor(data: StudyData) {
    this.inputs = data.inputs.map((entry) => new Input(entry));
    this.answers = data.answers;
    this.columns = data.columns.map((entry) => new Column(entry));
    this.cases = data.cases;
    this.warnings = data.warnings;
    this.fronts = data.fronts;
    this.rows = data.cases.number.map((_, row) => row);
  }

  get texts(): Input[] {
    return this.inputs.filter((input) => !input.numeric);
  }

  get numerics(): Input[] {
    return this.inputs.filter((input) => input.numeric);
  }

  input(name: string): Input | undefined {
    return this.inputs.find((entry) => entry.name === name);
  }

  /** The analyses of a column that is an answer. */
  answerOf(column: Column): AnswerData | undefined {
    return column.group === "answer" ? this.answers.find((answer) => answer.name === column.name) : undefined;
  }

  /** The numerical error of an answer in a case. */
  errorOf(column: Column, row: number): Value {
    return this.columns.find((entry) => entry.group === "error" && entry.name === `${column.name} error`)?.of(row) ?? null;
  }

  /** The same quantity in the untreated tissue, where a comparison with it makes sense. */
  untreatedOf(column: Column): Column | undefined {
    const answer = this.answerOf(column);
    if (answer && (answer.time !== null || answer.compare !== "nothing")) return undefined;
    const quantity = answer ? answer.quantity : column.name;
    return column.group === "untreated" ? undefined
      : this.columns.find((entry) => entry.group === "untreated" && entry.name === `untreated ${quantity}`);
  }

  /** 'case 7: volume 1 mL, grade III', in lines. */
  describe(row: number): string {
    return [`case ${this.cases.number[row]}`, ...this.inputs.map((input) => `${input.name}: ${input.textOf(row)}`)]
      .join("\n");
  }
}

// ---- Texts ----------------------------------------------------------------------------------------------------------

export function withUnit(text: string, unit: string): string {
  return unit === "" || unit === "1" ? text : `${text} ${unit}`;
}

/** '4.2 mM', '1.6 million cells'. */
export function valueText(value: Value, unit: string, digits = 4): string {
  if (value === null) return "–";
  const size = magnitude("", unit, [value]);
  return withUnit(numberText(value / size.factor, digits), size.unit);
}

/** How an axis writes large numbers: in millions or billions, said by its unit. */
export interface Magnitude {
  factor: number;
  unit: string;
  label: string;
}

const MAGNITUDES: [number, string][] = [[1e6, "million"], [1e9, "billion"], [1e12, "trillion"]];

export function magnitude(name: string, unit: string, values: Iterable<Value>): Magnitude {
  let largest = 0;
  for (const value of values) largest = Math.max(largest, Math.abs(value ?? 0));
  const found = MAGNITUDES.find(([factor]) => factor <= largest && largest < 1000 * factor);
  if (!found) return {factor: 1, unit, label: labelOf({name, unit})};
  const [factor, word] = found;
  const words = unit === "" || unit === "1" ? word : `${word}${unit.startsWith("/") ? "" : " "}${unit}`;
  return {factor, unit: words, label: `${name} [${words}]`};
}

export function mean(values: Value[]): Value {
  const known = values.filter((value): value is number => value !== null);
  return known.length ? known.reduce((sum, value) => sum + value, 0) / known.length : null;
}

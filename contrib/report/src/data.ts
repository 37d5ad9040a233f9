// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
// What the page carries: JSON, and packed numbers in it.
import type {StudyData} from "./study";

/** One column of history.csv: 'glucose min nucleus [mM]' in its parts; a dose or a balance has no statistic. */
export interface HistoryColumn {
  name: string;
  unit: string;
  quantity: string;
  statistic: string; // min, mean, max, integral; '' of other columns
  region: string; // 'whole' or a region; '' of other columns
  values: (number | null)[];
  control: (number | null)[] | null; // at the times of the control
}

export interface Threshold {
  quantity: string;
  value: number;
  unit: string;
  text: string; // 'critical glucose 0.5 mM'
}

export interface HistoryData {
  times: number[]; // d
  controlTimes: number[] | null;
  columns: HistoryColumn[];
  featured: {title: string; columns: string[]}[]; // charts that are always shown
}

/** Numbers packed by sampling.py: deflated differences in base64. */
export interface Packed {
  low: number;
  high: number;
  data: string;
}

export interface FieldQuantity {
  name: string;
  unit: string;
  kind: "solute" | "acidity" | "population" | "other";
  low: number; // over all times
  high: number;
  volume: Packed[]; // one per time, 8 bits
  slices: Packed[][]; // [plane][time], 16 bits
}

export interface Plane {
  name: string; // 'mid-sagittal'
  normal: "x" | "y" | "z";
  at: number; // mm
  axes: [string, string];
  size: [number, number]; // columns, rows
  extent: [number, number, number, number]; // mm: left, right, bottom, top
  regions: string; // deflated region of every pixel, 255 outside
}

export interface FieldsData {
  times: number[]; // d
  regions: string[];
  grid: {size: [number, number, number]; low: [number, number, number]; high: [number, number, number]};
  surfaces: {places: string; triangles: string}[]; // per region: deflated float32 and uint32
  planes: Plane[];
  quantities: FieldQuantity[];
}

export interface RunData {
  title: string;
  regions: string[];
  history: HistoryData | null;
  fields: FieldsData | null;
  thresholds: Threshold[];
}

export interface PageData {
  kind: "run" | "study";
  run: RunData | null;
  study: StudyData | null;
}

/** The JSON block of the page. */
export function readPage(): PageData {
  const block = document.getElementById("lacuna-data");
  if (!block?.textContent) throw new Error("the page has no data");
  return JSON.parse(block.textContent) as PageData;
}

/** The bytes behind base64 of deflated data. */
export async function inflate(packed: string): Promise<Uint8Array> {
  const text = atob(packed);
  const bytes = Uint8Array.from(text, (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

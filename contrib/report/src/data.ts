// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
// What the page carries: JSON, and packed numbers in it.

/** A concentration at which a law changes what cells do. */
export interface Threshold {
  quantity: string;
  value: number;
  text: string; // "Critical glucose of 'death of residents'"
}

export interface Line {
  label: string;
  column: string;
}

/** Columns of history.csv of one unit. */
export interface HistoryChart {
  group: string; // 'glucose', 'NPMSC, doses', 'oxygen, balance'
  title: string; // 'lowest'
  heading: string; // 'Lowest glucose'
  unit: string;
  quantity: string; // whose thresholds are drawn; '' of none
  lines: Line[];
}

export interface HistoryData {
  times: number[]; // d
  controlTimes: number[] | null;
  columns: Record<string, {values: (number | null)[]; control: (number | null)[] | null}>;
  charts: HistoryChart[];
  featured: number[]; // which charts are always shown
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
  kind: "solute" | "acidity" | "population";
  low: number; // over all times
  high: number;
  volume: Packed[]; // one per time, 8 bits
  slices: Packed[][]; // [plane][time], 16 bits
  surfaces: Packed[][]; // [region][time], 8 bits
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
  surfaces: {places: string; triangles: string}[]; // of the regions: deflated float32 and uint32
  planes: Plane[];
  quantities: FieldQuantity[];
}

export interface RunData {
  title: string;
  isDisc: boolean; // x points to the right, y to the front, z up
  history: HistoryData | null;
  fields: FieldsData | null;
  thresholds: Threshold[];
}

/** The bytes behind base64 of deflated data. */
export async function inflate(packed: string): Promise<Uint8Array> {
  const text = atob(packed);
  const bytes = Uint8Array.from(text, (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** Undoes `packed` of sampling.py: values between 0 and 2^bits - 1, rows of `columns`. */
export async function unpack(pack: Packed, bits: 8 | 16, columns: number): Promise<Uint8Array | Uint16Array> {
  const bytes = await inflate(pack.data);
  const count = bits === 8 ? bytes.length : bytes.length / 2;
  const values = bits === 8 ? new Uint8Array(count) : new Uint16Array(count);
  for (let index = 0; index < count; index += 1) {
    const step = bits === 8 ? bytes[index]! : bytes[index]! + 256 * bytes[count + index]!;
    values[index] = (index % columns === 0 ? 0 : values[index - 1]!) + step; // typed arrays wrap around
  }
  return values;
}

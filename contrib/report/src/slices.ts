// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
// Three planes through the middle, with the value under the pointer.
import {numberText} from "./charts";
import {colourTable, drawBar, labelOf, schemeOf, STEPS} from "./colours";
import {inflate, unpack, type Plane} from "./data";
import {loops, type Point, type Surface} from "./outlines";
import type {Shown} from "./shown";
import {onTheme, themeColour} from "./theme";

const MARGIN = {left: 40, right: 8, top: 8, bottom: 34}; // px of the page
const TICKS = [1, 2, 5, 10, 20, 50]; // mm

interface Values {
  levels: Uint8Array | Uint16Array;
  low: number;
  high: number;
}

class SliceView {
  readonly figure = document.createElement("figure");
  private readonly canvas = document.createElement("canvas");
  private readonly outlines: Point[][][];
  private values: Values | null = null;
  private pixels: OffscreenCanvas | null = null;
  private mark: [number, number] | null = null; // mm

  constructor(private readonly plane: Plane, private readonly shown: Shown, surfaces: Surface[],
              private readonly region: Uint8Array, private readonly tell: (text: string) => void) {
    this.outlines = surfaces.map((surface) => loops(surface, "xyz".indexOf(plane.normal), plane.at));
    const caption = document.createElement("figcaption");
    const where = document.createElement("span");
    where.className = "soft";
    where.textContent = ` ${plane.normal} = ${numberText(Number(plane.at.toFixed(1)))} mm`;
    caption.append(plane.name, where);
    this.canvas.tabIndex = 0;
    this.canvas.setAttribute("role", "img");
    this.canvas.dataset["plane"] = plane.normal;
    this.figure.append(caption, this.canvas);
    this.listen();
    new ResizeObserver(() => this.draw()).observe(this.figure);
    onTheme(() => this.draw());
  }

  async load(): Promise<void> {
    const {quantity, time} = this.shown;
    const axis = "xyz".indexOf(this.plane.normal);
    const pack = this.shown.field.slices[axis]![time]!;
    const levels = await unpack(pack, 16, this.plane.size[0]);
    if (quantity !== this.shown.quantity || time !== this.shown.time) return; // another choice came meanwhile
    this.values = {levels, low: pack.low, high: pack.high};
    this.colour();
    this.draw();
    this.say();
  }

  /** Every value its colour. */
  colour(): void {
    if (!this.values) return;
    const [columns, rows] = this.plane.size;
    const table = colourTable(schemeOf(this.shown.field));
    const [low, high] = this.shown.range;
    const image = new ImageData(columns, rows);
    const scale = (this.values.high - this.values.low) / 65535;
    for (let row = 0; row < rows; row += 1) {
      for (let column = 0; column < columns; column += 1) {
        const value = this.values.low + scale * this.values.levels[row * columns + column]!;
        const share = high > low ? (value - low) / (high - low) : 0;
        const step = Math.min(STEPS - 1, Math.max(0, Math.round(share * (STEPS - 1))));
        // Rows run upward, those of images downward.
        image.data.set(table.subarray(4 * step, 4 * step + 4), 4 * ((rows - 1 - row) * columns + column));
      }
    }
    this.pixels ??= new OffscreenCanvas(columns, rows);
    this.pixels.getContext("2d")!.putImageData(image, 0, 0);
  }

  private get scale(): number {
    const [left, right] = this.plane.extent;
    return Math.max(1, this.figure.clientWidth - MARGIN.left - MARGIN.right) / (right - left);
  }

  /** The place of the page (px in the canvas) of a point in mm. */
  private place(across: number, up: number): [number, number] {
    const [left, , , top] = this.plane.extent;
    return [MARGIN.left + (across - left) * this.scale, MARGIN.top + (top - up) * this.scale];
  }

  draw(): void {
    const [left, right, bottom, top] = this.plane.extent;
    const width = this.figure.clientWidth;
    const height = MARGIN.top + MARGIN.bottom + (top - bottom) * this.scale;
    const ratio = Math.min(3, Math.max(1, devicePixelRatio));
    this.canvas.width = Math.round(width * ratio);
    this.canvas.height = Math.round(height * ratio);
    this.canvas.style.aspectRatio = `${width} / ${height}`;
    const context = this.canvas.getContext("2d")!;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.axes(context, height);
    if (this.pixels) {
      context.save();
      this.trace(context, this.outlines.flat());
      context.clip("nonzero");
      const [x, y] = this.place(left, top);
      context.drawImage(this.pixels, x, y, (right - left) * this.scale, (top - bottom) * this.scale);
      context.restore();
    }
    context.lineJoin = "round";
    for (const [colour, thickness] of [["rgba(255,255,255,.55)", 2.4], ["rgba(20,28,34,.85)", 1]] as const) {
      context.strokeStyle = colour;
      context.lineWidth = thickness;
      this.trace(context, this.outlines.flat());
      context.stroke();
    }
    if (this.mark) this.cross(context);
    this.canvas.setAttribute("aria-label", `${this.plane.name}: ${this.shown.text}. Arrow keys move the place whose ` +
                             "value is told.");
  }

  private trace(context: CanvasRenderingContext2D, lines: Point[][]): void {
    const [across, up] = this.plane.axes.map((axis) => "xyz".indexOf(axis)) as [number, number];
    context.beginPath();
    for (const line of lines) {
      line.forEach((point, index) => {
        const [x, y] = this.place(point[across]!, point[up]!);
        if (index === 0) context.moveTo(x, y);
        else context.lineTo(x, y);
      });
      context.closePath();
    }
  }

  private cross(context: CanvasRenderingContext2D): void {
    const [x, y] = this.place(...this.mark!);
    for (const [colour, thickness] of [["#ffffff", 4], ["#14181b", 1.5]] as const) {
      context.strokeStyle = colour;
      context.lineWidth = thickness;
      context.beginPath();
      context.moveTo(x - 7, y);
      context.lineTo(x + 7, y);
      context.moveTo(x, y - 7);
      context.lineTo(x, y + 7);
      context.stroke();
    }
  }

  private axes(context: CanvasRenderingContext2D, height: number): void {
    const [left, right, bottom, top] = this.plane.extent;
    context.fillStyle = context.strokeStyle = themeColour("soft");
    context.lineWidth = 1;
    context.font = "11px system-ui, sans-serif";
    const step = TICKS.find((candidate) => candidate * this.scale >= 26) ?? 100;
    context.textAlign = "center";
    context.textBaseline = "top";
    const base = height - MARGIN.bottom + 2;
    for (let tick = Math.ceil(left / step) * step; tick <= right; tick += step) {
      const [x] = this.place(tick, bottom);
      context.fillRect(Math.round(x), base, 1, 4);
      context.fillText(String(tick).replace("-", "−"), x, base + 6);
    }
    context.fillText(`${this.plane.axes[0]} [mm]`, this.place((left + right) / 2, bottom)[0], base + 19);
    context.textAlign = "right";
    context.textBaseline = "middle";
    for (let tick = Math.ceil(bottom / step) * step; tick <= top; tick += step) {
      const [, y] = this.place(left, tick);
      context.fillRect(MARGIN.left - 6, Math.round(y), 4, 1);
      context.fillText(String(tick).replace("-", "−"), MARGIN.left - 8, y);
    }
    context.save();
    context.translate(8, this.place(left, (bottom + top) / 2)[1]);
    context.rotate(-Math.PI / 2);
    context.textAlign = "center";
    context.fillText(`${this.plane.axes[1]} [mm]`, 0, 0);
    context.restore();
  }

  private listen(): void {
    this.canvas.addEventListener("pointermove", (event) => {
      const [left, , , top] = this.plane.extent;
      this.mark = [left + (event.offsetX - MARGIN.left) / this.scale, top - (event.offsetY - MARGIN.top) / this.scale];
      this.draw();
      this.say();
    });
    this.canvas.addEventListener("pointerleave", () => this.unmark());
    this.canvas.addEventListener("blur", () => this.unmark());
    this.canvas.addEventListener("keydown", (event) => {
      const move = ({ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1]} as
        Record<string, [number, number]>)[event.key];
      if (!move) return;
      event.preventDefault();
      const [left, right, bottom, top] = this.plane.extent;
      const [across, up] = this.mark ?? [(left + right) / 2, (bottom + top) / 2];
      const step = (right - left) / 100;
      this.mark = [Math.min(right, Math.max(left, across + move[0] * step)),
                   Math.min(top, Math.max(bottom, up + move[1] * step))];
      this.draw();
      this.say();
    });
  }

  private unmark(): void {
    this.mark = null;
    this.draw();
    this.tell("");
  }

  private say(): void {
    if (!this.mark || !this.values) return;
    const [left, right, bottom, top] = this.plane.extent;
    const [columns, rows] = this.plane.size;
    const column = Math.floor((this.mark[0] - left) / (right - left) * columns);
    const row = Math.floor((this.mark[1] - bottom) / (top - bottom) * rows);
    const inside = column >= 0 && column < columns && row >= 0 && row < rows;
    const index = row * columns + column;
    const region = inside ? this.region[index]! : 255;
    const [across, up] = this.plane.axes;
    const [one, other] = this.mark.map((value) => `${value.toFixed(1).replace("-", "−")} mm`);
    const place = `${across} = ${one}, ${up} = ${other}`;
    if (region === 255) return this.tell(`${place}: outside the tissue`);
    const {levels, low, high} = this.values;
    const {name, unit} = this.shown.field;
    const value = numberText(low + (high - low) * levels[index]! / 65535);
    this.tell(`${place}: ${name} ${value}${unit === "1" ? "" : ` ${unit}`}, ${this.shown.fields.regions[region]}`);
  }
}

/** Draws the planes as projections that share axes: axial above coronal, sagittal beside them. */
export async function showSlices(shown: Shown, surfaces: Surface[], element: HTMLElement): Promise<void> {
  const readout = document.createElement("output");
  readout.className = "readout screen";
  const hint = "Point at a slice, or walk over it with the arrow keys, to read values.";
  readout.textContent = hint;
  const tell = (text: string): void => {
    readout.textContent = text || hint;
  };
  const views = await Promise.all(shown.fields.planes.map(
    async (plane) => new SliceView(plane, shown, surfaces, await inflate(plane.regions), tell)));
  const [sagittal, coronal, axial] = views as [SliceView, SliceView, SliceView];
  const left = document.createElement("div");
  left.append(axial.figure, coronal.figure);
  const bar = document.createElement("div");
  bar.className = "bar";
  const right = document.createElement("div");
  right.append(sagittal.figure, bar, readout);
  const grid = document.createElement("div");
  grid.className = "slices card";
  const [width, depth] = shown.fields.grid.high.map((high, axis) => high - shown.fields.grid.low[axis]!);
  grid.style.setProperty("--left", `${width}fr`);
  grid.style.setProperty("--right", `${depth}fr`);
  grid.append(left, right);
  element.append(grid);
  const load = (): void => {
    drawBar(bar, shown.field, shown.range);
    grid.dataset["shown"] = labelOf(shown.field);
    for (const view of views) void view.load();
  };
  load();
  shown.onChange(load);
}

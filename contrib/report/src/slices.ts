// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
// Three planes through the middle, with the value under the pointer.
import {decimalsOf, numberText, placeText} from "./charts";
import {colourTable, drawBar, labelOf, schemeOf, STEPS} from "./colours";
import {inflate, unpack, type Plane} from "./data";
import {loops, type Point, type Surface} from "./outlines";
import type {Shown} from "./shown";
import {onTheme, themeColour} from "./theme";

const MARGIN = {left: 40, right: 8, top: 8, bottom: 34}; // px of the page
const TICK_GAPS = {across: 40, up: 24}; // px
const HIGHEST = 560; // px of a drawn body
const THINNEST = 1 / 8; // of the longest side: what is thinner is drawn as if it were not
const COLUMN = [0.3, 0.7] as const; // shares of the width that leave room for a column beside

/** By how much each axis is drawn too large, so that slender and flat bodies can be seen. */
function stretches(low: readonly number[], high: readonly number[]): number[] {
  const sizes = high.map((end, axis) => end - low[axis]!);
  const least = THINNEST * Math.max(...sizes);
  return sizes.map((size) => size > 0 ? Math.max(1, least / size) : 1);
}

/** The smallest of 1, 2 and 5 times a power of ten that is not below `least`. */
function niceStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  return power * [1, 2, 5, 10].find((step) => step * power >= least * (1 - 1e-9))!;
}

/** Places that leave room for their numbers, but are not fewer than two. */
function ticksBetween(low: number, high: number, scale: number, gap: number): number[] {
  const roomy = niceStep(gap / scale);
  const step = roomy > (high - low) / 2 ? niceStep((high - low) / 5) : roomy;
  const first = Math.ceil(low / step - 1e-6);
  const count = Math.floor(high / step + 1e-6) - first + 1;
  return Array.from({length: Math.max(0, count)}, (_, index) => Number(((first + index) * step).toPrecision(6)));
}

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
  private readonly stretch: [number, number]; // across, up
  private readonly decimals: number;

  constructor(private readonly plane: Plane, private readonly shown: Shown, surfaces: Surface[],
              private readonly region: Uint8Array, private readonly tell: (text: string) => void) {
    const {low, high} = shown.fields.grid;
    this.decimals = decimalsOf(Math.max(...high.map((end, axis) => end - low[axis]!)));
    const factors = stretches(low, high);
    this.stretch = plane.axes.map((axis) => factors["xyz".indexOf(axis)]!) as [number, number];
    this.outlines = surfaces.map((surface) => loops(surface, "xyz".indexOf(plane.normal), plane.at));
    const caption = document.createElement("figcaption");
    const where = document.createElement("span");
    where.className = "soft";
    where.textContent = ` ${plane.normal} = ${placeText(plane.at, this.decimals)} mm${this.stretchText}`;
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

  /** Said where one axis of the plane is drawn larger than the other. */
  private get stretchText(): string {
    const ratio = this.stretch[1] / this.stretch[0];
    if (Math.abs(ratio - 1) < 0.01) return "";
    const [name, factor] = ratio > 1 ? [this.plane.axes[1], ratio] : [this.plane.axes[0], 1 / ratio];
    return `, ${name} drawn ${numberText(factor, 2)} times as large`;
  }

  /** px per mm across and up: as large as the width of the figure and the screen allow. */
  private get scale(): [number, number] {
    const [left, right, bottom, top] = this.plane.extent;
    const [across, up] = this.stretch;
    const width = Math.max(1, this.figure.clientWidth - MARGIN.left - MARGIN.right);
    const base = Math.min(width / ((right - left) * across), HIGHEST / ((top - bottom) * up));
    return [base * across, base * up];
  }

  /** The place of the page (px in the canvas) of a point in mm. */
  private place(across: number, up: number): [number, number] {
    const [left, , , top] = this.plane.extent;
    const [wide, high] = this.scale;
    return [MARGIN.left + (across - left) * wide, MARGIN.top + (top - up) * high];
  }

  draw(): void {
    const [left, right, bottom, top] = this.plane.extent;
    const [wide, high] = this.scale;
    const width = MARGIN.left + MARGIN.right + (right - left) * wide;
    const height = MARGIN.top + MARGIN.bottom + (top - bottom) * high;
    const ratio = Math.min(3, Math.max(1, devicePixelRatio));
    this.canvas.width = Math.round(width * ratio);
    this.canvas.height = Math.round(height * ratio);
    this.canvas.style.width = `${width}px`;
    this.canvas.style.aspectRatio = `${width} / ${height}`;
    const context = this.canvas.getContext("2d")!;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.axes(context, height);
    if (this.pixels) {
      context.save();
      this.trace(context, this.outlines.flat());
      context.clip("nonzero");
      const [x, y] = this.place(left, top);
      context.drawImage(this.pixels, x, y, (right - left) * wide, (top - bottom) * high);
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
    const [wide, high] = this.scale;
    context.textAlign = "center";
    context.textBaseline = "top";
    const base = height - MARGIN.bottom + 2;
    for (const tick of ticksBetween(left, right, wide, TICK_GAPS.across)) {
      const [x] = this.place(tick, bottom);
      context.fillRect(Math.round(x), base, 1, 4);
      context.fillText(numberText(tick), x, base + 6);
    }
    context.fillText(`${this.plane.axes[0]} [mm]`, this.place((left + right) / 2, bottom)[0], base + 19);
    context.textAlign = "right";
    context.textBaseline = "middle";
    for (const tick of ticksBetween(bottom, top, high, TICK_GAPS.up)) {
      const [, y] = this.place(left, tick);
      context.fillRect(MARGIN.left - 6, Math.round(y), 4, 1);
      context.fillText(numberText(tick), MARGIN.left - 8, y);
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
      const [wide, high] = this.scale;
      this.mark = [left + (event.offsetX - MARGIN.left) / wide, top - (event.offsetY - MARGIN.top) / high];
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
      const rise = step * this.stretch[0] / this.stretch[1]; // as far on the page
      this.mark = [Math.min(right, Math.max(left, across + move[0] * step)),
                   Math.min(top, Math.max(bottom, up + move[1] * rise))];
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
    const [first, second] = this.mark.map((value) => `${placeText(value, this.decimals)} mm`);
    const place = `${across} = ${first}, ${up} = ${second}`;
    if (region === 255) return this.tell(`${place}: outside the tissue`);
    const {levels, low, high} = this.values;
    const {name, unit} = this.shown.field;
    const value = numberText(low + (high - low) * levels[index]! / 65535);
    this.tell(`${place}: ${name} ${value}${unit === "1" ? "" : ` ${unit}`}, ${this.shown.fields.regions[region]}`);
  }
}

/** Draws the planes as projections that share axes: axial above coronal, sagittal beside them; of a body too slender or
    flat to leave room for that, one below the other. */
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
  const {low, high} = shown.fields.grid;
  const factors = stretches(low, high);
  const [width, depth] = high.map((end, axis) => (end - low[axis]!) * factors[axis]!) as [number, number, number];
  const share = width / (width + depth);
  grid.classList.toggle("stacked", !(share >= COLUMN[0] && share <= COLUMN[1]));
  grid.style.setProperty("--left", `${100 * share}fr`); // below 1 in all would not fill the width
  grid.style.setProperty("--right", `${100 * (1 - share)}fr`);
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

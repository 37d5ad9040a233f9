// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
// Turning a camera around a body by mouse, touch and keyboard.
import type {PerspectiveCamera} from "three";

const START = {azimuth: -1.0, elevation: 0.5}; // from the front right, a little above
const HIGHEST = 1.55; // just short of straight down, where up would be lost
const FILLED = 1.2; // the body is rounder than its box
const CORNERS = [-1, 1].flatMap((x) => [-1, 1].flatMap((y) => [-1, 1].map((z) => [x, y, z])));
const KEY_ANGLE = Math.PI / 36;
const KEY_ZOOM = 1.1;

export class Orbit {
  private azimuth = START.azimuth;
  private elevation = START.elevation;
  private zoom = 1;
  private readonly pointers = new Map<number, {x: number; y: number}>();

  constructor(private readonly camera: PerspectiveCamera, element: HTMLElement,
              private readonly centre: [number, number, number], private readonly half: [number, number, number],
              private readonly changed: () => void) {
    element.addEventListener("pointerdown", (event) => {
      element.setPointerCapture(event.pointerId);
      this.pointers.set(event.pointerId, {x: event.clientX, y: event.clientY});
    });
    element.addEventListener("pointermove", (event) => this.drag(event));
    for (const name of ["pointerup", "pointercancel"] as const) {
      element.addEventListener(name, (event) => this.pointers.delete(event.pointerId));
    }
    element.addEventListener("wheel", (event) => {
      // Whoever scrolls the page past the picture does not mean the picture.
      if (document.activeElement !== element && !event.ctrlKey) return;
      event.preventDefault();
      this.scale(Math.exp(-0.0015 * event.deltaY));
    }, {passive: false});
    element.addEventListener("keydown", (event) => this.key(event));
    this.place();
  }

  reset(): void {
    Object.assign(this, START, {zoom: 1});
    this.place();
  }

  turn(azimuth: number, elevation: number): void {
    this.azimuth += azimuth;
    this.elevation = Math.min(HIGHEST, Math.max(-HIGHEST, this.elevation + elevation));
    this.place();
  }

  scale(factor: number): void {
    this.zoom = Math.min(12, Math.max(0.4, this.zoom * factor));
    this.place();
  }

  /** The distance from which the whole body, as seen at the start, fills the picture, however narrow that is. */
  private get distance(): number {
    const up = Math.tan(this.camera.fov * Math.PI / 360) * FILLED;
    const across = up * this.camera.aspect;
    const [cos, sin] = [Math.cos(START.azimuth), Math.sin(START.azimuth)];
    const [low, high] = [Math.cos(START.elevation), Math.sin(START.elevation)];
    return Math.max(...CORNERS.map((signs) => {
      const [x, y, z] = signs.map((sign, axis) => sign * this.half[axis]!) as [number, number, number];
      const towards = cos * x + sin * y;
      const near = low * towards + high * z;
      return near + Math.max(Math.abs(cos * y - sin * x) / across, Math.abs(low * z - high * towards) / up);
    }));
  }

  place(): void {
    const distance = this.distance / this.zoom;
    const flat = distance * Math.cos(this.elevation);
    const [x, y, z] = this.centre;
    this.camera.position.set(x + flat * Math.cos(this.azimuth), y + flat * Math.sin(this.azimuth),
                             z + distance * Math.sin(this.elevation));
    this.camera.near = distance / 50;
    this.camera.far = distance + 4 * Math.hypot(...this.half);
    this.camera.lookAt(...this.centre);
    this.camera.updateProjectionMatrix();
    this.changed();
  }

  private spread(): number {
    const [one, other] = [...this.pointers.values()];
    return one && other ? Math.hypot(one.x - other.x, one.y - other.y) : 0;
  }

  private drag(event: PointerEvent): void {
    const before = this.pointers.get(event.pointerId);
    if (!before) return;
    const now = {x: event.clientX, y: event.clientY};
    if (this.pointers.size === 1) {
      this.pointers.set(event.pointerId, now);
      this.turn(-0.008 * (now.x - before.x), 0.008 * (now.y - before.y));
      return;
    }
    const spread = this.spread();
    this.pointers.set(event.pointerId, now);
    if (spread > 0) this.scale(this.spread() / spread);
  }

  private key(event: KeyboardEvent): void {
    const actions: Record<string, () => void> = {
      ArrowLeft: () => this.turn(-KEY_ANGLE, 0), ArrowRight: () => this.turn(KEY_ANGLE, 0),
      ArrowUp: () => this.turn(0, KEY_ANGLE), ArrowDown: () => this.turn(0, -KEY_ANGLE),
      "+": () => this.scale(KEY_ZOOM), "-": () => this.scale(1 / KEY_ZOOM), Home: () => this.reset(),
    };
    const action = actions[event.key];
    if (!action || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    action();
  }
}

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
// The body in space: surfaces of the regions and a plane that cuts them, both coloured by the field.
import {
  BackSide, BufferAttribute, BufferGeometry, Color, Data3DTexture, DataTexture, DecrementWrapStencilOp, DoubleSide,
  FrontSide, IncrementWrapStencilOp, LinearFilter, LineBasicMaterial, LineSegments, Mesh, NotEqualStencilFunc,
  PerspectiveCamera, PlaneGeometry, RedFormat, ReplaceStencilOp, RGBAFormat, Scene, ShaderMaterial, Vector2, Vector3,
  Vector4, WebGLRenderer, type IUniform, type Side, type StencilOp,
} from "three";
import {toCreasedNormals} from "three/examples/jsm/utils/BufferGeometryUtils.js";
import {decimalsOf, numberText} from "./charts";
import {colourTable, drawBar, schemeOf, STEPS} from "./colours";
import {unpack, type Packed} from "./data";
import {loops, type Surface} from "./outlines";
import {Orbit} from "./orbit";
import {button, controls, select, slider, ticks} from "./selectors";
import type {Shown} from "./shown";

const CREASE = 0.6; // rad: sharper edges of the mesh stay edges
const REGION_COLOURS = ["#5b9bc8", "#d8a35c", "#b9776a", "#8bb58b", "#9a8fc0", "#c9b458", "#7fb3ad", "#b58fa5"];

const VERTEX = `
  in float level;
  out float own;
  out vec3 place;
  out vec3 facing;
  void main() {
    place = (modelMatrix * vec4(position, 1.)).xyz;
    facing = normalMatrix * normal;
    own = level;
    gl_Position = projectionMatrix * viewMatrix * vec4(place, 1.);
  }`;

const FRAGMENT = `
  precision highp float;
  precision highp sampler3D;
  uniform sampler3D volume;
  uniform sampler2D colours;
  uniform vec3 low, high;   // corners of the volume, mm
  uniform vec2 levels;      // place among the colours of the smallest value, and of the range of the volume
  uniform vec4 cut;         // what is beyond the plane is not there
  uniform vec3 plain;       // colour where the field is not shown
  uniform float painted, shaded, opacity, exact;
  in float own;             // value at the surface, where fields may jump, by 'levels'
  in vec3 place;
  in vec3 facing;
  out vec4 colour;
  void main() {
    if (dot(cut.xyz, place) > cut.w) discard;
    float level = mix(texture(volume, (place - low) / (high - low)).r, own, exact);
    float share = clamp(levels.x + levels.y * level, 0., 1.);
    vec3 field = texture(colours, vec2((share * ${STEPS - 1}. + .5) / ${STEPS}., .5)).rgb;
    float light = mix(1., .6 + .4 * abs(normalize(facing).z), shaded);
    colour = vec4(light * mix(plain, field, painted), opacity);
  }`;

const COUNTER = `
  precision highp float;
  uniform vec4 cut;
  in vec3 place;
  out vec4 colour;
  void main() {
    if (dot(cut.xyz, place) > cut.w) discard;
    colour = vec4(1.);
  }`;

/** One region: its surface, and what fills the cut through it. */
interface Region {
  surface: Mesh<BufferGeometry, ShaderMaterial>;
  objects: Mesh[];
  cap: Mesh;
  outline: LineSegments<BufferGeometry, LineBasicMaterial>;
  source: Surface;
}

class View {
  readonly canvas = document.createElement("canvas");
  private readonly renderer: WebGLRenderer;
  private readonly scene = new Scene();
  private readonly camera = new PerspectiveCamera(28, 1.6);
  private readonly volume: Data3DTexture;
  private readonly colours = new DataTexture(colourTable("viridis"), STEPS, 1, RGBAFormat);
  private readonly uniforms: Record<"volume" | "colours" | "low" | "high" | "levels" | "cut", IUniform>;
  private readonly regions: Region[];
  private readonly extent: {low: Vector3; high: Vector3};
  readonly orbit: Orbit;
  private waiting = false;

  constructor(private readonly shown: Shown, surfaces: Surface[],
              private readonly drawn: (camera: PerspectiveCamera) => void) {
    this.renderer = new WebGLRenderer({canvas: this.canvas, antialias: true, alpha: true, stencil: true,
                                       preserveDrawingBuffer: true}); // printed as it is
    this.renderer.setClearAlpha(0);
    const {grid} = shown.fields;
    this.extent = {low: new Vector3(...grid.low), high: new Vector3(...grid.high)};
    this.volume = new Data3DTexture(new Uint8Array(grid.size[0] * grid.size[1] * grid.size[2]), ...grid.size);
    this.volume.format = RedFormat;
    this.volume.minFilter = this.volume.magFilter = LinearFilter;
    this.volume.unpackAlignment = 1;
    this.colours.minFilter = this.colours.magFilter = LinearFilter;
    this.uniforms = {
      volume: {value: this.volume}, colours: {value: this.colours}, low: {value: this.extent.low},
      high: {value: this.extent.high}, levels: {value: new Vector2(0, 1)}, cut: {value: new Vector4(0, 0, 0, 1)},
    };
    this.regions = surfaces.map((surface, index) => this.region(surface, index));
    this.camera.up.set(0, 0, 1);
    const centre = this.extent.low.clone().add(this.extent.high).multiplyScalar(0.5);
    const half = this.extent.high.clone().sub(centre);
    this.orbit = new Orbit(this.camera, this.canvas, centre.toArray(), half.toArray(), () => this.request());
  }

  private material(fragment: string, options: {side: Side} & Record<string, unknown>): ShaderMaterial {
    return new ShaderMaterial({
      glslVersion: "300 es", vertexShader: VERTEX, fragmentShader: fragment,
      uniforms: {...this.uniforms, plain: {value: new Color()}, painted: {value: 1}, shaded: {value: 1},
                 opacity: {value: 1}, exact: {value: 1}},
      ...options,
    });
  }

  /** Counts in each pixel how often the sight enters and leaves the region: where it has not left, the cut is in it. */
  private counter(geometry: BufferGeometry, side: Side, operation: StencilOp, order: number): Mesh {
    const material = this.material(COUNTER, {
      side, depthWrite: false, depthTest: false, colorWrite: false, stencilWrite: true, stencilFail: operation,
      stencilZFail: operation, stencilZPass: operation,
    });
    const mesh = new Mesh(geometry, material);
    mesh.renderOrder = order;
    return mesh;
  }

  private region(source: Surface, index: number): Region {
    const geometry = new BufferGeometry();
    geometry.setAttribute("position", new BufferAttribute(source.places, 3));
    geometry.setIndex(new BufferAttribute(source.triangles, 1));
    const order = 10 * index;
    const objects = [this.counter(geometry, BackSide, IncrementWrapStencilOp, order),
                     this.counter(geometry, FrontSide, DecrementWrapStencilOp, order + 1)];
    const size = 4 * this.extent.high.distanceTo(this.extent.low);
    const cap = new Mesh(new PlaneGeometry(size, size), this.material(FRAGMENT, {
      side: DoubleSide, stencilWrite: true, stencilRef: 0, stencilFunc: NotEqualStencilFunc,
      stencilFail: ReplaceStencilOp, stencilZFail: ReplaceStencilOp, stencilZPass: ReplaceStencilOp,
      polygonOffset: true, polygonOffsetFactor: 1, polygonOffsetUnits: 1,
    }));
    cap.material.uniforms["shaded"]!.value = cap.material.uniforms["exact"]!.value = 0;
    cap.material.uniforms["cut"] = {value: new Vector4(0, 0, 0, 1)}; // the plane does not cut itself
    cap.renderOrder = order + 2;
    cap.onAfterRender = () => this.renderer.clearStencil();
    const outline = new LineSegments(new BufferGeometry(), new LineBasicMaterial({color: 0x14181b}));
    outline.renderOrder = 500;
    const shape = toCreasedNormals(geometry, CREASE); // which takes the triangles apart
    shape.setAttribute("level", new BufferAttribute(new Uint8Array(source.triangles.length), 1, true));
    const surface = new Mesh(shape, this.material(FRAGMENT, {side: DoubleSide}));
    surface.material.uniforms["levels"] = {value: new Vector2(0, 1)};
    surface.renderOrder = 1000 + index;
    const colour = new Color(REGION_COLOURS[index % REGION_COLOURS.length]);
    surface.material.uniforms["plain"]!.value = new Vector3(...new Color().copyLinearToSRGB(colour).toArray());
    this.scene.add(...objects, cap, outline, surface);
    return {surface, objects: [...objects, cap], cap, outline, source};
  }

  request(): void {
    if (this.waiting) return;
    this.waiting = true;
    requestAnimationFrame(() => {
      this.waiting = false;
      this.renderer.render(this.scene, this.camera);
      this.drawn(this.camera);
    });
  }

  resize(): void {
    const {clientWidth, clientHeight} = this.canvas;
    if (clientWidth === 0) return;
    this.renderer.setPixelRatio(Math.min(2, devicePixelRatio));
    this.renderer.setSize(clientWidth, clientHeight, false);
    this.camera.aspect = clientWidth / clientHeight;
    this.orbit.place();
  }

  async load(): Promise<void> {
    const {quantity, time} = this.shown;
    const pack = this.shown.field.volume[time]!;
    const values = await unpack(pack, 8, this.shown.fields.grid.size[0]);
    const packs = this.shown.field.surfaces.map((region) => region[time]!);
    const surfaces = await Promise.all(packs.map((packed, index) =>
      unpack(packed, 8, this.regions[index]!.source.places.length / 3)));
    if (quantity !== this.shown.quantity || time !== this.shown.time) return; // another choice came meanwhile
    (this.volume.image as {data: Uint8Array}).data = values as Uint8Array;
    this.volume.needsUpdate = true;
    (this.colours.image as {data: Uint8Array}).data = colourTable(schemeOf(this.shown.field));
    this.colours.needsUpdate = true;
    this.place(pack, this.uniforms.levels.value as Vector2);
    this.regions.forEach(({surface, source}, index) => {
      const level = surface.geometry.getAttribute("level") as BufferAttribute;
      source.triangles.forEach((corner, position) => {
        level.array[position] = surfaces[index]![corner]!;
      });
      level.needsUpdate = true;
      this.place(packs[index]!, surface.material.uniforms["levels"]!.value as Vector2);
    });
    this.canvas.dataset["shown"] = this.shown.text;
    this.request();
  }

  /** Where the values of a pack lie among the colours. */
  private place(pack: Packed, levels: Vector2): void {
    const [low, high] = this.shown.range;
    const span = high - low || 1;
    levels.set((pack.low - low) / span, (pack.high - pack.low) / span);
  }

  /** Takes away what is beyond a plane; `axis` -1 takes nothing away. */
  cut(axis: number, at: number, flipped: boolean): void {
    const normal = new Vector3().setComponent(Math.max(0, axis), flipped ? -1 : 1);
    const distance = axis < 0 ? 1e9 : flipped ? -at : at;
    (this.uniforms.cut.value as Vector4).set(normal.x, normal.y, normal.z, distance);
    for (const {cap, outline, objects, source, surface} of this.regions) {
      for (const object of objects) object.visible = axis >= 0 && surface.visible;
      outline.visible = axis >= 0 && surface.visible;
      if (axis < 0) continue;
      cap.position.copy(this.extent.low).add(this.extent.high).multiplyScalar(0.5).setComponent(axis, at);
      cap.lookAt(cap.position.clone().add(normal));
      const lines = loops(source, axis, at).flatMap((line) => line.flatMap((point, index) => [
        ...point, ...line[(index + 1) % line.length]!]));
      outline.geometry.dispose();
      outline.geometry = new BufferGeometry();
      outline.geometry.setAttribute("position", new BufferAttribute(new Float32Array(lines), 3));
    }
    this.request();
  }

  showRegion(index: number, visible: boolean): void {
    this.regions[index]!.surface.visible = visible;
  }

  setOpacity(opacity: number): void {
    for (const {surface} of this.regions) {
      surface.material.uniforms["opacity"]!.value = opacity;
      surface.material.transparent = opacity < 1;
      surface.material.depthWrite = opacity >= 1;
      surface.material.needsUpdate = true;
    }
    this.request();
  }

  paint(byField: boolean): void {
    for (const {surface} of this.regions) surface.material.uniforms["painted"]!.value = byField ? 1 : 0;
    this.request();
  }
}

/** The three axes, as seen by the camera, in a corner. */
class Triad {
  readonly element = document.createElementNS("http://www.w3.org/2000/svg", "svg");

  constructor(private readonly names: string[]) {
    this.element.setAttribute("class", "triad");
    this.element.setAttribute("viewBox", "-60 -60 120 120");
    this.element.setAttribute("aria-hidden", "true");
  }

  draw(camera: PerspectiveCamera): void {
    const parts = this.names.map((name, axis) => {
      const end = new Vector3().setComponent(axis, 1).transformDirection(camera.matrixWorldInverse);
      const [x, y] = [32 * end.x, -32 * end.y];
      const anchor = Math.abs(x) < 8 ? "middle" : x > 0 ? "start" : "end";
      return `<line x2="${x}" y2="${y}" stroke="currentColor" stroke-width="1.5"/>` +
        `<text x="${1.15 * x}" y="${1.15 * y + 4 + (Math.abs(x) < 8 ? 8 * Math.sign(y) : 0)}" fill="currentColor" ` +
        `font-size="12" text-anchor="${anchor}">${name}</text>`;
    });
    this.element.innerHTML = parts.join("");
  }
}

function hasWebGl(): boolean {
  return document.createElement("canvas").getContext("webgl2") !== null;
}

/** Makes the view and its controls. */
export function showView(shown: Shown, surfaces: Surface[], isDisc: boolean, element: HTMLElement): void {
  const heading = document.createElement("h3");
  heading.textContent = "In space";
  element.append(heading);
  if (!hasWebGl()) {
    const fallback = document.createElement("p");
    fallback.className = "note";
    fallback.textContent = "This browser has no WebGL 2, so that the body cannot be shown in space. The slices above " +
      "show the same fields.";
    element.append(fallback);
    return;
  }
  const triad = new Triad(isDisc ? ["right", "front", "up"] : ["x", "y", "z"]);
  const view = new View(shown, surfaces, (camera) => triad.draw(camera));
  const {canvas} = view;
  const scene = document.createElement("div");
  scene.className = "scene";
  const bar = document.createElement("div");
  bar.className = "bar";
  canvas.tabIndex = 0;
  canvas.setAttribute("role", "img");
  scene.append(canvas, triad.element);
  const card = document.createElement("div");
  card.className = "card";
  const hint = document.createElement("p");
  hint.className = "note screen";
  hint.textContent = "Drag to rotate, pinch or scroll (after a click) to zoom; with the keyboard, arrow keys rotate, " +
    "+ and − zoom, Home resets.";
  card.append(viewControls(view, shown), scene, bar, hint);
  element.append(card);
  const load = (): void => {
    drawBar(bar, shown.field, shown.range);
    canvas.setAttribute("aria-label", `The body in space: ${shown.text}. Arrow keys rotate, plus and minus zoom, ` +
                        "Home resets the view.");
    void view.load();
  };
  load();
  shown.onChange(load);
  new ResizeObserver(() => view.resize()).observe(canvas);
}

function viewControls(view: View, shown: Shown): HTMLElement {
  const {low, high} = shown.fields.grid;
  const decimals = decimalsOf(Math.max(...high.map((end, axis) => end - low[axis]!)));
  const cut = {axis: 1, at: [0, 1, 2].map((axis) => (low[axis]! + high[axis]!) / 2), flipped: true};
  const position = slider("", {min: 0, max: 1, step: 0.01, value: 0.5}, (share) => {
    cut.at[cut.axis] = low[cut.axis]! + share * (high[cut.axis]! - low[cut.axis]!);
    apply();
  });
  const flip = button("Other side", () => {
    cut.flipped = !cut.flipped;
    apply();
  });
  const label = position.box.querySelector("label")!;
  const apply = (): void => {
    const none = cut.axis < 0;
    position.control.disabled = flip.disabled = none;
    const at = none ? 0 : cut.at[cut.axis]!;
    label.textContent = none ? "No cut" : `Cut at ${"xyz"[cut.axis]} = ${numberText(Number(at.toFixed(decimals)))} mm`;
    position.control.setAttribute("aria-valuetext", label.textContent);
    if (!none) position.control.value = String((at - low[cut.axis]!) / (high[cut.axis]! - low[cut.axis]!));
    // A hair beside the plane of symmetry, which is a face of cells.
    view.cut(cut.axis, none ? 0 : at + 1e-4 * (high[cut.axis]! - low[cut.axis]!), cut.flipped);
  };
  const axis = select("Cut across", ["x", "y", "z", "no cut"], cut.axis, (index) => {
    cut.axis = index === 3 ? -1 : index;
    apply();
  });
  const opacity = slider("Opacity of the surfaces", {min: 0.1, max: 1, step: 0.05, value: 1},
                         (value) => view.setOpacity(value));
  const paint = select("Surfaces show", ["the field", "the regions"], 0, (index) => view.paint(index === 0));
  const regions = ticks("Regions", shown.fields.regions, (index, visible) => {
    view.showRegion(index, visible);
    apply();
  });
  const reset = button("Reset view", () => view.orbit.reset());
  apply();
  return controls(axis.box, position.box, flip, paint.box, opacity.box, regions, reset);
}

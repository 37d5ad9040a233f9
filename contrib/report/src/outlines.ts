// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
// Where planes cut the surfaces of the regions.
import {inflate, type FieldsData} from "./data";

export interface Surface {
  places: Float32Array; // mm
  triangles: Uint32Array;
}

export type Point = [number, number, number];

export async function readSurfaces(fields: FieldsData): Promise<Surface[]> {
  return Promise.all(fields.surfaces.map(async (packed) => ({
    places: new Float32Array((await inflate(packed.places)).buffer),
    triangles: new Uint32Array((await inflate(packed.triangles)).buffer),
  })));
}

/** The closed lines in which the plane normal to `axis` cuts a surface. A corner of the mesh in the plane counts as
    being on its upper side, so that lines always close. */
export function loops(surface: Surface, axis: number, at: number): Point[][] {
  const {places, triangles} = surface;
  const above = (corner: number): boolean => places[3 * corner + axis]! >= at;
  const next = new Map<string, string>();
  const points = new Map<string, Point>();
  const cross = (one: number, other: number): string => {
    const [low, high] = one < other ? [one, other] : [other, one];
    const name = `${low} ${high}`;
    if (!points.has(name)) {
      const start = places[3 * low + axis]!;
      const share = (at - start) / (places[3 * high + axis]! - start);
      const mix = (place: number): number =>
        (1 - share) * places[3 * low + place]! + share * places[3 * high + place]!;
      points.set(name, [mix(0), mix(1), mix(2)]);
    }
    return name;
  };
  for (let index = 0; index < triangles.length; index += 3) {
    const corners = [triangles[index]!, triangles[index + 1]!, triangles[index + 2]!];
    let from = "";
    let to = "";
    for (let side = 0; side < 3; side += 1) {
      const [one, other] = [corners[side]!, corners[(side + 1) % 3]!];
      if (above(one) && !above(other)) from = cross(one, other);
      if (!above(one) && above(other)) to = cross(one, other);
    }
    if (from && to) next.set(from, to);
  }
  return chained(next, points);
}

/** Follows each line from edge to edge until it closes. */
function chained(next: Map<string, string>, points: Map<string, Point>): Point[][] {
  const found: Point[][] = [];
  while (next.size > 0) {
    const line: Point[] = [];
    let name = next.keys().next().value;
    while (name !== undefined && next.has(name)) {
      line.push(points.get(name)!);
      const following: string = next.get(name)!;
      next.delete(name);
      name = following;
    }
    found.push(line);
  }
  return found;
}

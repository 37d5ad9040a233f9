// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "config/geometry_settings.h"
#include "geometry/body.h"

namespace lacuna
{
  /** Layers along x, all of the extent y, z from the origin. Faces left (x = 0), right, front (y =
   * 0), back, bottom, top. */
  Body box(const GeometrySettings &settings);

  // Concentric layers about the z axis. The first layer of a solid body holds the core square, so
  // it has at least two cells along its radius. Bottom and top layers cover the whole section.

  /** Faces: side, bottom (z = -H/2), top. */
  Body cylinder(const GeometrySettings &settings);
  /** Faces: inner side, outer side, bottom, top. */
  Body hollow_cylinder(const GeometrySettings &settings);
  /** Layers give the semi-axis along x; all ellipses have the same proportions. Faces as a
   * cylinder. */
  Body elliptic_cylinder(const GeometrySettings &settings);
} // namespace lacuna

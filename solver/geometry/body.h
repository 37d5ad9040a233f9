// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "config/geometry_settings.h"
#include "geometry/coarse_mesh.h"

#include <memory>
#include <string>
#include <vector>

namespace lacuna
{
  /** A body before deal.II sees it: coarse cells, their names, and what places the vertices of
   * refined cells. */
  struct Body
  {
    enum class Curves
    {
      none,   ///< facets stay facets
      swept,  ///< core and ring charts of an embedded O-grid
      spheres ///< Cartesian core, rings that are spheres about the origin
    };

    CoarseMesh mesh;
    std::vector<std::string> regions, faces, notes;
    Curves curves = Curves::none;
    std::shared_ptr<const Embedding> embedding; ///< of swept bodies
    double drift = 0;                           ///< of the rings of swept bodies, see OGrid
  };

  Body lumbar_disc(const LumbarDiscSettings &settings);

  /** Layers along x, all of the extent y, z from the origin. Faces left (x = 0), right, front (y =
   * 0), back, bottom, top. */
  Body box(const GeometrySettings &settings);

  /**
   * Concentric layers about the z axis or the origin. The first layer of a solid body holds the
   * core square or cube, so it has at least two cells along its radius.
   */
  Body ball(const GeometrySettings &settings);     ///< face: surface
  Body cylinder(const GeometrySettings &settings); ///< faces: side, bottom (z = -H/2), top
  Body
  hollow_cylinder(const GeometrySettings &settings); ///< faces: inner side, outer side, bottom, top
  /** Layers give the semi-axis along x; all ellipses have the same proportions. Faces as a
   * cylinder. */
  Body elliptic_cylinder(const GeometrySettings &settings);

  /** Reads and checks a mesh file. Throws UserError for anything that is not a mesh to compute on.
   */
  Body imported_mesh(const GeometrySettings &settings);
} // namespace lacuna

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "config/geometry_settings.h"
#include "geometry/coarse_mesh.h"
#include "geometry/gmsh_reader.h"

#include <string>
#include <vector>

namespace lacuna
{
  struct AcceptedMesh
  {
    CoarseMesh mesh; ///< in m; only nodes that cells use
    std::vector<std::string> regions, faces, notes;
  };

  /**
   * Lets a mesh pass only if it can be computed on; deal.II in release mode would load nearly every
   * fault without a word. In this order: only first-order hexahedra; no repeated node in a cell;
   * all eight corner Jacobians positive; no coincident nodes or cells; no fold, crack or hanging
   * node; one face-connected piece; every boundary face has one id; the ids of file and settings
   * agree; 0.2 to 200 mm wide. Low quality, unused nodes and the like become notes. Throws
   * UserError that names file, element, region, and centroid (in the coordinates of the file).
   */
  AcceptedMesh accept_mesh(MeshData mesh, const GeometrySettings &settings);
} // namespace lacuna

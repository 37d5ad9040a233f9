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
} // namespace lacuna

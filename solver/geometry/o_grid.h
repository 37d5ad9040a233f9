// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "geometry/coarse_mesh.h"

#include <functional>
#include <vector>

namespace lacuna
{
  /**
   * Quadrilaterals of the unit disc: a core of n x n cells, edges bulged outward, then rings of 4 n
   * cells; or rings alone. The ring of coordinate rho is the circle of radius rho about (0, drift
   * (1 - rho)): concentric for drift = 0, and passing smoothly from an eccentric nucleus to the
   * outline otherwise (|drift| < 1).
   */
  struct OGrid
  {
    struct Ring
    {
      double outer        = 1; ///< rho of its outer circle
      unsigned int region = 0;
    };

    double drift             = 0;
    unsigned int core_cells  = 2; ///< n; 0 = hollow
    unsigned int core_region = 0;
    double inner             = 0; ///< rho of the inner circle of a hollow section
    unsigned int around      = 0; ///< cells around a hollow section
    unsigned int blended_rings =
        1; ///< rings between the core and the first circle of rings[blended_rings - 1]
    std::vector<Ring> rings; ///< outward
  };

  /** Names of what a sweep meets, as indices. `outermost` and `innermost` are for lateral faces. */
  struct SweepNames
  {
    std::function<unsigned int(unsigned int section_region, unsigned int layer)> region;
    std::function<unsigned int(unsigned int section_region)> bottom, top;
    unsigned int outermost = 0;
    unsigned int innermost = 0;
  };

  /** Sweeps the section through the levels of zeta, places all vertices by the embedding. */
  CoarseMesh sweep(const OGrid &grid, const std::vector<double> &levels, const SweepNames &names,
                   const Embedding &embedding);

  /** "The coarse cells fold" as UserError if any corner Jacobian of the mesh is not positive. */
  void require_valid_cells(const CoarseMesh &mesh);
} // namespace lacuna

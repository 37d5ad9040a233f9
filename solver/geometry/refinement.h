// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "config/coordinates.h"

#include <deal.II/distributed/tria.h>
#include <deal.II/grid/cell_id.h>

#include <functional>
#include <vector>

namespace lacuna
{
  using DistributedMesh = dealii::parallel::distributed::Triangulation<dim>;

  /**
   * How the coarse cells of a body are refined: first some of them, and of their children, as often
   * as is wanted in each place; then all, `global` times. So a mesh of global > 0 has cells half as
   * large in every place as the next coarser one. Cells that share a corner differ by one level at
   * most. The same on all ranks, whatever their number.
   */
  struct Refinement
  {
    unsigned int global = 0;
    std::vector<dealii::CellId> cells; ///< sorted: those that are refined first

    bool is_local() const { return !cells.empty(); }
    unsigned int n_local_levels() const; ///< how often cells are refined that are so most often
    unsigned int n_levels() const { return n_local_levels() + global; }

    /** One global refinement less or, where there is none, without the finest cells. Needs
     * n_levels() > 0. */
    Refinement coarser() const;

    bool refines(const dealii::CellId &cell) const; ///< before all are refined
  };

  /**
   * Refines a mesh of coarse cells: up to `n_local_levels` times those for which
   * `is_wanted(cell)`, and what must go with them, then all of them `global` times. Returns what
   * became of it. Collective.
   */
  Refinement
  refine_mesh(DistributedMesh &mesh, unsigned int n_local_levels,
              const std::function<bool(const DistributedMesh::active_cell_iterator &)> &is_wanted,
              unsigned int global);

  /**
   * Moves every hanging vertex to where the linear cell beside it has it: new vertices lie on the
   * curved body, and a mesh of straight edges would gape there. Collective.
   */
  void close_gaps_at_hanging_vertices(DistributedMesh &mesh);
} // namespace lacuna

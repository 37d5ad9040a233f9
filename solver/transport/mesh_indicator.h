// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "geometry/refinement.h"
#include "transport/goal_weight.h"

#include <vector>

namespace lacuna
{
  /**
   * Where a mesh is too coarse for what a reader wants to know first (GoalWeight). With the parts
   * c' and z' of the solutes and of their weights that the next coarser mesh cannot represent, node
   * i contributes
   *
   *   sum over solutes of D K_ii |c'_i| |z'_i|  +  sum over the doses' cells of m |n'| / N,
   *
   * how far diffusion there is off as the goals see it, and how far off the N cells of a dose are
   * from where they should be; in the mean over time. Both fall by the same factor as the error of
   * the goals does.
   */
  class MeshIndicator
  {
  public:
    /** The level of the model must have a coarser one. Collective. */
    explicit MeshIndicator(const Residual &residual);

    /** Counts a state that lasts for a `duration` (s); for a steady one, any. Collective. */
    void add(const State &state, double duration);

    /**
     * The refinement that divides the cells with the largest contributions, those that make
     * together `share` of the whole, before all cells are divided as often as now. Collective.
     */
    Refinement refined(double share) const;

  private:
    void add_solutes(const State &state, double duration);
    void add_cells(const State &state, double duration);
    /** values - what the coarser mesh makes of them, at owned nodes. */
    NodeField beyond_coarser(const NodeField &values) const;

    const Model &model;
    const Level::Coarser &coarser;
    GoalWeight goal_weight;
    std::vector<double> of_node; ///< s, of owned nodes
  };
} // namespace lacuna

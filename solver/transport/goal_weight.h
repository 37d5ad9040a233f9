// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "species/state.h"
#include "transport/preconditioner/multigrid.h"
#include "transport/residual.h"

namespace lacuna
{
  /**
   * How much what a reader wants to know first depends on what is added to each solute at each
   * place: the concentrations that the living cells of doses see or, where there are none, the
   * smooth minimum of every solute. For these goals G together, each as a share of the typical
   * value of its solute, the weight z solves
   *
   *   J z = dG/dc
   *
   * with the Jacobian J of the steady equations at the present state. (The exact weight would take
   * the transpose; J differs from it in how reactions couple solutes. It serves to compare places,
   * not as an estimate.)
   */
  class GoalWeight
  {
  public:
    /** The level must have a coarser one. Collective. */
    explicit GoalWeight(const Residual &residual);

    /** z at owned nodes, s/m^3. Collective. Throws EvaluationError if a law fails. */
    const NodeField &at(const State &state);

  private:
    void add_smooth_minima(const State &state);
    bool add_cells_of_doses(const State &state);

    const Residual &residual;
    const Model &model;
    Multigrid multigrid;
    Evaluation evaluation;
    NodeField goal, weight, product, correction;
  };
} // namespace lacuna

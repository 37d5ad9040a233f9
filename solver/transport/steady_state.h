// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "species/state.h"
#include "transport/nonlinear_solver.h"

#include <optional>
#include <vector>

namespace lacuna
{
  /** What flows and reacts in a steady state, and how well it is one (Imbalance::defect). */
  struct SteadyState
  {
    Totals totals;
    double defect = 0;
    /** Estimates, as parts of sum of storage |c|, of the species where they are largest: what the
     * algebra and the mesh make. Empty if there is no coarser level to tell. */
    std::optional<double> solver_error, mesh_error;
  };

  /** The largest of errors / amounts, over species. */
  double largest_part(const std::vector<double> &errors, const std::vector<double> &amounts);

  /**
   * Brings the mobile species into equilibrium with the present immobile ones at the state's time:
   * from the present state and, should that fail, by pseudo-transient continuation (implicit Euler
   * steps that grow while they succeed) until the steady equation can be solved as exactly as
   * asked. Throws ConvergenceError with a diagnosis if even that does not end.
   */
  SteadyState solve_steady_state(NonlinearSolver &solver, const Residual &residual,
                                 const Accuracy &accuracy, State &state);
} // namespace lacuna

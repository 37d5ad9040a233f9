// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "transport/steady_state.h"

namespace lacuna
{
  /**
   * solve_steady_state() from a guess that is no good: the steady state is first sought on the next
   * coarser level, in the same way, with the same immobile species (their amounts are gathered),
   * and interpolated. On the coarsest level, where it costs next to nothing, the guess is the state
   * as it is. Newton's method thus begins within the error of a coarser mesh, where a few steps do;
   * it ends where the mesh makes larger errors than the algebra (Accuracy).
   */
  SteadyState find_steady_state(NonlinearSolver &solver, const Residual &residual, State &state);
} // namespace lacuna

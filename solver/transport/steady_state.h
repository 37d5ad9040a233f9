// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "species/state.h"
#include "transport/newton.h"

namespace lacuna
{
  /**
   * Brings the mobile species into equilibrium with the present immobile ones at the state's time:
   * Newton from the present state and, should that fail, pseudo-transient continuation (implicit
   * Euler steps that grow while they succeed) until Newton holds. Throws ConvergenceError with a
   * diagnosis if even that does not end.
   */
  void solve_steady_state(Newton &newton, Residual &residual, State &state);
} // namespace lacuna

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "march.h"
#include "species/state.h"
#include "transport/nonlinear_solver.h"

#include <functional>

namespace lacuna
{
  /**
   * Backward differences of order 2 with steps of any length (r: over the step before),
   *
   *   c_new - ((1 + r)^2 c - r^2 c_before) / (1 + 2 r) = h (1 + r) / (1 + 2 r) f(c_new),
   *
   * one nonlinear solve a step. Immobile species step along in production-loss form, as they do
   * in TimeIntegrator, which also makes the first step. The error, (1 + r)^2 / (6 r (1 + 2 r)) h^3
   * c''' (of immobile species h^3 n''' / 12), is told from the rates at the last three times.
   */
  Effort march_bdf2(const Residual &residual, NonlinearSolver &solver, const March &march,
                    State &state);
} // namespace lacuna

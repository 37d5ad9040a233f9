// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "transport/nonlinear_solver.h"

#include <memory>

namespace lacuna
{
  /** The coarser level that the solver of a model uses; none if there is none, or if the file wants
   * none. Collective. */
  Level::Coarser *coarser_for(const Model &model);

  /** How many levels it uses, with the finest. Collective. */
  unsigned int number_of_levels(const Model &model);

  /** Newton's method with the preconditioner that fits the mesh, or that the file names. */
  std::unique_ptr<NonlinearSolver> make_solver(const Residual &residual,
                                               const SolverSettings &settings);
} // namespace lacuna

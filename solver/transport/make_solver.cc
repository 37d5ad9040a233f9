// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "transport/make_solver.h"

#include "transport/newton.h"
#include "transport/preconditioner/incomplete_cholesky.h"
#include "transport/preconditioner/multigrid.h"

#include <utility>

namespace lacuna
{
  Level::Coarser *coarser_for(const Model &model)
  {
    if (model.species.mobile.empty() || model.input.solver.method == SolverMethod::newton_krylov)
      return nullptr;
    return model.level.coarser();
  }

  unsigned int number_of_levels(const Model &model)
  {
    unsigned int result = 1;
    for (Level::Coarser *coarser = coarser_for(model); coarser != nullptr;
         coarser                 = coarser->level.coarser())
      ++result;
    return result;
  }

  std::unique_ptr<NonlinearSolver> make_solver(const Residual &residual,
                                               const SolverSettings &settings)
  {
    std::unique_ptr<Preconditioner> preconditioner;
    if (coarser_for(residual.model) != nullptr)
      preconditioner = std::make_unique<Multigrid>(residual.model, residual.boundary);
    else
      preconditioner = std::make_unique<IncompleteCholesky>(residual.model, residual.boundary);
    return std::make_unique<Newton>(residual, std::move(preconditioner), settings);
  }
} // namespace lacuna

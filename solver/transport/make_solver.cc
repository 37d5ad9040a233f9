// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "transport/make_solver.h"

#include "transport/newton.h"
#include "transport/preconditioner/incomplete_cholesky.h"
#include "transport/preconditioner/multigrid.h"

#include <utility>

namespace lacuna
{
  namespace
  {
    /** With 4000 nodes a run of 30 d took a fifth longer by multigrid than by incomplete Cholesky;
     * with 13 000 as long, with 43 000 a seventh less, and a steady state a third of the time with
     * 104 000 (benchmarks/RESULTS.md). */
    constexpr unsigned long worth_levels = 10000; // nodes, on the finest level

    bool wants_levels(const Model &model)
    {
      switch (model.input.solver.method)
      {
      case SolverMethod::multigrid:
        return true;
      case SolverMethod::newton_krylov:
        return false;
      case SolverMethod::automatic:
        break;
      }
      return model.layout.n_global_nodes() >= worth_levels;
    }
  } // namespace

  Level::Coarser *coarser_for(const Model &model)
  {
    return model.species.mobile.empty() || !wants_levels(model) ? nullptr : model.level.coarser();
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

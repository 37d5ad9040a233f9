// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "transport/accuracy.h"
#include "transport/residual.h"

#include <vector>

namespace lacuna
{
  /** Where a solve begins, and what it finds. */
  struct Solution
  {
    explicit Solution(const Residual &residual)
        : mobile(residual.model.layout.n_nodes, residual.model.species.mobile.size()),
          evaluation(residual.make_evaluation())
    {
    }
    NodeField mobile;      ///< the unknowns, over owned nodes
    Evaluation evaluation; ///< there; its immobile species are unknowns too
    /** [mobile species], mol: the algebraic error as it was estimated (Accuracy); empty if it did
     * not matter. */
    std::vector<double> error;
  };

  /** Solves residual = 0 for the mobile species; how is its own business. */
  class NonlinearSolver
  {
  public:
    virtual ~NonlinearSolver() = default;

    /**
     * Solves an equation as exactly as asked from the guess in `solution` (mobile,
     * evaluation.immobile), and replaces it. False if no solution was found; both guesses are then
     * as they were. Collective. Throws EvaluationError if a law fails.
     */
    virtual bool solve(const Equation &equation, const Accuracy &accuracy, Solution &solution) = 0;

    virtual unsigned long n_nonlinear_iterations() const = 0; ///< so far
    virtual unsigned long n_linear_iterations() const    = 0;
  };
} // namespace lacuna

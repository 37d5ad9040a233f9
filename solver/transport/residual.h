// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "transport/boundary.h"
#include "transport/evaluation.h"
#include "transport/model.h"

#include <memory>
#include <vector>

namespace lacuna
{
  /**
   * The one residual of steady states, implicit stages and checks. For every owned node i and
   * mobile species s
   *
   *   residual = alpha * S * (c - predictor) - rate,   rate = sum over the terms,
   *
   * and c - value at fixed nodes, with the storage S. Immobile species are advanced over
   * equation.immobile.step inside (ImmobileUpdate). Evaluating changes nothing here, so that
   * several evaluations may stand side by side.
   */
  class Residual
  {
  public:
    Residual(const Model &model, const Boundary &boundary);

    Evaluation make_evaluation() const;

    /** Evaluates at `c` (owned nodes), with result.immobile as first guess of the immobile species
     * at the end of the step. Collective. Throws EvaluationError if a law fails. */
    void evaluate(const Equation &equation, ConstNodeView c, Evaluation &result) const;

    /** y = Jacobian * x where `at` was evaluated; over owned nodes. Collective. */
    void apply_jacobian(Evaluation &at, ConstNodeView x, NodeView y) const;

    /** Writes the prescribed values at the equation's time into `c`. */
    void impose_fixed_values(const Equation &equation, NodeView c) const;

    const Model &model;
    const Boundary &boundary;

  private:
    void form_residual(Evaluation &result) const;
    void settle_fixed_nodes(Evaluation &result) const;
    void judge(Evaluation &result) const;
    bool is_prescribed(const Equation &equation, std::size_t node, unsigned int species) const;

    std::vector<std::unique_ptr<const Term>> terms;
  };
} // namespace lacuna

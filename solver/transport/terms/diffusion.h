// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "transport/diffusion_operator.h"
#include "transport/model.h"
#include "transport/term.h"

namespace lacuna
{
  /** Diffusion of all mobile species: F_is = -sum over nodes j of D_s k_ij c_js. */
  class Diffusion : public Term
  {
  public:
    explicit Diffusion(const Model &model);

    void add_rate(const Equation &equation, Evaluation &result, Memory *memory) const override;
    void add_derivative(Memory *memory, ConstNodeView x, NodeView y) const override;
    void add_diagonal(const Memory *memory, NodeView diagonal) const override;

  private:
    DiffusionOperator operators;
  };
} // namespace lacuna

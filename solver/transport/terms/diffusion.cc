// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "transport/terms/diffusion.h"

#include "transport/evaluation.h"

namespace lacuna
{
  Diffusion::Diffusion(const Model &model)
      : operators(model.medium, model.species.mobile.size(), model.level,
                  DiffusionOperator::Precision::full)
  {
  }

  void Diffusion::add_rate(const Equation &, Evaluation &result, Memory *) const
  {
    operators.subtract_product(result.mobile.view(), result.rate);
  }

  void Diffusion::add_derivative(Memory *, ConstNodeView x, NodeView y) const
  {
    operators.subtract_product(x, y);
  }

  void Diffusion::add_diagonal(const Memory *, NodeView diagonal) const
  {
    for_each_value(diagonal, [&](std::size_t node, unsigned int s)
                   { diagonal(node, s) += operators.diagonal(node, s); });
  }
} // namespace lacuna

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "transport/terms/exchange.h"

#include "transport/evaluation.h"

#include <cmath>

namespace lacuna
{
  void Exchange::add_rate(const Equation &equation, Evaluation &result, Memory *) const
  {
    const ConstNodeView c = result.mobile.view();
    for (const auto &part : boundary.natural)
    {
      const unsigned int s = part.species;
      double flux          = 0; // into the tissue, mol/s
      if (part.setting->kind == BoundaryKind::exchange)
      {
        const double h = part.area * equation.value(part.setting->coefficient);
        flux           = h * (equation.value(part.setting->value) - c(part.node, s));
        result.local(part.node, s, s) -= h;
      }
      else
        flux = part.area * equation.value(part.setting->flux);
      result.rate(part.node, s) += flux;
      result.totals.in[s] += flux;
      result.imbalance.turnover[s] += std::abs(flux);
    }
  }
} // namespace lacuna

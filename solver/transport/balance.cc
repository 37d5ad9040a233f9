// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "transport/balance.h"

#include <deal.II/base/mpi.h>

#include <algorithm>
#include <cmath>

namespace lacuna
{
  Balance::Balance(const Model &model_, ConstNodeView mobile)
      : initial(model_.storage.amounts(mobile)), model(model_)
  {
    for (auto *part : {&in, &injected, &produced, &consumed, &converted, &largest_relative_defect})
      part->assign(initial.size(), 0.);
  }

  void Balance::book_event(const std::vector<double> &injected_amounts,
                           const std::vector<double> &through_faces)
  {
    for (unsigned int s = 0; s < initial.size(); ++s)
    {
      injected[s] += injected_amounts[s];
      in[s] += through_faces[s];
    }
  }

  /** What changed at every node: what only changes place within the tissue is flux too. */
  std::vector<double> Balance::moved(ConstNodeView before, ConstNodeView after) const
  {
    std::vector<double> result(initial.size(), 0.);
    for_each_value(after,
                   [&](std::size_t node, unsigned int s)
                   {
                     result[s] += model.storage(node, s) *
                                  std::abs(after(node, s) - before(node, s));
                   });
    dealii::Utilities::MPI::sum(result, model.layout.communicator(), result);
    return result;
  }

  void Balance::book_step(const std::array<Stage, 3> &stages, ConstNodeView before,
                          ConstNodeView after)
  {
    constexpr double unresolved = 1e-6; // a defect of 1e-14 of what is stored is rounding
    const std::vector<double> stored_before = model.storage.amounts(before),
                              stored_after = model.storage.amounts(after),
                              moved_within = moved(before, after);
    for (unsigned int s = 0; s < initial.size(); ++s)
    {
      const auto over_the_step = [&](std::vector<double> Totals::*part)
      {
        double sum = 0;
        for (const Stage &stage : stages)
          sum += stage.weight * (stage.totals.*part)[s];
        return sum;
      };
      const double came_in = over_the_step(&Totals::in), made = over_the_step(&Totals::produced),
                   used = over_the_step(&Totals::consumed);
      in[s] += came_in;
      produced[s] += made;
      consumed[s] += used;
      converted[s] += over_the_step(&Totals::converted);
      const double stored   = stored_after[s] - stored_before[s];
      const double nothing  = 1e-6 * model.scale[s] * model.level.volume;
      const double turnover = std::abs(came_in) + std::abs(made) + std::abs(used) +
                              moved_within[s] +
                              unresolved * (std::abs(stored_after[s]) + nothing);
      if (turnover > 0)
        largest_relative_defect[s] = std::max(largest_relative_defect[s],
                                              std::abs(came_in + made - used - stored) / turnover);
    }
  }
} // namespace lacuna

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "transport/goal_weight.h"

#include <deal.II/base/mpi.h>

#include <cmath>
#include <cstddef>
#include <vector>

namespace lacuna
{
  GoalWeight::GoalWeight(const Residual &residual_)
      : residual(residual_), model(residual_.model), multigrid(model, residual_.boundary),
        evaluation(residual_.make_evaluation()),
        goal(model.layout.n_nodes, model.species.mobile.size()), weight(goal), product(goal),
        correction(goal)
  {
  }

  /** The derivative of -width * log(mean of exp(-c / width)), which tends to the least value. */
  void GoalWeight::add_smooth_minima(const State &state)
  {
    constexpr double width = 0.02; // of the typical value
    const unsigned int n   = model.species.mobile.size();
    std::vector<double> sum(n, 0.);
    NodeField part(model.layout.n_nodes, n);
    for_each_value(part,
                   [&](std::size_t node, unsigned int s)
                   {
                     if (model.species.mobile[s].cells || model.typical[s] <= 0)
                       return;
                     part(node, s) = model.storage(node, s) *
                                     std::exp(-state.mobile(node, s) / (width * model.typical[s]));
                     sum[s] += part(node, s);
                   });
    dealii::Utilities::MPI::sum(sum, model.layout.communicator(), sum);
    for_each_value(part,
                   [&](std::size_t node, unsigned int s)
                   {
                     if (sum[s] > 0)
                       goal(node, s) += part(node, s) / sum[s] / model.typical[s];
                   });
  }

  /** False if none live. */
  bool GoalWeight::add_cells_of_doses(const State &state)
  {
    const StateLayout &layout = model.layout;
    const auto is_of_dose     = [](const Species &species)
    { return species.cells && species.dose != Species::no_dose; };
    NodeField cells(layout.n_nodes, 1);
    const auto &immobile = model.species.immobile;
    for_each_value(state.immobile,
                   [&](std::size_t p, unsigned int k)
                   {
                     if (is_of_dose(immobile[k]))
                       cells(layout.point_node[p], 0) +=
                           layout.point_weight[p] * state.immobile(p, k);
                   });
    for_each_value(state.mobile,
                   [&](std::size_t node, unsigned int s)
                   {
                     if (is_of_dose(model.species.mobile[s]))
                       cells(node, 0) += model.storage(node, s) * state.mobile(node, s);
                   });
    double sum = 0;
    for (const double value : cells)
      sum += value;
    sum = dealii::Utilities::MPI::sum(sum, layout.communicator());
    if (sum <= 0)
      return false;
    for_each_value(goal,
                   [&](std::size_t node, unsigned int s)
                   {
                     if (!model.species.mobile[s].cells && model.typical[s] > 0)
                       goal(node, s) += cells(node, 0) / sum / model.typical[s];
                   });
    return true;
  }

  const NodeField &GoalWeight::at(const State &state)
  {
    Equation equation;
    equation.time             = state.time;
    equation.slope_time       = state.time;
    equation.populations_held = true;
    evaluation.immobile       = state.immobile;
    residual.evaluate(equation, state.mobile, evaluation);
    multigrid.update(evaluation);
    goal.fill(0);
    if (!add_cells_of_doses(state))
      add_smooth_minima(state);
    for (const Boundary::Fixed &fixed : residual.boundary.fixed)
      goal(fixed.node, fixed.species) = 0;

    constexpr unsigned int n_cycles = 3; // each leaves a tenth of the error
    weight.fill(0);
    NodeField left = goal;
    for (unsigned int k = 0; k < n_cycles; ++k)
    {
      multigrid.apply(left, correction);
      for_each_value(weight, [&](std::size_t node, unsigned int s)
                     { weight(node, s) += correction(node, s); });
      if (k + 1 == n_cycles)
        break;
      residual.apply_jacobian(evaluation, weight, product);
      for_each_value(left, [&](std::size_t node, unsigned int s)
                     { left(node, s) = goal(node, s) - product(node, s); });
    }
    return weight;
  }
} // namespace lacuna

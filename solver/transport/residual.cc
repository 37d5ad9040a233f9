// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "transport/residual.h"

#include "transport/terms/diffusion.h"
#include "transport/terms/exchange.h"
#include "transport/terms/motion_term.h"
#include "transport/terms/reaction_term.h"

#include <deal.II/base/mpi.h>

#include <algorithm>
#include <cmath>

namespace lacuna
{
  Residual::Residual(const Model &model_, const Boundary &boundary_)
      : model(model_), boundary(boundary_)
  {
    terms.push_back(std::make_unique<Diffusion>(model));
    terms.push_back(std::make_unique<Exchange>(boundary));
    terms.push_back(std::make_unique<ReactionTerm>(model));
    if (!model.reaction.moving.empty())
      terms.push_back(std::make_unique<MotionTerm>(model));
  }

  Evaluation Residual::make_evaluation() const
  {
    const unsigned int n_mobile   = model.species.mobile.size(),
                       n_immobile = model.species.immobile.size();
    const std::size_t n_nodes = model.layout.n_nodes, n_points = model.layout.n_points();
    Evaluation result{GhostedNodeField(model.layout.partitioner, n_mobile),
                      PointField(n_points, n_immobile),
                      NodeField(n_nodes, n_mobile),
                      NodeField(n_nodes, n_mobile),
                      NodeBlocks(n_nodes, n_mobile),
                      PointField(n_points, n_immobile),
                      PointField(n_points, n_immobile),
                      PointField(n_points, n_immobile),
                      Totals(n_mobile),
                      Imbalance(n_mobile),
                      {},
                      {},
                      NodeField(n_nodes, n_mobile),
                      GhostedNodeField(model.layout.partitioner, n_mobile)};
    for (const auto &term : terms)
      result.memories.push_back(term->make_memory());
    return result;
  }

  void Residual::impose_fixed_values(const Equation &equation, NodeView c) const
  {
    for (const auto &fixed : boundary.fixed)
      c(fixed.node, fixed.species) = equation.value(*fixed.value);
  }

  void Residual::evaluate(const Equation &equation, ConstNodeView c, Evaluation &result) const
  {
    const unsigned int n_species = model.species.mobile.size();
    result.equation              = equation;
    result.mobile.set(c);
    result.totals    = Totals(n_species);
    result.imbalance = Imbalance(n_species);
    result.rate.fill(0);
    result.local.fill(0);
    result.diagonal.fill(0);
    for (std::size_t k = 0; k < terms.size(); ++k)
    {
      terms[k]->add_rate(equation, result, result.memories[k].get());
      terms[k]->add_diagonal(result.memories[k].get(), result.diagonal);
    }
    form_residual(result);
    settle_fixed_nodes(result);
    judge(result);
  }

  bool Residual::is_prescribed(const Equation &equation, std::size_t node,
                               unsigned int species) const
  {
    return boundary.is_fixed(node, species) || equation.holds(model.species.mobile[species]);
  }

  void Residual::form_residual(Evaluation &result) const
  {
    const Equation &equation = result.equation;
    const ConstNodeView c    = result.mobile.owned();
    Imbalance &imbalance     = result.imbalance;
    for_each_value(
        c,
        [&](std::size_t node, unsigned int s)
        {
          const double storage = equation.alpha * model.storage(node, s);
          const double storing =
              equation.alpha == 0 ? 0 : storage * (c(node, s) - equation.predictor(node, s));
          result.residual(node, s) = storing - result.rate(node, s);
          if (equation.holds(model.species.mobile[s]))
            result.residual(node, s) = result.rate(node, s) = 0;
          // c minus predictor cancels where little changes in a short step.
          const bool prescribed = is_prescribed(equation, node, s);
          imbalance.amount[s] += model.storage(node, s) * std::abs(c(node, s));
          imbalance.magnitude[s] +=
              (result.diagonal(node, s) + (prescribed ? 0 : storage)) * std::abs(c(node, s));
          if (prescribed)
            return;
          imbalance.turnover[s] += std::abs(storing);
          imbalance.stored[s] += std::abs(storing);
          imbalance.error[s] += std::abs(result.residual(node, s));
        });
  }

  /** What fixed nodes need beyond their rate comes in through the boundary. */
  void Residual::settle_fixed_nodes(Evaluation &result) const
  {
    const Equation &equation = result.equation;
    for (const auto &fixed : boundary.fixed)
    {
      const double slope   = equation.alpha == 0 ? 0 : fixed.value->rate(equation.slope_time);
      double &rate         = result.rate(fixed.node, fixed.species);
      const double storing = model.storage(fixed.node, fixed.species) * slope;
      const double inflow  = storing - rate;
      result.totals.in[fixed.species] += inflow;
      result.imbalance.turnover[fixed.species] += std::abs(inflow);
      result.residual(fixed.node, fixed.species) =
          result.mobile.view()(fixed.node, fixed.species) - equation.value(*fixed.value);
      rate = storing;
    }
  }

  /** Sums over all ranks, and holds errors against what flows. */
  void Residual::judge(Evaluation &result) const
  {
    const MPI_Comm communicator = model.layout.communicator();
    Imbalance &imbalance        = result.imbalance;
    for (auto *sum : {&result.totals.in, &result.totals.produced, &result.totals.consumed,
                      &result.totals.converted, &imbalance.turnover, &imbalance.stored,
                      &imbalance.magnitude, &imbalance.amount, &imbalance.error})
      dealii::Utilities::MPI::sum(*sum, communicator, *sum);

    constexpr double rounding = 4e-15, vanishing = 1e-18;
    const std::vector<double> &at_guess = result.equation.magnitude_at_guess;
    imbalance.defect                    = 0;
    for (unsigned int s = 0; s < model.species.mobile.size(); ++s)
    {
      const double unavoidable = rounding * imbalance.magnitude[s] +
                                 (at_guess.empty() ? 0 : vanishing * at_guess[s]) + 1e-300;
      const double error = imbalance.error[s];
      imbalance.defect =
          std::max(imbalance.defect, std::max(0., error - unavoidable) /
                                         std::max(imbalance.turnover[s], unavoidable));
      // Noise of a species that is solved must not keep a line search from solving the others.
      if (error <= unavoidable)
        for (std::size_t node = 0; node < model.layout.n_nodes; ++node)
          if (!is_prescribed(result.equation, node, s))
            result.residual(node, s) = 0;
    }
  }

  void Residual::apply_jacobian(Evaluation &at, ConstNodeView x, NodeView y) const
  {
    const unsigned int n_species = model.species.mobile.size();
    at.direction.set(x);
    y.fill(0);
    for (std::size_t k = 0; k < terms.size(); ++k)
      terms[k]->add_derivative(at.memories[k].get(), at.direction.view(), y);
    for (std::size_t node = 0; node < model.layout.n_nodes; ++node)
      for (unsigned int s = 0; s < n_species; ++s)
      {
        if (is_prescribed(at.equation, node, s))
        {
          y(node, s) = x(node, s);
          continue;
        }
        double value        = at.equation.alpha * model.storage(node, s) * x(node, s) - y(node, s);
        const double *local = at.local.row(node, s);
        for (unsigned int t = 0; t < n_species; ++t)
          value -= local[t] * x(node, t);
        y(node, s) = value;
      }
  }
} // namespace lacuna

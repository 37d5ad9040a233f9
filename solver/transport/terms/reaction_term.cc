// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "transport/terms/reaction_term.h"

#include "transport/batches.h"
#include "transport/collective_error.h"
#include "transport/evaluation.h"

#include <cmath>
#include <utility>

namespace lacuna
{
  namespace
  {
    /** Keeps what the batch says of the immobile species. */
    void store_immobile(const Reaction::Batch &batch, unsigned int n_mobile, Evaluation &result)
    {
      for (unsigned int p = 0; p < batch.n_points; ++p)
        for (unsigned int k = 0; k < result.immobile.n_species(); ++k)
        {
          const std::size_t point    = batch.first_point + p;
          result.immobile(point, k)  = batch.state.row(n_mobile + k)[p];
          result.gain(point, k)      = batch.gain.row(k)[p];
          result.loss_rate(point, k) = batch.loss_rate.row(k)[p];
          result.converted(point, k) = batch.converted.row(n_mobile + k)[p];
        }
    }

    /** Adds the rates at one point, with the weight m of the point, to those of its node. */
    void add_point(const Reaction::Batch &batch, unsigned int p, unsigned int n_variables,
                   std::size_t node, double m, Evaluation &result)
    {
      for (unsigned int s = 0; s < result.rate.n_species(); ++s)
      {
        const double produced = m * batch.mobile_gain.row(s)[p];
        const double consumed = m * batch.mobile_loss.row(s)[p];
        result.rate(node, s) += produced - consumed;
        result.totals.produced[s] += produced;
        result.totals.consumed[s] += consumed;
        result.totals.converted[s] += m * batch.converted.row(s)[p];
        result.imbalance.turnover[s] += std::abs(produced) + std::abs(consumed);
        double *local = result.local.row(node, s);
        for (unsigned int t = 0; t < result.rate.n_species(); ++t)
          local[t] += m * batch.d_mobile.row(s * n_variables + t)[p];
      }
    }
    constexpr unsigned int largest_group = 4;

    /** For N species that follow one another, among the rates from `column` and in the sums from
     * `species` on; N is fixed so that the sums stay in registers. */
    template <unsigned int N>
    void add_rows(const RegionMass &mass, double share, ConstPointView rate, unsigned int column,
                  NodeView sum, unsigned int species)
    {
      for (std::size_t p = 0; p + 1 < mass.begin.size(); ++p)
      {
        const double *own = rate.at(p) + column;
        double more[N]    = {};
        for (unsigned int e = mass.begin[p]; e < mass.begin[p + 1]; ++e)
        {
          const double *other = rate.at(mass.column[e]) + column;
          for (unsigned int m = 0; m < N; ++m)
            more[m] += mass.overlap[e] * (other[m] - own[m]);
        }
        double *result = sum.at(mass.node[p]) + species;
        for (unsigned int m = 0; m < N; ++m)
          result[m] += share * more[m];
      }
    }
  } // namespace

  /** Room for one batch of points, and what the edges need of all. */
  struct ReactionTerm::Linearisation : Term::Memory
  {
    Linearisation(const Model &model, const RegionMass *mass, unsigned int n_consistent)
        : batch(model.reaction.make_batch()),
          update(model.reaction.n_mobile, model.reaction.n_immobile)
    {
      if (mass == nullptr)
        return;
      derivative = PointBlocks(model.layout.n_points(), model.reaction.n_mobile);
      rate       = std::make_unique<GhostedPointField>(mass->points, n_consistent);
    }
    Reaction::Batch batch;
    ImmobileUpdate update;
    PointBlocks derivative;                  ///< dR_ps / dc_it
    std::unique_ptr<GhostedPointField> rate; ///< R, or its derivative times x; [consistent species]
    EdgeLimiter::Limits limits;              ///< where it was linearised
  };

  ReactionTerm::ReactionTerm(const Model &model_)
      : model(model_), share(model_.input.solver.consistent_share)
  {
    if (share == 0)
      return;
    for (unsigned int s = 0; s < model.species.mobile.size(); ++s)
      if (!model.species.mobile[s].cells)
        consistent.push_back(s);
    if (consistent.empty())
      return;
    for (unsigned int k = 0; k < consistent.size(); ++k)
      if (k > 0 && consistent[k] == consistent[k - 1] + 1 &&
          groups.back().n_species < largest_group)
        ++groups.back().n_species;
      else
        groups.push_back({k, consistent[k], 1});
    mass = &model.level.region_mass();
    if (!model.input.time.steady)
      limiter.emplace(model, consistent);
  }

  std::unique_ptr<Term::Memory> ReactionTerm::make_memory() const
  {
    return std::make_unique<Linearisation>(model, mass, consistent.size());
  }

  void ReactionTerm::add_rate(const Equation &equation, Evaluation &result, Memory *memory) const
  {
    auto &at = static_cast<Linearisation &>(*memory);
    // A law that fails on one rank must not leave the others waiting.
    collectively(model.layout.communicator(), [&] { add_batches(equation, result, at); });
    if (mass == nullptr)
      return;
    at.rate->fetch_ghosts();
    add_edges(at, result.rate);
    if (!limiter)
      return;
    at.limits = limiter->find(result.mobile.view(), at.rate->view());
    limiter->take_back(at.limits, share, result.rate);
    limiter->add_local(at.limits, share, result.local);
  }

  void ReactionTerm::add_batches(const Equation &equation, Evaluation &result,
                                 Linearisation &memory) const
  {
    Reaction::Batch &batch         = memory.batch;
    const StateLayout &layout      = model.layout;
    const unsigned int n_variables = model.reaction.n_variables();
    for_each_batch(layout, model.reaction, result.mobile.view(), result.immobile, batch,
                   [&](unsigned int, unsigned int)
                   {
                     memory.update.solve(model.reaction, batch, model.points, equation.time,
                                         equation.immobile);
                     store_immobile(batch, model.reaction.n_mobile, result);
                     for (unsigned int p = 0; p < batch.n_points; ++p)
                     {
                       const unsigned int point = batch.first_point + p;
                       add_point(batch, p, n_variables, layout.point_node[point],
                                 layout.point_weight[point], result);
                       if (mass != nullptr)
                         keep_point(batch, p, memory);
                     }
                   });
  }

  /** Keeps the rate at a point and its derivative. */
  void ReactionTerm::keep_point(const Reaction::Batch &batch, unsigned int p,
                                Linearisation &memory) const
  {
    const unsigned int n_variables = model.reaction.n_variables();
    const std::size_t point        = batch.first_point + p;
    const PointView rate           = memory.rate->owned();
    for (unsigned int k = 0; k < consistent.size(); ++k)
    {
      const unsigned int s = consistent[k];
      rate(point, k)       = batch.mobile_gain.row(s)[p] - batch.mobile_loss.row(s)[p];
      double *derivative   = memory.derivative.row(point, s);
      for (unsigned int t = 0; t < model.reaction.n_mobile; ++t)
        derivative[t] = batch.d_mobile.row(s * n_variables + t)[p];
    }
  }

  void ReactionTerm::add_derivative(Memory *memory, ConstNodeView x, NodeView y) const
  {
    if (mass == nullptr)
      return;
    auto &at             = static_cast<Linearisation &>(*memory);
    const PointView rate = at.rate->owned();
    for (std::size_t point = 0; point < rate.n_entities(); ++point)
    {
      const double *change = x.at(model.layout.point_node[point]);
      for (unsigned int k = 0; k < consistent.size(); ++k)
      {
        const double *derivative = at.derivative.row(point, consistent[k]);
        double sum               = 0;
        for (unsigned int t = 0; t < x.n_species(); ++t)
          sum += derivative[t] * change[t];
        rate(point, k) = sum;
      }
    }
    at.rate->fetch_ghosts();
    add_edges(at, y);
    if (limiter)
      limiter->take_back_change(at.limits, share, x, at.rate->view(), y);
  }

  /** What edges bring: sum over q of share b_pq (r_q - r_p), to the node of p. */
  void ReactionTerm::add_edges(const Linearisation &memory, NodeView sum) const
  {
    constexpr decltype(&add_rows<1>) rows[largest_group] = {&add_rows<1>, &add_rows<2>,
                                                            &add_rows<3>, &add_rows<4>};
    const ConstPointView rate                            = std::as_const(*memory.rate).view();
    for (const Group &group : groups)
      rows[group.n_species - 1](*mass, share, rate, group.first_column, sum, group.first_species);
  }
} // namespace lacuna

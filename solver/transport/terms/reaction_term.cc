// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "transport/terms/reaction_term.h"

#include "transport/batches.h"
#include "transport/collective_error.h"
#include "transport/evaluation.h"

#include <cmath>

namespace lacuna
{
  namespace
  {
    /** Room for one batch of points. */
    struct BatchMemory : Term::Memory
    {
      explicit BatchMemory(const Reaction &reaction)
          : batch(reaction.make_batch()), update(reaction.n_mobile, reaction.n_immobile)
      {
      }
      Reaction::Batch batch;
      ImmobileUpdate update;
    };

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
  } // namespace

  std::unique_ptr<Term::Memory> ReactionTerm::make_memory() const
  {
    return std::make_unique<BatchMemory>(model.reaction);
  }

  void ReactionTerm::add_rate(const Equation &equation, Evaluation &result, Memory *memory) const
  {
    // A law that fails on one rank must not leave the others waiting.
    collectively(model.layout.communicator(), [&] { add_batches(equation, result, *memory); });
  }

  void ReactionTerm::add_batches(const Equation &equation, Evaluation &result,
                                 Memory &memory) const
  {
    auto &room               = static_cast<BatchMemory &>(memory);
    Reaction::Batch &batch    = room.batch;
    const StateLayout &layout = model.layout;
    for_each_batch(layout, model.reaction, result.mobile.view(), result.immobile, batch,
                   [&](unsigned int, unsigned int)
                   {
                     room.update.solve(model.reaction, batch, model.points, equation.time,
                                  equation.immobile);
                     store_immobile(batch, model.reaction.n_mobile, result);
                     for (unsigned int p = 0; p < batch.n_points; ++p)
                     {
                       const unsigned int point = batch.first_point + p;
                       add_point(batch, p, model.reaction.n_variables(), layout.point_node[point],
                                 layout.point_weight[point], result);
                     }
                   });
  }
} // namespace lacuna

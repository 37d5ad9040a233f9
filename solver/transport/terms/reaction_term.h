// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "transport/model.h"
#include "transport/term.h"
#include "transport/terms/edge_limiter.h"

#include <memory>
#include <optional>
#include <vector>

namespace lacuna
{
  /**
   * What laws do to the mobile species. With the rate R_ps = R_s(c_i, n_p(c_i)) at point p of node
   * i, where the immobile species n_p at the end of the step are a function of c_i
   * (ImmobileUpdate), and the overlaps b_pq of RegionMass,
   *
   *   F_is = sum over the points p of i of (m_p R_ps + sum over q != p of share b_pq (R_qs -
   * R_ps)).
   *
   * The first part, lumped, couples only the species of one node. The second, with a share of 1,
   * makes the rates consistent (group finite elements): they are interpolated like the
   * concentrations. It moves amounts between neighbours and adds none. In runs in time,
   * their steady starts included, EdgeLimiter bounds it.
   *
   * Cells that move are lumped always: where there are none, neighbours that die would make them
   * negative.
   */
  class ReactionTerm : public Term
  {
  public:
    explicit ReactionTerm(const Model &model);

    std::unique_ptr<Memory> make_memory() const override;
    void add_rate(const Equation &equation, Evaluation &result, Memory *memory) const override;
    void add_derivative(Memory *memory, ConstNodeView x, NodeView y) const override;

  private:
    struct Linearisation;
    /** Consistent species whose numbers follow one another. */
    struct Group
    {
      unsigned int first_column, first_species, n_species; ///< column of the rates
    };
    void add_batches(const Equation &equation, Evaluation &result, Linearisation &memory) const;
    void keep_point(const Reaction::Batch &batch, unsigned int p, Linearisation &memory) const;
    void add_edges(const Linearisation &memory, NodeView sum) const;

    const Model &model;
    const double share;                   ///< of consistent reactions
    std::vector<unsigned int> consistent; ///< mobile species
    std::vector<Group> groups;            ///< of them
    const RegionMass *mass = nullptr;     ///< if there are any
    std::optional<EdgeLimiter> limiter;   ///< the same, in runs in time
  };
} // namespace lacuna

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "species/field.h"
#include "transport/model.h"

#include <optional>
#include <vector>

namespace lacuna
{
  /**
   * Keeps consistent reactions from taking what is not there. Along an edge of RegionMass, a point
   * that consumes more than its neighbour makes that one give too: b_pq (R_q - R_p) is taken from
   * q, however little q holds, so that c_q would become negative. Where the giver holds less than
   * a tenth of what the consumer holds, or next to nothing, the edge is multiplied by
   *
   *   phi = y (2 - y),   y = c_giver / max(c_consumer / 10, 1e-4 of the typical concentration)
   *
   * (2 y where y < 0), so that what it takes vanishes with the concentration of the giver. All
   * other edges, and what these take from their richer ends, are left alone. Species whose rates
   * one law changes share the smallest phi of the edge: what the law makes of what it takes stays
   * in proportion everywhere.
   *
   * phi follows the concentrations as the rates do: with those of the start of a step, long steps
   * would swing about the state in which giving and taking agree.
   */
  class EdgeLimiter
  {
  public:
    /** What one end of an edge is spared, seen from one of the two points. */
    struct Limit
    {
      unsigned int point, other, group;
      unsigned int column;       ///< of the rates, of the species that is scarce
      double refused;            ///< 1 - phi
      double by_point, by_other; ///< its derivatives by the scarce concentration at the two
      double overlap;            ///< b_pq, m^3
    };
    struct Limits
    {
      std::vector<Limit> edges;
      std::vector<double>
          taken; ///< b_pq (R_q - R_p) where it was limited, of each species of each edge
    };

    /** Of the reactions of the mobile species `species`, in the order of their rates. */
    EdgeLimiter(const Model &model, const std::vector<unsigned int> &species);

    /** At owned points, for concentrations of nodes and rates at points, both with ghosts: of each
     * edge and group the strictest that spares the end that gives. */
    Limits find(ConstNodeView c, ConstPointView rate) const;

    /** Takes the refused part of share b_pq (R_q - R_p) back from the sums of nodes. */
    void take_back(const Limits &limits, double share, NodeView sum) const;

    /** Adds that part of its derivative that couples only the species of one node. */
    void add_local(const Limits &limits, double share, NodeBlocks &local) const;

    /** Takes back the rest of its change when concentrations change by x and rates at points by
     * `change`, both with ghosts. */
    void take_back_change(const Limits &limits, double share, ConstNodeView x,
                          ConstPointView change, NodeView sum) const;

  private:
    bool is_resolved(const double *own, const double *other) const;
    std::optional<Limit> strictest(unsigned int point, unsigned int edge, unsigned int group,
                                   ConstNodeView c, ConstPointView rate) const;
    template <class Action>
    void for_each_taken(const Limits &limits, const Action &action) const;

    const RegionMass &mass;
    const std::vector<unsigned int> species;
    std::vector<double> little; ///< a concentration that is scarce, of each of `species`
    std::vector<std::vector<unsigned int>> groups; ///< of columns of the rates
  };
} // namespace lacuna

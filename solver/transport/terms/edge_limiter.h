// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "species/field.h"
#include "transport/model.h"

#include <vector>

namespace lacuna
{
  /**
   * Keeps consistent reactions from taking what is not there. Along an edge of RegionMass, a point
   * that consumes more than its neighbour makes that one give too: b_pq (R_q - R_p) is taken from
   * q, however little q holds, so that c_q would become negative. Where the giver holds less than
   * a tenth of what the consumer holds, or is scarce itself, the edge is multiplied by
   *
   *   phi = y (2 - y),   y = c_giver / max(c_consumer / 10, 1 % of the typical concentration)
   *
   * (2 y where y < 0), so that what it takes vanishes with the concentration of the giver. All
   * other edges, and what these take from their richer ends, are left alone. Species whose rates
   * one law changes share the smallest phi of the edge: what the law makes of what it takes stays
   * in proportion everywhere.
   *
   * The concentrations are those at the start of a time step, so that its equations stay as smooth
   * as the laws; a step over which something vanishes that was not scarce before is too long
   * (TimeIntegrator).
   */
  class EdgeLimiter
  {
  public:
    /** A limit on what one end of an edge gives to the other, seen from one of the two points. */
    struct Limit
    {
      unsigned int point, other, group;
      unsigned int column; ///< of the rates, of the species that is scarce
      bool point_is_poor;  ///< it is the point that must be spared
      double refused = 0;  ///< 1 - phi
      double overlap = 0;  ///< b_pq, m^3
    };
    using Limits = std::vector<Limit>;

    /** Of the reactions of the mobile species `species`, in the order of their rates. */
    EdgeLimiter(const Model &model, const std::vector<unsigned int> &species);

    /** The limits at owned points for concentrations of nodes, with ghosts; those on one edge and
     * group of species follow each other, the strictest first. */
    Limits find(ConstNodeView c) const;

    /** Which of the limits hold for these rates at points, with ghosts: of each edge and group the
     * first that spares its poorer end. */
    static Limits holding(const Limits &limits, ConstPointView rate);

    /** Takes the refused part of share b_pq (r_q - r_p) back from the sums of nodes. */
    void take_back(const Limits &held, double share, ConstPointView rate, NodeView sum) const;

  private:
    bool is_resolved(const double *own, const double *other) const;
    void add_limits(unsigned int point, unsigned int edge, ConstNodeView c, Limits &result) const;

    const RegionMass &mass;
    const std::vector<unsigned int> species;
    std::vector<double> little; ///< a concentration that is scarce, of each of `species`
    std::vector<std::vector<unsigned int>> groups; ///< of columns of the rates
  };
} // namespace lacuna

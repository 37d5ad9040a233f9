// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "species/field.h"
#include "transport/region_mass.h"

#include <cstddef>
#include <vector>

namespace lacuna
{
  /**
   * Keeps consistent reactions from taking what is not there. Along an edge of RegionMass, a point
   * that consumes more than its neighbour makes that one give too: b_pq (R_q - R_p) is taken from
   * p, however little p holds, so that c_p would become negative. The edge is therefore
   * multiplied by
   *
   *   phi = y (2 - y),   y = most_fall c_giver / c_consumer,
   *
   * if y < 1 (2 y where y < 0): what is taken then vanishes with the concentration of the giver,
   * in proportion, and an edge along which a concentration falls less than `most_fall` times, as on
   * any mesh that resolves it, is left alone. So that y remains smooth where there is nothing at
   * both ends, a ten-thousandth of the species' typical concentration is added to both. Species
   * whose rates one law changes share the smallest phi of the edge, so that what the law makes of
   * what it takes stays in proportion everywhere.
   */
  class EdgeLimiter
  {
  public:
    /** `species`: the mobile species that have edges, in the order of their rates; `group`
     * [mobile species]: equal for species that share phi. */
    EdgeLimiter(const RegionMass &mass, double share, std::vector<unsigned int> species,
                const std::vector<unsigned int> &group, const std::vector<double> &scale);

    /** An edge that is limited for one group of species, seen from one of its two points. */
    struct Edge
    {
      unsigned int point, other, group;
      double overlap;               ///< share * b_pq, m^3
      double refused;               ///< 1 - phi
      unsigned int limiting;        ///< mobile species whose c decides
      double d_point, d_other;      ///< d(phi) / dc of the limiting species at both ends
      std::size_t first_difference; ///< of the group's R_q - R_p in `differences`
    };

    /** The limited edges of owned points. */
    struct Edges
    {
      std::vector<Edge> edges;
      std::vector<double> differences; ///< amount per volume and second
    };

    /** Finds them for rates of points and concentrations of nodes that both hold their ghosts. */
    void find(ConstPointView rate, ConstNodeView c, Edges &result) const;

    /** Takes back from the nodes' sums what the edges refuse. */
    void take_back(const Edges &limited, NodeView sum) const;

    /** The derivative of that: `d_rate` holds the change of all rates, x that of concentrations,
     * with ghosts. */
    void add_derivative(const Edges &limited, ConstPointView d_rate, ConstNodeView x,
                        NodeView y) const;

  private:
    /** phi of one species on one edge, and its derivatives. */
    struct Limit
    {
      double refused = 0, d_own = 0, d_other = 0;
    };
    static Limit limit_of(double own_rate, double other_rate, double own_c, double other_c,
                          double nothing);
    bool is_resolved(const double *own_c, const double *other_c) const;
    void add_edge(unsigned int point, unsigned int e, ConstPointView rate, ConstNodeView c,
                  Edges &result) const;

    const RegionMass &mass;
    const double share;
    const std::vector<unsigned int> species;
    std::vector<double> nothing; ///< a concentration that does not matter, of each of `species`
    std::vector<std::vector<unsigned int>> groups; ///< of columns of the rates
  };
} // namespace lacuna

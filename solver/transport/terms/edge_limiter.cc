// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "transport/terms/edge_limiter.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <map>
#include <utility>

namespace lacuna
{
  namespace
  {
    constexpr double most_fall            = 10;   // of a concentration along an edge
    constexpr double part_that_is_nothing = 1e-4; // of the typical concentration
  }                                               // namespace

  EdgeLimiter::EdgeLimiter(const RegionMass &mass_, double share_,
                           std::vector<unsigned int> species_,
                           const std::vector<unsigned int> &group, const std::vector<double> &scale)
      : mass(mass_), share(share_), species(std::move(species_))
  {
    for (const unsigned int s : species)
      nothing.push_back(part_that_is_nothing * scale[s]);
    std::map<unsigned int, std::vector<unsigned int>> members;
    for (unsigned int k = 0; k < species.size(); ++k)
      members[group[species[k]]].push_back(k);
    for (auto &[number, columns] : members)
      groups.push_back(std::move(columns));
  }

  EdgeLimiter::Limit EdgeLimiter::limit_of(double own_rate, double other_rate, double own_c,
                                           double other_c, double nothing)
  {
    const bool own_gives  = other_rate < own_rate;
    const double giver    = own_gives ? own_c : other_c,
                 consumer = std::max(0., own_gives ? other_c : own_c);
    if (std::min(own_rate, other_rate) >= 0 || most_fall * giver >= consumer)
      return {};
    const double scale = most_fall / (consumer + most_fall * nothing),
                 y     = scale * (giver + nothing);
    if (y <= -1)
      return {3, 0, 0};
    const double d_y = 2 * (1 - std::max(y, 0.)), d_giver = d_y * scale,
                 d_consumer = consumer > 0 ? -d_giver * y / most_fall : 0;
    return {y > 0 ? (1 - y) * (1 - y) : 1 - 2 * y, own_gives ? d_giver : d_consumer,
            own_gives ? d_consumer : d_giver};
  }

  /** Most edges, by far. */
  bool EdgeLimiter::is_resolved(const double *own_c, const double *other_c) const
  {
    for (const unsigned int s : species)
      if (most_fall * std::min(own_c[s], other_c[s]) < std::max(own_c[s], other_c[s]))
        return false;
    return true;
  }

  void EdgeLimiter::find(ConstPointView rate, ConstNodeView c, Edges &result) const
  {
    result.edges.clear();
    result.differences.clear();
    for (unsigned int p = 0; p + 1 < mass.begin.size(); ++p)
    {
      const double *own_c = c.at(mass.node[p]);
      for (unsigned int e = mass.begin[p]; e < mass.begin[p + 1]; ++e)
        if (!is_resolved(own_c, c.at(mass.node[mass.column[e]])))
          add_edge(p, e, rate, c, result);
    }
  }

  void EdgeLimiter::add_edge(unsigned int point, unsigned int e, ConstPointView rate,
                             ConstNodeView c, Edges &result) const
  {
    const unsigned int other = mass.column[e];
    const double *own_rate = rate.at(point), *other_rate = rate.at(other),
                 *own_c = c.at(mass.node[point]), *other_c = c.at(mass.node[other]);
    for (unsigned int group = 0; group < groups.size(); ++group)
    {
      Limit smallest;
      unsigned int limiting = 0;
      for (const unsigned int k : groups[group])
      {
        const unsigned int s = species[k];
        const Limit limit = limit_of(own_rate[k], other_rate[k], own_c[s], other_c[s], nothing[k]);
        if (limit.refused <= smallest.refused)
          continue;
        smallest = limit;
        limiting = s;
      }
      if (smallest.refused == 0)
        continue;
      result.edges.push_back({point, other, group, share * mass.overlap[e], smallest.refused,
                              limiting, smallest.d_own, smallest.d_other,
                              result.differences.size()});
      for (const unsigned int k : groups[group])
        result.differences.push_back(other_rate[k] - own_rate[k]);
    }
  }

  void EdgeLimiter::take_back(const Edges &limited, NodeView sum) const
  {
    for (const Edge &edge : limited.edges)
    {
      const double *difference = &limited.differences[edge.first_difference];
      for (const unsigned int k : groups[edge.group])
        sum(mass.node[edge.point], species[k]) -= edge.refused * edge.overlap * *difference++;
    }
  }

  void EdgeLimiter::add_derivative(const Edges &limited, ConstPointView d_rate, ConstNodeView x,
                                   NodeView y) const
  {
    for (const Edge &edge : limited.edges)
    {
      const double *difference = &limited.differences[edge.first_difference];
      const double d_phi       = edge.d_point * x(mass.node[edge.point], edge.limiting) +
                           edge.d_other * x(mass.node[edge.other], edge.limiting);
      for (const unsigned int k : groups[edge.group])
        y(mass.node[edge.point], species[k]) +=
            edge.overlap * (d_phi * *difference++ -
                            edge.refused * (d_rate(edge.other, k) - d_rate(edge.point, k)));
    }
  }
} // namespace lacuna

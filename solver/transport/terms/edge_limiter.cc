// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "transport/terms/edge_limiter.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <utility>

namespace lacuna
{
  namespace
  {
    constexpr double most_fall = 10;   // of a concentration along an edge
    constexpr double scarce    = 1e-2; // of the typical concentration

    /** What the poorer end must hold for the edge to be left alone. */
    double enough(double rich, double little)
    {
      return std::max(rich / most_fall, little);
    }

    /** 1 - phi. */
    double refused_part(double poor, double rich, double little)
    {
      const double y = poor / enough(rich, little);
      return y >= 1 ? 0 : y > 0 ? (1 - y) * (1 - y) : 1 - 2 * std::max(y, -1.);
    }

    bool same_edge_and_group(const EdgeLimiter::Limit &a, const EdgeLimiter::Limit &b)
    {
      return a.point == b.point && a.other == b.other && a.group == b.group;
    }
  } // namespace

  EdgeLimiter::EdgeLimiter(const Model &model, const std::vector<unsigned int> &species_)
      : mass(model.level.region_mass()), species(species_)
  {
    std::map<unsigned int, std::vector<unsigned int>> members;
    for (unsigned int k = 0; k < species.size(); ++k)
    {
      little.push_back(scarce * model.typical[species[k]]);
      members[model.reaction.changed_together[species[k]]].push_back(k);
    }
    for (auto &[number, columns] : members)
      groups.push_back(std::move(columns));
  }

  /** Most edges, by far. */
  bool EdgeLimiter::is_resolved(const double *own, const double *other) const
  {
    for (unsigned int k = 0; k < species.size(); ++k)
    {
      const auto [poor, rich] = std::minmax(own[species[k]], other[species[k]]);
      if (poor < enough(rich, little[k]))
        return false;
    }
    return true;
  }

  EdgeLimiter::Limits EdgeLimiter::find(ConstNodeView c) const
  {
    Limits result;
    for (unsigned int p = 0; p + 1 < mass.begin.size(); ++p)
    {
      const double *own = c.at(mass.node[p]);
      for (unsigned int e = mass.begin[p]; e < mass.begin[p + 1]; ++e)
        if (!is_resolved(own, c.at(mass.node[mass.column[e]])))
          add_limits(p, e, c, result);
    }
    return result;
  }

  void EdgeLimiter::add_limits(unsigned int point, unsigned int edge, ConstNodeView c,
                               Limits &result) const
  {
    const unsigned int other = mass.column[edge];
    const double *own_c = c.at(mass.node[point]), *other_c = c.at(mass.node[other]);
    for (unsigned int group = 0; group < groups.size(); ++group)
    {
      const std::size_t first = result.size();
      for (const unsigned int k : groups[group])
      {
        const double own = own_c[species[k]], others = other_c[species[k]];
        const double refused =
            refused_part(std::min(own, others), std::max(own, others), little[k]);
        if (refused > 0)
          result.push_back({point, other, group, k, own < others, refused, mass.overlap[edge]});
      }
      std::stable_sort(result.begin() + first, result.end(),
                       [](const Limit &a, const Limit &b) { return a.refused > b.refused; });
    }
  }

  EdgeLimiter::Limits EdgeLimiter::holding(const Limits &limits, ConstPointView rate)
  {
    Limits result;
    for (const Limit &limit : limits)
    {
      const double own = rate(limit.point, limit.column), others = rate(limit.other, limit.column);
      const bool takes_from_point = others < own;
      if (own != others && takes_from_point == limit.point_is_poor &&
          (result.empty() || !same_edge_and_group(result.back(), limit)))
        result.push_back(limit);
    }
    return result;
  }

  void EdgeLimiter::take_back(const Limits &held, double share, ConstPointView rate,
                              NodeView sum) const
  {
    for (const Limit &limit : held)
      for (const unsigned int k : groups[limit.group])
        sum(mass.node[limit.point], species[k]) -=
            limit.refused * share * limit.overlap * (rate(limit.other, k) - rate(limit.point, k));
  }
} // namespace lacuna

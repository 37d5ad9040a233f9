// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "transport/terms/edge_limiter.h"

#include <algorithm>
#include <map>
#include <utility>

namespace lacuna
{
  namespace
  {
    constexpr double most_fall = 10;   // of a concentration along an edge
    constexpr double scarce    = 1e-4; // of the typical concentration

    /** What the end that gives must hold for the edge to be left alone. */
    double enough(double rich, double little)
    {
      return std::max(rich / most_fall, little);
    }

    /** 1 - phi, and its derivatives by both concentrations. */
    struct Refused
    {
      double part, by_poor, by_rich;
    };

    Refused refused(double poor, double rich, double little)
    {
      const double limit = enough(rich, little), y = poor / limit;
      if (y >= 1)
        return {0, 0, 0};
      if (y <= -1)
        return {3, 0, 0};
      const double by_y    = y > 0 ? -2 * (1 - y) : -2;
      const double by_rich = rich / most_fall > little ? -y / (limit * most_fall) : 0;
      return {y > 0 ? (1 - y) * (1 - y) : 1 - 2 * y, by_y / limit, by_y * by_rich};
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

  /** Of the species of a group, the one of which the end that gives holds least of what it must. */
  std::optional<EdgeLimiter::Limit> EdgeLimiter::strictest(unsigned int point, unsigned int edge,
                                                           unsigned int group, ConstNodeView c,
                                                           ConstPointView rate) const
  {
    const unsigned int other = mass.column[edge];
    const double *own_c = c.at(mass.node[point]), *other_c = c.at(mass.node[other]);
    std::optional<Limit> result;
    for (const unsigned int k : groups[group])
    {
      const double more = rate(other, k) - rate(point, k); // than the neighbour consumes
      if (more == 0)
        continue;
      const bool point_gives = more < 0;
      const double own = own_c[species[k]], others = other_c[species[k]];
      const double giver = point_gives ? own : others, taker = point_gives ? others : own;
      const Refused it = refused(giver, taker, little[k]);
      if (it.part > (result ? result->refused : 0))
        result = Limit{point,
                       other,
                       group,
                       k,
                       it.part,
                       point_gives ? it.by_poor : it.by_rich,
                       point_gives ? it.by_rich : it.by_poor,
                       mass.overlap[edge]};
    }
    return result;
  }

  EdgeLimiter::Limits EdgeLimiter::find(ConstNodeView c, ConstPointView rate) const
  {
    Limits result;
    for (unsigned int p = 0; p + 1 < mass.begin.size(); ++p)
    {
      const double *own = c.at(mass.node[p]);
      for (unsigned int e = mass.begin[p]; e < mass.begin[p + 1]; ++e)
        if (!is_resolved(own, c.at(mass.node[mass.column[e]])))
          for (unsigned int group = 0; group < groups.size(); ++group)
            if (const auto limit = strictest(p, e, group, c, rate))
            {
              result.edges.push_back(*limit);
              for (const unsigned int k : groups[group])
                result.taken.push_back(limit->overlap * (rate(limit->other, k) - rate(p, k)));
            }
    }
    return result;
  }

  /** Calls action(limit, column of the rates, what the edge takes unlimited). */
  template <class Action>
  void EdgeLimiter::for_each_taken(const Limits &limits, const Action &action) const
  {
    auto taken = limits.taken.begin();
    for (const Limit &limit : limits.edges)
      for (const unsigned int k : groups[limit.group])
        action(limit, k, *taken++);
  }

  void EdgeLimiter::take_back(const Limits &limits, double share, NodeView sum) const
  {
    for_each_taken(limits, [&](const Limit &limit, unsigned int k, double taken)
                   { sum(mass.node[limit.point], species[k]) -= share * limit.refused * taken; });
  }

  void EdgeLimiter::add_local(const Limits &limits, double share, NodeBlocks &local) const
  {
    for_each_taken(limits,
                   [&](const Limit &limit, unsigned int k, double taken)
                   {
                     local.row(mass.node[limit.point], species[k])[species[limit.column]] -=
                         share * limit.by_point * taken;
                   });
  }

  void EdgeLimiter::take_back_change(const Limits &limits, double share, ConstNodeView x,
                                     ConstPointView change, NodeView sum) const
  {
    for_each_taken(limits,
                   [&](const Limit &limit, unsigned int k, double taken)
                   {
                     const double more_taken =
                         limit.overlap * (change(limit.other, k) - change(limit.point, k));
                     const double of_other = x(mass.node[limit.other], species[limit.column]);
                     sum(mass.node[limit.point], species[k]) -=
                         share * (limit.refused * more_taken + limit.by_other * of_other * taken);
                   });
  }
} // namespace lacuna

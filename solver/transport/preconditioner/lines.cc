// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "transport/preconditioner/lines.h"

#include <array>

namespace lacuna
{
  namespace
  {
    constexpr unsigned int none = static_cast<unsigned int>(-1);

    /** At most two ties of a node, the stronger first: places in the rows. */
    using Ties = std::array<unsigned int, 2>;

    /**
     * In a mesh of boxes a times wider than high, the entry to the node above is -(a^2 - 1) / (2
     * a^2
     * + 4) of the diagonal: half of it where cells are very flat, a fifth at a = 1.7, where
     * smoothing node by node begins to suffer. The ties of a node are together no more than its
     * diagonal, so that what is solved along the lines is positive definite.
     */
    std::vector<Ties> strongest_ties(const Stiffness &rows)
    {
      constexpr double strong = 0.2;
      const unsigned int n    = rows.begin.size() - 1;
      std::vector<Ties> result(n, {none, none});
      for (unsigned int i = 0; i < n; ++i)
      {
        std::array<double, 2> strength{strong * rows.diagonal[i], strong * rows.diagonal[i]};
        for (unsigned int e = rows.begin[i]; e < rows.begin[i + 1]; ++e)
        {
          const double tie = -rows.entry[e];
          if (rows.column[e] >= n || tie <= strength[1])
            continue;
          const bool is_first = tie > strength[0];
          if (is_first)
          {
            strength[1]  = strength[0];
            result[i][1] = result[i][0];
          }
          strength[is_first ? 0 : 1]  = tie;
          result[i][is_first ? 0 : 1] = e;
        }
        if (strength[0] + strength[1] > rows.diagonal[i])
          result[i][1] = none;
      }
      return result;
    }
  } // namespace

  Lines::Lines(const Stiffness &rows)
  {
    const std::vector<Ties> ties = strongest_ties(rows);
    const unsigned int n         = ties.size();
    const auto has_tie_with      = [&](unsigned int i, unsigned int j)
    {
      for (const unsigned int e : ties[i])
        if (e != none && rows.column[e] == j)
          return true;
      return false;
    };
    // Lines are made of ties that both nodes count among their strongest.
    std::vector<Ties> mutual = ties;
    for (unsigned int i = 0; i < n; ++i)
      for (unsigned int &e : mutual[i])
        if (e != none && !has_tie_with(rows.column[e], i))
          e = none;

    std::vector<char> taken(n, 0);
    const auto walk = [&](unsigned int i)
    {
      unsigned int from = none;
      while (i != none)
      {
        taken[i] = 1;
        node.push_back(i);
        continues.push_back(from != none);
        entry.push_back(from);
        unsigned int next = none;
        for (const unsigned int e : mutual[i])
          if (e != none && !taken[rows.column[e]])
            next = e;
        from = next;
        i    = next == none ? none : rows.column[next];
      }
    };
    // From their ends; then what closes in itself, from anywhere.
    for (unsigned int i = 0; i < n; ++i)
      if (!taken[i] && (mutual[i][0] == none || mutual[i][1] == none))
        walk(i);
    for (unsigned int i = 0; i < n; ++i)
      if (!taken[i])
        walk(i);
  }
} // namespace lacuna

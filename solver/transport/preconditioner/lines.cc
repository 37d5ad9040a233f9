// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "transport/preconditioner/lines.h"

#include <algorithm>
#include <array>

namespace lacuna
{
  namespace
  {
    constexpr unsigned int none = static_cast<unsigned int>(-1);

    using Ties = Lines::Ties;

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

    /** Of these, the ties that both nodes count among their strongest: lines are made of them. */
    std::vector<Ties> mutual_ties(const Stiffness &rows, const std::vector<Ties> &ties)
    {
      const auto has_tie_with = [&](unsigned int i, unsigned int j)
      {
        return std::any_of(ties[i].begin(), ties[i].end(),
                           [&](unsigned int e) { return e != none && rows.column[e] == j; });
      };
      std::vector<Ties> result = ties;
      for (unsigned int i = 0; i < ties.size(); ++i)
        for (unsigned int &e : result[i])
          if (e != none && !has_tie_with(rows.column[e], i))
            e = none;
      return result;
    }
  } // namespace

  Lines::Lines(const Stiffness &rows)
  {
    const std::vector<Ties> ties = mutual_ties(rows, strongest_ties(rows));
    std::vector<char> taken(ties.size(), 0);
    // From their ends; then what closes in itself, from anywhere.
    for (unsigned int i = 0; i < ties.size(); ++i)
      if (ties[i][0] == none || ties[i][1] == none)
        walk(i, rows, ties, taken);
    for (unsigned int i = 0; i < ties.size(); ++i)
      walk(i, rows, ties, taken);
  }

  void Lines::walk(unsigned int from, const Stiffness &rows, const std::vector<Ties> &ties,
                   std::vector<char> &taken)
  {
    unsigned int tie_to_predecessor = none;
    for (unsigned int i = from; i != none && !taken[i];)
    {
      taken[i] = 1;
      node.push_back(i);
      continues.push_back(tie_to_predecessor != none);
      entry.push_back(tie_to_predecessor);
      tie_to_predecessor = none;
      for (const unsigned int e : ties[i])
        if (e != none && !taken[rows.column[e]])
          tie_to_predecessor = e;
      i = tie_to_predecessor == none ? none : rows.column[tie_to_predecessor];
    }
  }
} // namespace lacuna

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "laws/chain_rule.h"

namespace lacuna
{
  namespace
  {
    void add(double slope, const double *sensitivity, unsigned int n_points, double *row)
    {
      for (unsigned int p = 0; p < n_points; ++p)
        row[p] += slope * sensitivity[p];
    }

    void add(double slope, const double *gradient, const double *sensitivity, unsigned int n_points,
             double *row)
    {
      for (unsigned int p = 0; p < n_points; ++p)
        row[p] += slope * gradient[p] * sensitivity[p];
    }
  } // namespace

  void contract(const BoundLaws &laws, const BoundRead &read, const double *sensitivity,
                double factor, const LawBatch &batch, BatchArray &rows, unsigned int first_row)
  {
    using Source         = BoundRead::Source;
    const unsigned int n = batch.n_points;
    const double in_unit = factor * read.factor;
    if (read.source == Source::variable)
      add(in_unit, sensitivity, n, rows.row(first_row + read.index));
    else if (read.source == Source::total)
      for (const unsigned int variable : read.variables)
        add(in_unit, sensitivity, n, rows.row(first_row + variable));
    else if (read.is_derived())
      for (const auto &[species, slope] : laws.derived[read.index].slopes)
        add(in_unit * slope, sensitivity, n, rows.row(first_row + species));
    else if (read.source == Source::signal)
      for (unsigned int v = 0; v < laws.n_variables; ++v)
        add(in_unit, batch.d_signal.row(read.index * laws.n_variables + v), sensitivity, n,
            rows.row(first_row + v));
  }
} // namespace lacuna

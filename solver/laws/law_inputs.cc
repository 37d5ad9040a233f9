// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "laws/law_inputs.h"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace lacuna
{
  namespace
  {
    void scale(const double *origin, double factor, unsigned int n, double *value)
    {
      for (unsigned int p = 0; p < n; ++p)
        value[p] = factor * origin[p];
    }

    void sum(const BoundRead &read, const LawBatch &batch, double *value)
    {
      std::fill_n(value, batch.n_points, 0.);
      for (const unsigned int variable : read.variables)
      {
        const double *amount = batch.state.row(variable);
        for (unsigned int p = 0; p < batch.n_points; ++p)
          value[p] += read.factor * amount[p];
      }
    }

    /** Here every row of the table of readable quantities is evaluated. */
    void fill_readable(const BoundRead &read, const PointProperties &properties, double time,
                       const LawBatch &batch, double *value)
    {
      using Quantity          = Readable::Quantity;
      const unsigned int n    = batch.n_points;
      const std::size_t first = batch.first_point;
      const auto given        = [&](const std::vector<double> &at_points)
      { scale(at_points.data() + first, read.factor, n, value); };
      switch (read.readable->quantity)
      {
      case Quantity::x:
        return given(properties.x);
      case Quantity::y:
        return given(properties.y);
      case Quantity::z:
        return given(properties.z);
      case Quantity::porosity:
        return given(properties.porosity);
      case Quantity::fixed_charge:
        return given(properties.fixed_charge);
      case Quantity::time:
        std::fill_n(value, n, read.factor * time);
        return;
      case Quantity::age:
      case Quantity::since:
        std::fill_n(value, n, read.factor * (time - read.time_origin));
        return;
      case Quantity::region:
        for (unsigned int p = 0; p < n; ++p)
          value[p] = properties.region[first + p] == read.index ? 1 : 0;
        return;
      case Quantity::face:
        for (unsigned int p = 0; p < n; ++p)
          value[p] = read.factor * properties.face_area[read.index][first + p] /
                     properties.weight[first + p];
        return;
      case Quantity::face_area:
        std::fill_n(value, n, read.factor * properties.whole_face_area[read.index]);
        return;
      case Quantity::derived:
        scale(batch.derived.row(read.index), read.factor, n, value);
        return;
      case Quantity::solute:
        return; // bound as a variable
      }
    }
  } // namespace

  void evaluate_derived(const BoundLaws &laws, const PointProperties &properties, LawBatch &batch)
  {
    for (unsigned int d = 0; d < laws.derived.size(); ++d)
    {
      double *value      = batch.derived.row(d);
      const double *base = properties.derived_base[d].data() + batch.first_point;
      std::copy(base, base + batch.n_points, value);
      for (const auto &[species, slope] : laws.derived[d].slopes)
      {
        const double *c = batch.state.row(species);
        for (unsigned int p = 0; p < batch.n_points; ++p)
          value[p] += slope * c[p];
      }
    }
  }

  void fill_reads(const BoundLaw &bound, const PointProperties &properties, double time,
                  bool with_signals, LawBatch &batch)
  {
    using Source         = BoundRead::Source;
    const unsigned int n = batch.n_points;
    bound.caller.prepare(batch.laws);
    for (unsigned int r = 0; r < bound.reads.size(); ++r)
    {
      const BoundRead &read = bound.reads[r];
      double *value         = batch.laws.read(r);
      switch (read.source)
      {
      case Source::nothing:
        std::fill_n(value, n, 0.);
        break;
      case Source::variable:
        scale(batch.state.row(read.index), read.factor, n, value);
        break;
      case Source::total:
        sum(read, batch, value);
        break;
      case Source::signal:
        if (with_signals)
          scale(batch.signal.row(read.index), read.factor, n, value);
        break;
      case Source::readable:
        fill_readable(read, properties, time, batch, value);
        break;
      }
    }
  }
} // namespace lacuna

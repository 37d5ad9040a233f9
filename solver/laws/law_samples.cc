// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "laws/law_samples.h"

#include "config/quantity.h"
#include "config/readable.h"

#include <algorithm>
#include <cmath>
#include <random>

namespace lacuna
{
  namespace
  {
    SampleRange logarithmic(double smallest, double maximum, double factor = 1)
    {
      return {0, factor * maximum, factor * smallest};
    }

    const DeclaredSpecies *own_species(const Law &law, const LawRead &read)
    {
      for (const DeclaredSpecies &species : law.owns)
        if (species.name == read.name)
          return &species;
      return nullptr;
    }

    /** What is known of a species only by its unit and by how it lives. */
    SampleRange range_of_species(const Law &law, const LawRead &read)
    {
      const DeclaredSpecies *own = own_species(law, read);
      if (own != nullptr && own->basis == Basis::per_cell)
        return logarithmic(1e-2, 1e6);
      if (same_dimension(read.unit, "1/mL")) // vesicles move, cells stay
      {
        const bool vesicles = own != nullptr && own->mobile;
        return logarithmic(1, vesicles ? 1e12 : 2e7, conversion_factor("1/mL", read.unit));
      }
      return logarithmic(1e-3, 1e3);
    }

    SampleRange range_of(const Law &law, const LawRead &read)
    {
      if (read.kind == LawRead::Kind::signal)
        return {0, read.combination == LACUNA_COMBINE_PRODUCT ? 2. : 1.};
      if (read.kind == LawRead::Kind::total)
        return logarithmic(1, 2e7, conversion_factor("1/mL", read.unit));
      const UsualRange *usual = usual_range(read.name, read.unit);
      if (usual == nullptr)
        return range_of_species(law, read);
      const double factor = conversion_factor(usual->unit, read.unit);
      SampleRange range{factor * usual->minimum, factor * usual->maximum};
      range.on_off = usual->yes_or_no;
      return range;
    }

    /** Points from a generator whose numbers are the same everywhere. */
    class Sampler
    {
    public:
      explicit Sampler(const std::vector<SampleRange> &ranges_) : ranges(ranges_) {}

      LawPoint everywhere(double share) const
      {
        LawPoint point;
        for (const SampleRange &range : ranges)
          point.push_back(range.at(range.on_off ? std::round(share) : share));
        return point;
      }

      /** Each input at one of its ends with this probability, else anywhere. */
      LawPoint anywhere(double probability_of_end)
      {
        LawPoint point;
        for (const SampleRange &range : ranges)
        {
          double share = uniform();
          if (range.on_off || uniform() < probability_of_end)
            share = std::round(share);
          point.push_back(range.at(share));
        }
        return point;
      }

    private:
      double uniform() { return double(generator() >> 11) / 9007199254740992.; } // 2^53

      const std::vector<SampleRange> &ranges;
      std::mt19937_64 generator{20260101};
    };

    /** The total of a population is at least what one of its doses has. */
    void add_doses_to_totals(const Law &law, LawPoint &point)
    {
      for (unsigned int t = 0; t < law.reads.size(); ++t)
        for (unsigned int r = 0; r < law.reads.size(); ++r)
          if (law.reads[t].kind == LawRead::Kind::total &&
              law.reads[r].kind == LawRead::Kind::quantity &&
              law.reads[r].name == law.reads[t].name)
          {
            point[t] += point[r] * conversion_factor(law.reads[r].unit, law.reads[t].unit);
            break;
          }
    }
  } // namespace

  double SampleRange::at(double share) const
  {
    if (smallest <= 0)
      return share >= 1 ? maximum : minimum + share * (maximum - minimum);
    return share <= 0 ? 0 : share >= 1 ? maximum : smallest * std::pow(maximum / smallest, share);
  }

  double SampleRange::scale(double x) const
  {
    return smallest <= 0 ? maximum - minimum : std::max(std::abs(x), smallest);
  }

  std::vector<SampleRange> sample_ranges(const Law &law)
  {
    std::vector<SampleRange> ranges;
    for (const LawRead &read : law.reads)
      ranges.push_back(range_of(law, read));
    for (const LawRange &range : law.ranges)
    {
      SampleRange &sampled = ranges[range.read];
      sampled.declared     = true;
      sampled.smallest     = 0;
      if (std::isfinite(range.minimum))
        sampled.minimum = range.minimum;
      if (std::isfinite(range.maximum))
        sampled.maximum = range.maximum;
    }
    return ranges;
  }

  std::vector<LawPoint> sample_points(const Law &law, const std::vector<SampleRange> &ranges)
  {
    constexpr unsigned int n_mixed = 96, n_anywhere = 128;
    Sampler sampler(ranges);
    const LawPoint middle        = sampler.everywhere(0.5);
    std::vector<LawPoint> points = {middle, sampler.everywhere(0), sampler.everywhere(1)};
    for (unsigned int r = 0; r < ranges.size(); ++r)
      for (const double share : {0., 1.})
      {
        points.push_back(middle);
        points.back()[r] = ranges[r].at(share);
      }
    for (unsigned int k = 0; k < n_mixed; ++k)
      points.push_back(sampler.anywhere(0.5));
    for (unsigned int k = 0; k < n_anywhere; ++k)
      points.push_back(sampler.anywhere(0));
    for (LawPoint &point : points)
      add_doses_to_totals(law, point);
    return points;
  }
} // namespace lacuna

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "laws/law_check.h"

#include <algorithm>
#include <cmath>

// What must not be negative: gains, losses, motilities, factors.

namespace lacuna
{
  namespace
  {
    /** What a result must be, if anything; a remedy for one that is negative. */
    const char *remedy_of_negative(const Law &law, const LawResult &result)
    {
      switch (result.kind)
      {
      case LawResult::Kind::gain:
        return "What disappears is a loss: write at.rate(species) -= amount.";
      case LawResult::Kind::loss:
        return "What appears is a gain: write at.rate(species) += amount.";
      case LawResult::Kind::motility:
        return "A motility is a diffusivity of cells.";
      case LawResult::Kind::signal:
        return law.provides[result.index].combination == LACUNA_COMBINE_PRODUCT
                   ? "A factor of a product must not turn losses into gains; keep it above zero, "
                     "for example 1/(1 + x) instead of 1 - x."
                   : nullptr;
      case LawResult::Kind::attraction:
        break;
      }
      return nullptr;
    }

    void find_negative(const Law &law, const std::vector<LawPoint> &points,
                       const LawEvaluation &all, unsigned int i, LawCheckItem &item)
    {
      const char *remedy = remedy_of_negative(law, all.results[i]);
      if (remedy == nullptr)
        return;
      double largest = 0;
      for (unsigned int p = 0; p < points.size(); ++p)
        largest = std::max(largest, std::abs(all.value(i, p)));
      for (unsigned int p = 0; p < points.size(); ++p)
      {
        ++item.n_compared;
        if (all.value(i, p) >= -1e-12 * largest)
          continue;
        item.findings.push_back({true, "the " + all.results[i].name + " is negative, " +
                                           short_number(all.value(i, p)) + "\n  at " +
                                           describe_point(law, points[p]) + "\n  " + remedy});
        return;
      }
    }

    /** The samples, and lines through some of them along every input, close together where inputs
     * begin and end: a threshold of which no sample is on the other side is crossed there. */
    std::vector<LawPoint> with_lines(const std::vector<SampleRange> &ranges,
                                     std::vector<LawPoint> points)
    {
      constexpr unsigned int n_lines = 5, n_even = 32;
      std::vector<double> shares = {1e-6, 1e-4, 1e-3, 1e-2, 0.99, 0.999};
      for (unsigned int k = 0; k <= n_even; ++k)
        shares.push_back(double(k) / n_even);
      const std::vector<LawPoint> bases(
          points.begin(), points.begin() + std::min<std::size_t>(n_lines, points.size()));
      for (const LawPoint &base : bases)
        for (unsigned int r = 0; r < ranges.size(); ++r)
          for (const double share : shares)
          {
            points.push_back(base);
            points.back()[r] = ranges[r].at(ranges[r].on_off ? std::round(share) : share);
          }
      return points;
    }

    /** Next to nothing of an input: 0 would hide a condition such as x > 0. */
    double trace(const SampleRange &range)
    {
      return 1e-12 * (range.smallest > 0 ? range.smallest : range.maximum);
    }

    /** The law says that it holds from zero on, and so that a run must tell where it was used
     * below: a loss of zero order, as a choice. */
    const LawRange *range_from_zero(const Law &law, unsigned int read)
    {
      for (const LawRange &range : law.ranges)
        if (law.reads[range.read].name == law.reads[read].name && range.minimum >= 0)
          return &range;
      return nullptr;
    }

    /**
     * The loss of one species where there is none of it, or next to nothing. The solver follows
     * whatever the law says, so a loss that is left there makes the amount negative.
     */
    class LossOfNothing
    {
    public:
      LossOfNothing(const Law &law_, const std::vector<SampleRange> &ranges_,
                    const std::vector<LawPoint> &points_, unsigned int read_)
          : law(law_), ranges(ranges_), points(points_), read(read_)
      {
      }

      void find(LawCheckItem &item) const
      {
        const auto none = with([](const SampleRange &) { return 0.; });
        LawEvaluation without(law, none);
        without.run();
        for (unsigned int i = 0; i < without.results.size(); ++i)
          if (is_loss(without.results[i]))
            for (unsigned int p = 0; p < points.size(); ++p)
              if (++item.n_compared, without.value(i, p) != 0)
              {
                item.findings.push_back(
                    finding(without.results[i], without.value(i, p), "none", none[p]));
                return;
              }
        find_at_trace(item);
      }

    private:
      /** All points with another amount of the species, in whatever unit it is read. */
      template <class Amount>
      std::vector<LawPoint> with(const Amount &amount) const
      {
        std::vector<LawPoint> result = points;
        for (LawPoint &point : result)
          for (unsigned int r = 0; r < law.reads.size(); ++r)
            if (law.reads[r].kind == LawRead::Kind::quantity &&
                law.reads[r].name == law.reads[read].name)
              point[r] = amount(ranges[r]);
        return result;
      }

      bool is_loss(const LawResult &result) const
      {
        return result.kind == LawResult::Kind::loss && result.index == read;
      }

      /** A loss that vanishes at zero alone is seen by the share of it that a trace keeps; powers
       * down to the fourth root keep less than this. */
      void find_at_trace(LawCheckItem &item) const
      {
        constexpr double kept = 2e-3;
        const auto traces     = with(trace);
        LawEvaluation little(law, traces);
        LawEvaluation some(law, with([](const SampleRange &range) { return range.at(0.5); }));
        LawEvaluation much(law, with([](const SampleRange &range) { return range.at(1); }));
        for (LawEvaluation *evaluation : {&little, &some, &much})
          evaluation->run();
        for (unsigned int i = 0; i < little.results.size(); ++i)
          if (is_loss(little.results[i]))
            for (unsigned int p = 0; p < points.size(); ++p)
            {
              ++item.n_compared;
              const double usual = std::max(some.value(i, p), much.value(i, p));
              if (usual <= 0 || little.value(i, p) <= kept * usual)
                continue;
              item.findings.push_back(finding(little.results[i], little.value(i, p),
                                              "only " + short_number(traces[p][read]), traces[p]));
              return;
            }
      }

      LawFinding finding(const LawResult &result, double value, const std::string &amount,
                         const LawPoint &point) const
      {
        const std::string what = "the " + result.name +
                                 " does not vanish with it: " + short_number(value) +
                                 " where there is " + amount;
        const bool in_place = stays(law, law.reads[read]);
        if (const LawRange *range = range_from_zero(law, read); range != nullptr && !in_place)
          return {false, what + "; the law declares that it holds from " +
                             short_number(range->minimum) + " on (" + range->source +
                             "), and a run that goes below says so"};
        return {true, what + "\n  at " + describe_point(law, point) +
                          "\n  Make the loss proportional to at[species], or to "
                          "lacuna::saturation(at[species], K)." +
                          (in_place ? ""
                                    : " If it must be of zero order, declare the species as "
                                      "within(..., from_zero(\"why\")), so that a run says where "
                                      "it becomes negative.")};
      }

      const Law &law;
      const std::vector<SampleRange> &ranges;
      const std::vector<LawPoint> &points;
      const unsigned int read;
    };
  } // namespace

  LawCheckItem check_positivity(const Law &law, const std::vector<SampleRange> &ranges,
                                const std::vector<LawPoint> &samples)
  {
    LawCheckItem item{"nothing negative", 0, {}};
    const std::vector<LawPoint> points = with_lines(ranges, samples);
    LawEvaluation all(law, points);
    all.run();
    for (unsigned int i = 0; i < all.results.size(); ++i)
      find_negative(law, points, all, i, item);
    for (unsigned int r = 0; r < law.reads.size(); ++r)
      if (law.reads[r].changes)
        LossOfNothing(law, ranges, points, r).find(item);
    return item;
  }
} // namespace lacuna

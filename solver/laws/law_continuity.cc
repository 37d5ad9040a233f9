// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "laws/law_check.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

// Where a law jumps, or has a kink, along lines through the range of each of its inputs.

namespace lacuna
{
  namespace
  {
    /** All results along a line through the range of one input, and their slopes by it. */
    class Line
    {
    public:
      static constexpr unsigned int n = 256;

      Line(const Law &law_, const SampleRange &range_, unsigned int read_, const LawPoint &base_)
          : law(law_), range(range_), read(read_), base(base_),
            evaluation(law, points(), only(law, read)), probe(law, {base}, only(law, read))
      {
        evaluation.run();
      }

      unsigned int n_results() const { return evaluation.results.size(); }
      const std::string &name(unsigned int i) const { return evaluation.results[i].name; }

      /** Where result i jumps; NaN if it does not. */
      double jump(unsigned int i)
      {
        const auto value = [&](const LawEvaluation &all, unsigned int p)
        { return all.value(i, p); };
        return search(value, 1e-6,
                      [&](unsigned int p)
                      {
                        const double mean_slope =
                            0.5 * (evaluation.slope(i, read, p) + evaluation.slope(i, read, p + 1));
                        return std::abs(evaluation.value(i, p + 1) - evaluation.value(i, p) -
                                        mean_slope * (x(p + 1) - x(p)));
                      });
      }

      /** Where the slope of result i jumps; NaN if it does not. */
      double kink(unsigned int i)
      {
        const auto slope = [&](const LawEvaluation &all, unsigned int p)
        { return all.slope(i, read, p); };
        return search(
            slope, 1e-4,
            [&](unsigned int p)
            { return std::abs(evaluation.slope(i, read, p + 1) - evaluation.slope(i, read, p)); });
      }

      double value(unsigned int i, double at) { return ask(at).value(i, 0); }
      LawPoint point(double at) const
      {
        LawPoint result = base;
        result[read]    = at;
        return result;
      }

    private:
      double x(unsigned int p) const { return range.at(double(p) / (n - 1)); }
      std::vector<LawPoint> points() const
      {
        std::vector<LawPoint> result;
        for (unsigned int p = 0; p < n; ++p)
          result.push_back(point(x(p)));
        return result;
      }
      const LawEvaluation &ask(double at)
      {
        probe.set(read, 0, at);
        probe.run();
        return probe;
      }

      /** The two most suspicious intervals are halved towards the larger change until it becomes
       * small (no jump) or cannot be told from a point (a jump). */
      template <class Function, class Suspicion>
      double search(const Function &function, double tolerance, const Suspicion &suspicion)
      {
        double size = 0;
        for (unsigned int p = 0; p < n; ++p)
          size = std::max(size, std::abs(function(evaluation, p)));
        std::vector<std::pair<double, unsigned int>> candidates;
        for (unsigned int p = 0; p + 1 < n; ++p)
          if (const double suspicious = suspicion(p); suspicious > 0)
            candidates.emplace_back(-suspicious, p);
        std::sort(candidates.begin(), candidates.end());
        for (unsigned int k = 0; k < candidates.size() && k < 2; ++k)
        {
          const double found = halve(function, tolerance * size, candidates[k].second);
          if (found == found)
            return found;
        }
        return NAN;
      }

      template <class Function>
      double halve(const Function &function, double small, unsigned int p)
      {
        double left = x(p), right = x(p + 1);
        double f_left = function(evaluation, p), f_right = function(evaluation, p + 1);
        const double width = 1e-13 * range.scale(right);
        while (right - left > width)
        {
          if (std::abs(f_right - f_left) <= small)
            return NAN;
          const double middle = 0.5 * (left + right), f_middle = function(ask(middle), 0);
          const bool to_the_left       = std::abs(f_middle - f_left) > std::abs(f_right - f_middle);
          (to_the_left ? right : left) = middle;
          (to_the_left ? f_right : f_left) = f_middle;
        }
        return std::abs(f_right - f_left) > small ? right : NAN;
      }

      const Law &law;
      const SampleRange &range;
      const unsigned int read;
      const LawPoint &base;
      LawEvaluation evaluation, probe;
    };

    LawFinding jump_finding(const Law &law, Line &line, const SampleRange &range, unsigned int read,
                            unsigned int result, double at)
    {
      const double aside = 1e-9 * range.scale(at);
      return {true, "the " + line.name(result) + " jumps from " +
                        short_number(line.value(result, at - aside)) + " to " +
                        short_number(line.value(result, at + aside)) + " where " +
                        input_name(law, read) + " passes " + short_number(at) + "\n  at " +
                        describe_point(law, line.point(at)) +
                        "\n  No solver steps over a jump: write lacuna::smooth_step(x, width) "
                        "instead of a condition."};
    }

    LawFinding kink_finding(const Law &law, const Line &line, unsigned int read,
                            unsigned int result, double at)
    {
      return {false, "the " + line.name(result) + " has a kink where " + input_name(law, read) +
                         " passes " + short_number(at) +
                         "; a width, as in lacuna::positive_part(x, width), rounds it"};
    }
  } // namespace

  LawCheckItem check_continuity(const Law &law, const std::vector<SampleRange> &ranges,
                                const std::vector<LawPoint> &points)
  {
    constexpr unsigned int n_lines = 8;
    LawCheckItem item{"no jumps", 0, {}};
    std::set<std::pair<unsigned int, unsigned int>> jumps, kinks;
    for (unsigned int k = 0; k < n_lines && k < points.size(); ++k)
    {
      // The middle, and points from the end of the list, which are not at the ends of ranges.
      const LawPoint &base = k == 0 ? points[0] : points[points.size() - k];
      for (unsigned int r = 0; r < law.reads.size(); ++r)
      {
        if (!depends_on_state(law.reads[r]))
          continue;
        Line line(law, ranges[r], r, base);
        item.n_compared += line.n_results() * Line::n;
        for (unsigned int i = 0; i < line.n_results(); ++i)
          if (const double at = line.jump(i); at == at)
          {
            if (jumps.emplace(i, r).second)
              item.findings.push_back(jump_finding(law, line, ranges[r], r, i, at));
          }
          else if (const double bend = line.kink(i); bend == bend && kinks.emplace(i, r).second)
            item.findings.push_back(kink_finding(law, line, r, i, bend));
      }
    }
    return item;
  }
} // namespace lacuna

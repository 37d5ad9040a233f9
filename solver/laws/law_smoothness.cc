// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "laws/law_check.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <set>
#include <utility>

// How a law depends on each of its inputs: derivatives, jumps, kinks.

namespace lacuna
{
  namespace
  {
    std::vector<bool> only(const Law &law, unsigned int read)
    {
      std::vector<bool> result(law.reads.size(), false);
      result[read] = true;
      return result;
    }

    std::string input_name(const Law &law, unsigned int read)
    {
      const LawRead &input   = law.reads[read];
      const std::string unit = input.unit == "1" ? "" : " [" + input.unit + "]";
      return (input.kind == LawRead::Kind::total    ? "the total of "
              : input.kind == LawRead::Kind::signal ? "the signal "
                                                    : "") +
             input.name + unit;
    }

    // Steps of the differences, as shares of the scale of the input; the best one counts.
    constexpr std::array<double, 5> steps = {1e-3, 1e-4, 1e-5, 1e-6, 1e-7};
    constexpr unsigned int n_stencil      = 5; ///< x - 2h ... x + 2h, or x ... x + 4h

    /** One result around one point, as a function of one input. */
    struct Stencil
    {
      std::array<double, n_stencil> f;
      double x, h;
      bool one_sided;

      double size() const
      {
        double largest = 0;
        for (const double value : f)
          largest = std::max(largest, std::abs(value));
        return largest;
      }
      /** Of fourth order. */
      double difference() const
      {
        if (one_sided)
          return (-25 * f[0] + 48 * f[1] - 36 * f[2] + 16 * f[3] - 3 * f[4]) / (12 * h);
        return (8 * (f[3] - f[1]) - (f[4] - f[0])) / (12 * h);
      }
      double left() const { return one_sided ? difference() : (f[2] - f[1]) / h; }
      double right() const { return one_sided ? difference() : (f[3] - f[2]) / h; }
      /** How far rounding of the results, and of the input, may carry the difference. */
      double noise() const
      {
        const auto [least, most]   = std::minmax_element(f.begin(), f.end());
        constexpr double underflow = 1e-290;
        return 1e-14 * size() / h + (*most - *least) / h * 1e-15 * std::abs(x) / h + underflow;
      }

      bool agrees(double slope) const
      {
        return std::abs(slope - difference()) <=
               1e-6 * (std::abs(slope) + std::abs(difference())) + noise();
      }
      /** By how much the slopes of the two sides differ. */
      double bend() const { return std::abs(right() - left()); }
      bool is_between_sides(double slope) const
      {
        const double lower = std::min(left(), right()), upper = std::max(left(), right());
        const double room = 1e-4 * std::max(std::abs(lower), std::abs(upper)) + noise();
        return bend() > 2 * room && slope >= lower - room && slope <= upper + room;
      }
    };

    /** Derivatives of all results by one input at many points. */
    class DerivativeCheck
    {
    public:
      DerivativeCheck(const Law &law_, const SampleRange &range_, unsigned int read_)
          : law(law_), range(range_), read(read_)
      {
      }

      void run(const std::vector<LawPoint> &given, LawCheckItem &item)
      {
        std::vector<LawPoint> points = given;
        for (LawPoint &point : points)
          move_inside(point[read]);
        LawEvaluation exact(law, points, only(law, read));
        exact.run();
        std::vector<std::unique_ptr<LawEvaluation>> around;
        for (const double step : steps)
        {
          around.push_back(std::make_unique<LawEvaluation>(law, stencils(points, step)));
          around.back()->run();
        }
        for (unsigned int i = 0; i < exact.results.size(); ++i)
          for (unsigned int p = 0; p < points.size(); ++p)
          {
            ++item.n_compared;
            if (!compare(exact, around, points, i, p, item))
              break; // one sentence per result and input
          }
      }

    private:
      bool at_lower_end(double x) const { return x <= range.minimum; }

      /** Away from the ends, so that differences stay within the range; the lower end itself, where
       * there may be no cells, is looked at from inside. */
      void move_inside(double &x) const
      {
        if (!at_lower_end(x) && range.smallest <= 0)
          x = std::clamp(x, range.minimum + 3 * steps[0] * range.scale(x),
                         range.maximum - 3 * steps[0] * range.scale(x));
      }

      std::vector<LawPoint> stencils(const std::vector<LawPoint> &points, double step) const
      {
        std::vector<LawPoint> result;
        for (const LawPoint &point : points)
          for (unsigned int k = 0; k < n_stencil; ++k)
          {
            const double first = at_lower_end(point[read]) ? 0 : -2;
            result.push_back(point);
            result.back()[read] += (first + k) * step * range.scale(point[read]);
          }
        return result;
      }

      bool compare(const LawEvaluation &exact,
                   const std::vector<std::unique_ptr<LawEvaluation>> &around,
                   const std::vector<LawPoint> &points, unsigned int i, unsigned int p,
                   LawCheckItem &item) const
      {
        const double slope = exact.slope(i, read, p), x = points[p][read];
        std::array<Stencil, steps.size()> stencil;
        for (unsigned int s = 0; s < steps.size(); ++s)
        {
          for (unsigned int k = 0; k < n_stencil; ++k)
            stencil[s].f[k] = around[s]->value(i, p * n_stencil + k);
          stencil[s].x         = x;
          stencil[s].h         = steps[s] * range.scale(x);
          stencil[s].one_sided = at_lower_end(x);
          if (stencil[s].agrees(slope))
            return true;
        }
        if (is_kink(stencil) && stencil[3].is_between_sides(slope))
          return true; // any slope between those of the two sides will do
        item.findings.push_back(
            at_lower_end(x) && is_steep(stencil)
                ? steep_finding(exact.results[i], x, slope)
                : wrong_finding(exact.results[i], points[p], slope, best(stencil).difference()));
        return false;
      }

      LawFinding steep_finding(const LawResult &result, double x, double slope) const
      {
        return {false, "the " + result.name + " rises too steeply for differences where " +
                           input_name(law, read) + " leaves " + short_number(x) +
                           "; its derivative there, " + short_number(slope) + ", is not compared"};
      }

      LawFinding wrong_finding(const LawResult &result, const LawPoint &point, double slope,
                               double difference) const
      {
        return {true, "the derivative of the " + result.name + " by " + input_name(law, read) +
                          " is " + short_number(slope) + ", but differences give " +
                          short_number(difference) + "\n  at " + describe_point(law, point) +
                          (at_lower_end(point[read])
                               ? "\n  At an end of the range the slope is that of the inside: "
                                 "lacuna::max(x, 0.) has it, lacuna::positive_part(x) has not."
                               : "\n  Let every step of the computation have the type Number, "
                                 "without lacuna::value() or double in between.")};
      }

      /** The sides differ however small the step is; those of a curved function come together. */
      static bool is_kink(const std::array<Stencil, steps.size()> &stencil)
      {
        return stencil[3].bend() > 0.5 * stencil[1].bend();
      }

      /** The slope keeps growing as the step shrinks: a root, or a power below one. */
      static bool is_steep(const std::array<Stencil, steps.size()> &stencil)
      {
        for (unsigned int s = 1; s < steps.size(); ++s)
          if (std::abs(stencil[s].difference()) < 1.2 * std::abs(stencil[s - 1].difference()))
            return false;
        return true;
      }

      /** The step at which rounding and truncation are about even. */
      static const Stencil &best(const std::array<Stencil, steps.size()> &stencil)
      {
        return stencil[2];
      }

      const Law &law;
      const SampleRange &range;
      const unsigned int read;
    };

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

  LawCheckItem check_derivatives(const Law &law, const std::vector<SampleRange> &ranges,
                                 const std::vector<LawPoint> &points)
  {
    LawCheckItem item{"exact derivatives", 0, {}};
    for (unsigned int r = 0; r < law.reads.size(); ++r)
      if (depends_on_state(law.reads[r]))
        DerivativeCheck(law, ranges[r], r).run(points, item);
    return item;
  }

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

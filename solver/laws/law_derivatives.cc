// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "laws/law_check.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>

// The derivatives of a law by automatic differentiation against differences.

namespace lacuna
{
  namespace
  {
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
} // namespace lacuna

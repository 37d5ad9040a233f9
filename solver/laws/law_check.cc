// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "laws/law_check.h"

#include "config/quantity.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <set>

namespace lacuna
{
  namespace
  {
    /** Keeps the points at which the law gives numbers; tells the first of each kind of failure. */
    LawCheckItem check_numbers(const Law &law, std::vector<LawPoint> &points)
    {
      LawCheckItem item{"numbers everywhere", 0, {}};
      std::vector<LawPoint> sound;
      std::set<std::string> told;
      for (const LawPoint &point : points)
        try
        {
          LawEvaluation all(law, {point}, state_reads(law));
          item.n_compared += all.results.size();
          all.run();
          sound.push_back(point);
        }
        catch (const LawFailure &failure)
        {
          const std::string sentence = failure.what();
          if (told.insert(sentence.substr(0, sentence.find('\n'))).second)
            item.findings.push_back({true, sentence});
        }
      points = sound;
      return item;
    }

    LawFinding difference(const Law &law, const LawResult &result, const LawPoint &point,
                          double first, double again, const std::string &circumstance)
    {
      return {true, "the " + result.name + " is " + shortest(first) + ", but " + shortest(again) +
                        " " + circumstance + "\n  at " + describe_point(law, point) +
                        "\n  A law must depend on what it reads and on nothing else: no static or "
                        "mutable data, no random numbers, no clock."};
    }

    /** A few roundings apart, or not at all. */
    bool is_same(double a, double b)
    {
      return std::abs(a - b) <= 1e-12 * std::abs(a);
    }

    /** Holds one evaluation against another of the same points in another order. */
    template <class Order>
    void compare(const Law &law, const std::vector<LawPoint> &points, const LawEvaluation &first,
                 const LawEvaluation &again, const Order &order, const std::string &circumstance,
                 LawCheckItem &item)
    {
      for (unsigned int i = 0; i < first.results.size(); ++i)
        for (unsigned int p = 0; p < points.size(); ++p)
        {
          ++item.n_compared;
          if (is_same(first.value(i, p), again.value(i, order(p))))
            continue;
          item.findings.push_back(difference(law, first.results[i], points[p], first.value(i, p),
                                             again.value(i, order(p)), circumstance));
          return;
        }
    }

    /** Runs one check; a law that fails at a point that only this check visits has failed it. Where
     * it is known already that it fails, that is not told again. */
    template <class Check>
    void add(LawCheck &result, const char *name, const Check &check)
    {
      try
      {
        result.items.push_back(check());
      }
      catch (const LawFailure &failure)
      {
        if (result.items.front().findings.empty())
          result.items.push_back({name, 0, {{true, failure.what()}}});
      }
    }
  } // namespace

  unsigned int LawCheckItem::n_failures() const
  {
    return std::count_if(findings.begin(), findings.end(),
                         [](const LawFinding &finding) { return finding.failure; });
  }

  bool LawCheck::passed() const
  {
    return std::all_of(items.begin(), items.end(),
                       [](const LawCheckItem &item) { return item.n_failures() == 0; });
  }

  LawCheckItem check_repeatability(const Law &law, const Law &same,
                                   const std::vector<LawPoint> &points)
  {
    LawCheckItem item{"the same every time", 0, {}};
    const unsigned int n   = points.size();
    const auto as_before   = [](unsigned int p) { return p; };
    const auto from_behind = [n](unsigned int p) { return n - 1 - p; };
    LawEvaluation first(law, points), again(law, points), other(same, points);
    LawEvaluation backwards(law, {points.rbegin(), points.rend()});
    LawEvaluation with_slopes(law, points, state_reads(law));
    for (LawEvaluation *evaluation : {&first, &again, &backwards, &with_slopes, &other})
      evaluation->run();
    compare(law, points, first, again, as_before, "when asked again", item);
    compare(law, points, first, backwards, from_behind, "in a batch of another order", item);
    compare(law, points, first, with_slopes, as_before, "when asked with derivatives", item);
    compare(law, points, first, other, as_before, "by a second law with the same values", item);
    for (unsigned int p = 0; p < n && item.findings.empty(); ++p)
    {
      LawEvaluation alone(law, {points[p]});
      alone.run();
      for (unsigned int i = 0; i < alone.results.size() && item.findings.empty(); ++i)
        if (++item.n_compared, !is_same(first.value(i, p), alone.value(i, 0)))
          item.findings.push_back(difference(law, first.results[i], points[p], first.value(i, p),
                                             alone.value(i, 0), "when asked alone"));
    }
    return item;
  }

  double cost_per_point(const Law &law, const std::vector<LawPoint> &points, bool with_derivatives)
  {
    using Clock                     = std::chrono::steady_clock;
    constexpr unsigned int n_points = 256;
    std::vector<LawPoint> batch;
    for (unsigned int p = 0; p < n_points; ++p)
      batch.push_back(points[p % points.size()]);
    LawEvaluation all(law, batch, with_derivatives ? state_reads(law) : std::vector<bool>());
    all.run();
    double best = HUGE_VAL;
    for (unsigned int round = 0; round < 5; ++round)
    {
      constexpr unsigned int n_runs = 40;
      const auto begin              = Clock::now();
      for (unsigned int run = 0; run < n_runs; ++run)
        all.run();
      const std::chrono::duration<double, std::nano> spent = Clock::now() - begin;
      best = std::min(best, spent.count() / n_runs / n_points);
    }
    return best;
  }

  LawCheck check_law(const LawLibrary &library, const LawValues &values)
  {
    const auto law = library.create("", values), second = library.create("", values);
    LawCheck result;
    result.ranges                = sample_ranges(*law);
    std::vector<LawPoint> points = sample_points(*law, result.ranges);
    result.n_points              = points.size();
    result.items.push_back(check_numbers(*law, points));
    if (points.empty())
      return result;
    const auto &ranges = result.ranges;
    add(result, "the same every time", [&] { return check_repeatability(*law, *second, points); });
    add(result, "exact derivatives", [&] { return check_derivatives(*law, ranges, points); });
    add(result, "nothing negative", [&] { return check_positivity(*law, ranges, points); });
    add(result, "no jumps", [&] { return check_continuity(*law, ranges, points); });
    add(result, "doses", [&] { return check_doses(*law, points); });
    if (result.items.front().n_failures() == 0)
    {
      result.cost                  = cost_per_point(*law, points, false);
      result.cost_with_derivatives = cost_per_point(*law, points, true);
    }
    return result;
  }
} // namespace lacuna

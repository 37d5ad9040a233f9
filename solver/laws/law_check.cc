// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "laws/law_check.h"

#include "config/quantity.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <set>

namespace lacuna
{
  namespace
  {
    std::string number(double x)
    {
      std::array<char, 32> text;
      std::snprintf(text.data(), text.size(), "%.6g", x);
      return text.data();
    }

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

    /** Whether what a law changes stays in place. Of species of other laws only the unit is known:
     * cells per volume stay. */
    bool stays(const Law &law, const LawRead &read)
    {
      for (const DeclaredSpecies &species : law.owns)
        if (species.name == read.name)
          return !species.mobile;
      return same_dimension(read.unit, "1/mL");
    }

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
                                           number(all.value(i, p)) + "\n  at " +
                                           describe_point(law, points[p]) + "\n  " + remedy});
        return;
      }
    }

    void find_loss_of_nothing(const Law &law, std::vector<LawPoint> points, unsigned int read,
                              LawCheckItem &item)
    {
      for (LawPoint &point : points)
        remove_quantity(law, read, point);
      LawEvaluation all(law, points);
      all.run();
      for (unsigned int i = 0; i < all.results.size(); ++i)
      {
        if (all.results[i].kind != LawResult::Kind::loss || all.results[i].index != read)
          continue;
        for (unsigned int p = 0; p < points.size(); ++p)
        {
          ++item.n_compared;
          if (all.value(i, p) == 0)
            continue;
          const bool failure     = stays(law, law.reads[read]);
          const std::string what = "the " + all.results[i].name +
                                   " does not vanish with it: " + number(all.value(i, p)) +
                                   " where there is none";
          item.findings.push_back(
              {failure, failure ? what + "\n  at " + describe_point(law, points[p]) +
                                      "\n  Make the loss proportional to at[species], or to "
                                      "lacuna::saturation(at[species], K)."
                                : what + "; it may become negative"});
          return;
        }
      }
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

    /** A dose as the main case of the field has it. */
    lacuna_dose usual_dose(const Law &law)
    {
      lacuna_dose dose{};
      dose.size    = sizeof(dose);
      dose.name    = "dose 1";
      dose.species = "";
      for (const LawRead &read : law.reads)
        if (read.changes && stays(law, read) && *dose.species == 0)
          dose.species = read.name.c_str();
      dose.time              = conversion_factor("d", law.library->plugin().time_unit);
      dose.loaded            = 6e6;
      dose.volume            = 1;
      dose.viability         = 1;
      dose.needle_survival   = 1;
      dose.retained_fraction = 1;
      return dose;
    }

    void check_delivery(const Law &law, LawCheckItem &item)
    {
      lacuna_dose dose = usual_dose(law);
      try
      {
        law.deliver(dose);
      }
      catch (const UserError &error)
      {
        item.findings.push_back(
            {false, "a dose of 6e6 in 1 mL is refused: " + std::string(error.what())});
        return;
      }
      const auto share = [&](const char *name, double value)
      {
        ++item.n_compared;
        if (!(value >= 0 && value <= 1))
          item.findings.push_back({true, "'deliver' makes the " + std::string(name) +
                                             " of a dose " + number(value) +
                                             ", which must be a share between 0 and 1."});
      };
      share("viability", dose.viability);
      share("needle survival", dose.needle_survival);
      share("retained fraction", dose.retained_fraction);
    }

    void check_amounts_after(const Law &law, const std::vector<LawPoint> &points,
                             LawCheckItem &item)
    {
      const lacuna_dose dose = usual_dose(law);
      for (const LawPoint &point : points)
      {
        LawPoint left = point, read = point;
        std::vector<const double *> reads;
        std::vector<double *> after;
        for (unsigned int r = 0; r < law.reads.size(); ++r)
        {
          reads.push_back(&read[r]);
          after.push_back(law.reads[r].changes && stays(law, law.reads[r]) ? &left[r] : nullptr);
        }
        lacuna_batch batch{};
        batch.size     = sizeof(batch);
        batch.n_points = 1;
        batch.n_reads  = law.reads.size();
        batch.reads    = reads.data();
        batch.after    = after.data();
        law.at_dose(dose, batch);
        for (unsigned int r = 0; r < law.reads.size(); ++r)
          if (after[r] != nullptr && (++item.n_compared, left[r] < 0))
          {
            item.findings.push_back({true, "'at_dose' leaves " + number(left[r]) + " of '" +
                                               law.reads[r].name + "'\n  at " +
                                               describe_point(law, point) +
                                               "\n  An amount must not become negative."});
            return;
          }
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

  LawCheckItem check_positivity(const Law &law, const std::vector<LawPoint> &points)
  {
    LawCheckItem item{"nothing negative", 0, {}};
    LawEvaluation all(law, points);
    all.run();
    for (unsigned int i = 0; i < all.results.size(); ++i)
      find_negative(law, points, all, i, item);
    for (unsigned int r = 0; r < law.reads.size(); ++r)
      if (law.reads[r].changes)
        find_loss_of_nothing(law, points, r, item);
    return item;
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

  LawCheckItem check_doses(const Law &law, const std::vector<LawPoint> &points)
  {
    LawCheckItem item{"doses", 0, {}};
    check_delivery(law, item);
    check_amounts_after(law, points, item);
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
    add(result, "nothing negative", [&] { return check_positivity(*law, points); });
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

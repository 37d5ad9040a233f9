// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "config/quantity.h"
#include "laws/law_check.h"

#include <algorithm>
#include <cmath>

// What must not be negative: gains, losses, factors, amounts, shares of a dose.

namespace lacuna
{
  namespace
  {
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
                                           short_number(all.value(i, p)) + "\n  at " +
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
                                   " does not vanish with it: " + short_number(all.value(i, p)) +
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
                                             " of a dose " + short_number(value) +
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
            item.findings.push_back({true, "'at_dose' leaves " + short_number(left[r]) + " of '" +
                                               law.reads[r].name + "'\n  at " +
                                               describe_point(law, point) +
                                               "\n  An amount must not become negative."});
            return;
          }
      }
    }
  } // namespace

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

  LawCheckItem check_doses(const Law &law, const std::vector<LawPoint> &points)
  {
    LawCheckItem item{"doses", 0, {}};
    check_delivery(law, item);
    check_amounts_after(law, points, item);
    return item;
  }
} // namespace lacuna

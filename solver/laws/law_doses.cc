// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "config/quantity.h"
#include "laws/law_check.h"

// What a law does with a dose: shares between 0 and 1, and amounts that are not negative.

namespace lacuna
{
  namespace
  {
    /** The reads of what a dose may change: what the law changes and what stays in place. */
    std::vector<unsigned int> reads_in_place(const Law &law)
    {
      std::vector<unsigned int> result;
      for (unsigned int r = 0; r < law.reads.size(); ++r)
        if (law.reads[r].changes && stays(law, law.reads[r]))
          result.push_back(r);
      return result;
    }

    /** A dose as the main case of the field has it. */
    Dose usual_dose(const Law &law)
    {
      Dose dose;
      dose.name = "dose 1";
      if (const auto in_place = reads_in_place(law); !in_place.empty())
        dose.species = law.reads[in_place.front()].name;
      dose.time   = si_factor("d");
      dose.loaded = 6e6;
      dose.volume = 1e-6;
      return dose;
    }

    void check_delivery(const Law &law, LawCheckItem &item)
    {
      Dose dose = usual_dose(law);
      try
      {
        lower_shares(law, dose);
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
      const std::vector<unsigned int> in_place = reads_in_place(law);
      const LawCaller caller(law, in_place, {});
      LawCaller::Workspace workspace(points.size());
      caller.prepare(workspace);
      for (unsigned int r = 0; r < law.reads.size(); ++r)
        for (unsigned int p = 0; p < points.size(); ++p)
          workspace.read(r)[p] = points[p][r];
      caller.at_dose(usual_dose(law), workspace, points.size());
      for (unsigned int p = 0; p < points.size(); ++p)
        for (const unsigned int r : in_place)
          if (const double left = workspace.after(r)[p]; ++item.n_compared, left < 0)
          {
            item.findings.push_back({true, "'at_dose' leaves " + short_number(left) + " of '" +
                                               law.reads[r].name + "'\n  at " +
                                               describe_point(law, points[p]) +
                                               "\n  An amount must not become negative."});
            return;
          }
    }
  } // namespace

  LawCheckItem check_doses(const Law &law, const std::vector<LawPoint> &points)
  {
    LawCheckItem item{"doses", 0, {}};
    check_delivery(law, item);
    check_amounts_after(law, points, item);
    return item;
  }
} // namespace lacuna

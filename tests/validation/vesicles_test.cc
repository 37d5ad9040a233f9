// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause

// Vesicles at once and from a gel, in a slab of acid nucleus: what the header of the case tells.

#include "support/case_run.h"

#include <gmock/gmock.h>

#include <string>

using namespace lacuna;

namespace
{
  using Overrides = std::vector<std::string>;

  constexpr double day = 86400; // s

  const Overrides at_once  = {"Injections/dose 1/Species=exosomes"};
  const Overrides no_cargo = {"Laws/exosomes/Cargo=none"};

  CaseRun slab(const Overrides &overrides = {}, const Overrides &more = {})
  {
    Overrides all = overrides;
    all.insert(all.end(), more.begin(), more.end());
    return CaseRun(LACUNA_SOURCE_DIR "/parameter-files/cookbook/exosome-depot.prm", all);
  }

  double amount(const CaseRun &run, double days, const std::string &quantity)
  {
    return run.quantity_at(days * day, quantity).whole.integral;
  }

  /** Per cent of the cells of the beginning. */
  double alive(const CaseRun &run, double days)
  {
    return 100 * amount(run, days, "NP cells") / amount(run, 0, "NP cells");
  }
} // namespace

// cookbook/"exosome-depot"
TEST(Vesicles, AGelProtectsLonger)
{
  const CaseRun gel = slab(), bolus = slab(at_once), untreated = slab(no_cargo);
  EXPECT_NEAR(alive(untreated, 3), 91.2, 0.1);
  EXPECT_NEAR(alive(untreated, 14), 67.9, 0.1);
  EXPECT_NEAR(alive(untreated, 40), 39.2, 0.1);
  EXPECT_NEAR(alive(bolus, 3), 94.6, 0.1);
  EXPECT_NEAR(alive(bolus, 14), 71.2, 0.1);
  EXPECT_NEAR(alive(bolus, 28), 51.6, 0.1);
  EXPECT_NEAR(alive(bolus, 40), 40.5, 0.1);
  EXPECT_NEAR(alive(gel, 3), 92.0, 0.1);
  EXPECT_NEAR(alive(gel, 14), 71.4, 0.1);
  EXPECT_NEAR(alive(gel, 28), 53.2, 0.1);
  EXPECT_NEAR(alive(gel, 40), 42.1, 0.1);
  // The gel is slower at first, and gains more in the end.
  EXPECT_LT(alive(gel, 3), alive(bolus, 3));
  EXPECT_GT(alive(gel, 40) - alive(untreated, 40), 2 * (alive(bolus, 40) - alive(untreated, 40)));
  for (const CaseRun *run : {&gel, &bolus, &untreated})
  {
    EXPECT_LT(run->balance("exosomes").largest_relative_defect, 1e-8);
    for (const Moment &moment : run->moments())
      for (const QuantityRecord &record : moment.record.quantities)
        if (!record.integral_unit.empty())
          EXPECT_GE(record.whole.minimum, -1e-3 * record.whole.maximum) << record.name;
  }
}

TEST(Vesicles, AGelLosesHalfInTenDays)
{
  const CaseRun gel = slab();
  EXPECT_NEAR(amount(gel, 40, "exosome depot"), 1e9 / 16, 1e-3 * 1e9 / 16);
  EXPECT_EQ(amount(slab(at_once), 40, "exosome depot"), 0);
}

TEST(Vesicles, MoreVesiclesMakeTheGelsLeadLarger)
{
  const Overrides five_times = {"Injections/dose 1/Amount=5e9"};
  const CaseRun gel = slab(five_times), bolus = slab(at_once, five_times);
  EXPECT_NEAR(alive(gel, 14), 77.5, 0.1);
  EXPECT_NEAR(alive(gel, 40), 48.4, 0.1);
  EXPECT_NEAR(alive(bolus, 14), 74.5, 0.1);
  EXPECT_NEAR(alive(bolus, 40), 41.9, 0.1);
  EXPECT_GT(alive(gel, 40) - alive(bolus, 40), 3 * (alive(slab(), 40) - alive(slab(at_once), 40)));
}

TEST(Vesicles, WithoutCargoNobodyIsProtected)
{
  const Overrides nothing = {"Injections/dose 1/Amount=0"};
  EXPECT_NEAR(alive(slab(no_cargo), 40), alive(slab(nothing), 40), 0.02);
}

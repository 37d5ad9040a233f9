// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause

// More and more injected cells in a slab of nucleus in which dying cells alarm the others.
// Reference values were computed outside Lacuna with coarser steps, for nutrients in equilibrium
// with the cells at every moment and an alarm that is the same everywhere.

#include "support/case_run.h"

#include <gmock/gmock.h>

#include <string>

using namespace lacuna;

namespace
{
  using Overrides = std::vector<std::string>;

  constexpr double day = 86400, nucleus_volume = 5; // s, mL

  const Overrides hungry   = {"Laws/injected cells/Glucose uptake=383 fmol/h"};
  const Overrides no_alarm = {"Laws/NP cells/Alarm species=", "Laws/injected cells/Alarm species="};

  /** The slab with `dose` million cells in the 5 mL of its nucleus, on half as many cells of the
   * mesh. */
  CaseRun slab(double dose, double hazard, const Overrides &more = {})
  {
    const std::string per_day = "/Inflammatory hazard=" + std::to_string(hazard) + " /d";
    Overrides overrides       = {"Geometry/Box/Layers=nucleus: 5 mm / 50",
                                 "Cells/injected cells/Density in nucleus=" +
                                     std::to_string(1e6 * dose / nucleus_volume) + " /mL",
                                 "Laws/NP cells" + per_day, "Laws/injected cells" + per_day};
    overrides.insert(overrides.end(), more.begin(), more.end());
    return CaseRun(LACUNA_SOURCE_DIR "/parameter-files/cookbook/dose-and-alarm.prm", overrides);
  }

  /** Millions of living cells in the 5 mL, at the end. */
  double injected(const CaseRun &run)
  {
    return 1e-6 * nucleus_volume * run.quantity("injected cells").whole.mean;
  }
  double total(const CaseRun &run)
  {
    return injected(run) + 1e-6 * nucleus_volume * run.quantity("NP cells").whole.mean;
  }

  constexpr double doses[] = {0, 1, 3, 6, 10, 18, 30};

  /** The dose after which most cells live. */
  double best_dose(double hazard, const Overrides &more = {})
  {
    double best = 0, most = 0;
    for (const double dose : doses)
      if (const double sum = total(slab(dose, hazard, more)); sum > most)
      {
        most = sum;
        best = dose;
      }
    return best;
  }
} // namespace

// cookbook/"dose-and-alarm"
TEST(Alarm, MostCellsLiveAfterAMiddleDose)
{
  EXPECT_EQ(best_dose(0.1), 6);
  EXPECT_EQ(best_dose(0.1, hungry), 1);
  EXPECT_EQ(best_dose(0.3), 1);
  EXPECT_EQ(best_dose(0.3, hungry), 0);
  EXPECT_NEAR(total(slab(6, 0.1)), 11.2, 0.02 * 11.2);
  EXPECT_NEAR(total(slab(1, 0.1, hungry)), 9.95, 0.01 * 9.95);
  EXPECT_NEAR(total(slab(1, 0.3)), 9.07, 0.015 * 9.07);
}

// Even of the injected cells fewer live when more come.
TEST(Alarm, InjectedSurvivorsTurnOver)
{
  const double few = injected(slab(3, 0.6)), more = injected(slab(18, 0.6)),
               many = injected(slab(60, 0.6));
  EXPECT_NEAR(few, 0.62, 0.08 * 0.62);
  EXPECT_NEAR(more, 0.84, 0.04 * 0.84);
  EXPECT_NEAR(many, 0.71, 0.04 * 0.71);
  EXPECT_GT(more, few);
  EXPECT_GT(more, many);
}

TEST(Alarm, WithoutAlarmSurvivorsRiseWithTheDose)
{
  double survivors = 0;
  for (const double dose : {1., 3., 6., 18., 60.})
  {
    const CaseRun run = slab(dose, 0.6, no_alarm);
    EXPECT_EQ(run.quantity("DAMP").whole.maximum, 0);
    EXPECT_GT(injected(run), survivors);
    survivors = injected(run);
  }
  EXPECT_NEAR(survivors, 12.1, 0.1);
}

// The same with steps and alarm as they are here: nutrients need half a day to settle.
TEST(Alarm, WhatTheHeaderTells)
{
  EXPECT_NEAR(total(slab(0, 0.1)), 9.5, 0.05);
  EXPECT_NEAR(total(slab(0, 0.3)), 9.0, 0.05);
  EXPECT_NEAR(total(slab(0, 0.6)), 5.7, 0.05);
  const CaseRun run = slab(6, 0.1);
  EXPECT_NEAR(injected(run), 2.85, 0.05);
  EXPECT_NEAR(total(run), 11.3, 0.06);
  EXPECT_NEAR(total(slab(18, 0.1, hungry)), 6.8, 0.06);
  EXPECT_NEAR(total(slab(60, 0.3)), 3.7, 0.05);
  for (const char *species : {"DAMP", "glucose", "oxygen", "lactate"})
    EXPECT_LT(run.balance(species).largest_relative_defect, 1e-8) << species;
  for (const Moment &moment : run.moments())
    for (const QuantityRecord &record : moment.record.quantities)
      if (!record.integral_unit.empty())
        EXPECT_GE(record.whole.minimum, 0) << record.name;
}

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause

// Senescent cells, senolytic particles and a graft in a slab of aged nucleus: what the headers of
// the cookbook's files tell, and what the law alone gives where nothing varies in space.

#include "support/case_run.h"

#include <gtest/gtest.h>

#include <cmath>

using namespace lacuna;

namespace
{
  using Overrides = std::vector<std::string>;

  constexpr double day = 86400; // s

  /** The cases "senolytic-nanoparticles" and "senolytic-before-cells". */
  CaseRun run(const std::string &name, const Overrides &overrides = {})
  {
    return CaseRun(LACUNA_SOURCE_DIR "/parameter-files/cookbook/" + name + ".prm", overrides);
  }
  CaseRun particles(const Overrides &overrides = {})
  {
    return run("senolytic-nanoparticles", overrides);
  }

  /** Nothing is negative, and the mobile species are balanced in every step. */
  void expect_sound(const CaseRun &run)
  {
    for (const Moment &moment : run.moments())
      for (const char *name : {"NP cells", "senescent cells", "SASP", "drug"})
        for (const QuantityRecord &record : moment.record.quantities)
          if (record.name == name)
          {
            EXPECT_GE(record.whole.minimum, -1e-9 * (1 + std::abs(record.whole.maximum)))
                << name << " after " << moment.record.time << " d";
          }
    for (const char *name : {"SASP", "drug"})
      EXPECT_LT(run.balance(name).largest_relative_defect, 1e-7) << name;
  }

  /** Senescent of all resident cells. */
  double share(const CaseRun &run, double days)
  {
    const double senescent = run.quantity_at(days * day, "senescent cells").whole.integral;
    return senescent / (senescent + run.quantity_at(days * day, "NP cells").whole.integral);
  }

  double alive(const CaseRun &run)
  {
    return run.dose("cells").viable / run.dose("cells").delivered;
  }

  const Overrides none      = {"Injections/dose 1/Amount=0 mL"},
                  free_drug = {"Injections/dose 1/Species=drug",
                               "Injections/dose 1/Amount=0.667 mL"},
                  sealed    = {"Boundary conditions/right/drug/Type=closed",
                               "Boundary conditions/right/drug/Value=none"};
} // namespace

TEST(SenolyticNanoparticles, FormOfTheDrug)
{
  const CaseRun depot = particles(), free = particles(free_drug), untreated = particles(none);
  for (const CaseRun *each : {&depot, &free, &untreated})
    expect_sound(*each);
  const double days[] = {3, 7, 28, 84}, in_depot[] = {0.085, 0.046, 0.052, 0.118},
               of_free[] = {0.157, 0.163, 0.195, 0.272}, without[] = {0.221, 0.228, 0.258, 0.328};
  for (int i = 0; i < 4; ++i)
  {
    SCOPED_TRACE(days[i]);
    EXPECT_NEAR(share(depot, days[i]), in_depot[i], 0.002);
    EXPECT_NEAR(share(free, days[i]), of_free[i], 0.002);
    EXPECT_NEAR(share(untreated, days[i]), without[i], 0.002);
  }
  EXPECT_NEAR(depot.quantity("NP cells").whole.mean, 2.28e6, 0.02e6);
  EXPECT_NEAR(untreated.quantity("NP cells").whole.mean, 2.00e6, 0.02e6);
  EXPECT_NEAR(depot.quantity("progenitors").whole.mean, 5.4e4, 0.2e4);
  EXPECT_LT(untreated.quantity("progenitors").whole.mean, 0.6e4);
  // What is not reached comes back.
  EXPECT_GT(depot.quantity("senescent cells").whole.maximum,
            3 * depot.quantity("senescent cells").whole.minimum);
}

TEST(SenolyticNanoparticles, EvenlySpreadAsTheLawAlone)
{
  const auto even = [](const Overrides &dose)
  {
    Overrides all = sealed;
    all.emplace_back("Injections/dose 1/Standard deviation=1000 mm");
    all.insert(all.end(), dose.begin(), dose.end());
    return all;
  };
  const CaseRun depot = particles(even({"Injections/dose 1/Amount=0.9975 mL"}));
  EXPECT_NEAR(share(depot, 3), 0.056, 0.001);
  EXPECT_NEAR(share(depot, 28), 0.009, 0.001);
  EXPECT_NEAR(share(depot, 84), 0.056, 0.001);
  EXPECT_NEAR(depot.quantity("progenitors").whole.mean, 1e5, 1e3);

  const CaseRun free =
      particles(even({"Injections/dose 1/Species=drug", "Injections/dose 1/Amount=0.665 mL"}));
  EXPECT_NEAR(share(free, 3), 0.127, 0.001);
  EXPECT_NEAR(share(free, 28), 0.165, 0.001);
}

TEST(SenolyticNanoparticles, FromAJointsFluid)
{
  Overrides joint = sealed;
  joint.insert(joint.end(), {"Laws/senescence/Drug depot=", "Laws/senescence/Reservoir face=right",
                             "Laws/senescence/Reservoir dose=200",
                             "Laws/senescence/Reservoir permeability=100 mm/d",
                             "Injections/dose 1/Species=drug", "Injections/dose 1/Amount=0 mL"});
  const CaseRun run = particles(joint);
  expect_sound(run);
  EXPECT_NEAR(share(run, 3), 0.101, 0.003);
  EXPECT_NEAR(share(run, 84), 0.123, 0.003);
}

TEST(SenolyticNanoparticles, NoDrugNoDifference)
{
  const Overrides healthy = {"Cells/senescent cells/Density in nucleus=0 /mL",
                             "Laws/senescence/Baseline rate=0 /d"};
  const CaseRun treated   = particles(healthy);
  EXPECT_EQ(treated.quantity("senescent cells").whole.maximum, 0);
  EXPECT_EQ(treated.quantity("SASP").whole.maximum, 0);
}

TEST(SenolyticBeforeCells, OrderOfTreatments)
{
  const char *const name = "senolytic-before-cells";
  const CaseRun before = run(name), without = run(name, {"Injections/particles/Amount=0 mL"});
  for (const CaseRun *each : {&before, &without})
    expect_sound(*each);
  EXPECT_NEAR(before.quantity_at(21 * day, "SASP").whole.mean, 0.03, 0.005);
  EXPECT_NEAR(alive(before), 0.406, 0.005);
  EXPECT_NEAR(alive(without), 0.168, 0.005);

  const auto after_14_days = [](const CaseRun &run)
  {
    const char *const cells = "MSC, cells";
    return run.quantity_at(14 * day, cells).whole.integral / run.dose("cells").delivered;
  };
  const CaseRun together = run(name, {"Injections/cells/Time=0 d"}),
                after = run(name, {"Injections/cells/Time=0 d", "Injections/particles/Time=14 d"});
  EXPECT_NEAR(after_14_days(together), 0.326, 0.005);
  EXPECT_NEAR(after_14_days(after), 0.174, 0.005);
  EXPECT_GT(alive(before), after_14_days(together));
}

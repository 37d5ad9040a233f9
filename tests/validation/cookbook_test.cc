// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause

// Every case of the cookbook runs, on a coarse mesh where that saves time, keeps what must hold in
// every run, and gives the numbers that its header tells.

#include "support/case_run.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>

using namespace lacuna;

namespace
{
  using Overrides = std::vector<std::string>;

  constexpr double day = 86400; // s

  const std::string folder = LACUNA_SOURCE_DIR "/parameter-files/cookbook/";
  const std::string coarse = "Geometry/Global refinements=0";

  CaseRun cookbook(const std::string &name, const Overrides &overrides = {})
  {
    return CaseRun(folder + name + ".prm", overrides);
  }

  /** Amounts are not negative (vesicles hardly), at any time, and balanced in every step. */
  void expect_sound(const CaseRun &run)
  {
    std::map<std::string, double> largest;
    for (const Moment &moment : run.moments())
      for (const QuantityRecord &record : moment.record.quantities)
        largest[record.name] = std::max(largest[record.name], record.whole.maximum);
    for (const Moment &moment : run.moments())
      for (const QuantityRecord &record : moment.record.quantities)
        if (!record.integral_unit.empty())
        {
          const double tolerance = record.name == "exosomes" ? 1e-3 : 1e-12;
          EXPECT_GE(record.whole.minimum, -tolerance * largest[record.name])
              << record.name << " after " << moment.record.time << " d";
        }
    for (const BalanceRecord &balance : run.moments().back().record.balance)
      EXPECT_LT(balance.largest_relative_defect, 1e-8) << balance.species;
  }

  double amount(const CaseRun &run, double days, const std::string &quantity)
  {
    return run.quantity_at(days * day, quantity).whole.integral;
  }

  double in_nucleus(const CaseRun &run, double days, const std::string &quantity)
  {
    return run.quantity_at(days * day, quantity).regions.front().integral;
  }

  /** Part of a dose that is alive at the end. */
  double alive(const CaseRun &run, const std::string &dose)
  {
    return run.dose(dose).viable / run.dose(dose).delivered;
  }
} // namespace

TEST(Cookbook, HasATestForEveryFile)
{
  std::string tests;
  for (const auto &entry :
       std::filesystem::directory_iterator(LACUNA_SOURCE_DIR "/tests/validation"))
  {
    std::ifstream file(entry.path());
    tests.append(std::istreambuf_iterator<char>(file), {});
  }
  for (const auto &entry : std::filesystem::directory_iterator(folder))
    if (entry.path().extension() == ".prm")
      EXPECT_THAT(tests, testing::HasSubstr('"' + entry.path().stem().string() + '"'));
}

TEST(Cookbook, LumbarNPMSCInjection)
{
  double fraction = 1, survivors = 0, residents = 1e12;
  for (const char *dose : {"3e6", "6e6", "12e6", "24e6"})
  {
    SCOPED_TRACE(dose);
    const CaseRun run = cookbook("lumbar-npmsc-injection",
                                 {coarse, std::string("Injections/dose 1/Amount=") + dose});
    expect_sound(run);
    const DoseRecord &record = run.dose("dose 1");
    EXPECT_NEAR(record.delivered, record.loaded * 0.96 * 0.85, 1e-9 * record.loaded);
    EXPECT_NEAR(record.viable + record.dead, record.delivered + record.dead_on_arrival,
                1e-9 * record.loaded);
    // More cells: more survivors, but a smaller part of them, and more deaths of residents.
    EXPECT_LT(alive(run, "dose 1"), fraction);
    EXPECT_GT(record.viable, survivors);
    EXPECT_LT(run.dose("residents").viable, residents);
    fraction  = alive(run, "dose 1");
    survivors = record.viable;
    residents = run.dose("residents").viable;
  }
}

TEST(Cookbook, ImportedDisc)
{
  const CaseRun run = cookbook("imported-disc-l45", {coarse});
  expect_sound(run);
  const char *const cells = "resident cells";
  EXPECT_NEAR(amount(run, 0, cells), 137.5e6, 0.5e6);
  EXPECT_NEAR(amount(run, 90, cells), 132.7e6, 0.7e6);
  EXPECT_NEAR(amount(run, 365, cells), 130.3e6, 0.7e6);
  EXPECT_NEAR(amount(run, 365, cells) / amount(run, 0, cells), 0.95, 0.01);
  EXPECT_NEAR(in_nucleus(run, 365, cells) / in_nucleus(run, 0, cells), 0.90, 0.01);
  EXPECT_NEAR(run.quantity_at(0, "glucose").whole.minimum, 0.56, 0.02);
  EXPECT_NEAR(run.quantity_at(90 * day, "glucose").whole.minimum, 0.48, 0.02);
  EXPECT_NEAR(run.quantity("glucose").whole.minimum, 0.55, 0.02);
  EXPECT_NEAR(run.quantity("pH").whole.minimum, 6.86, 0.01);

  // Cells died in front, where the disc is highest; +x is anterior, the middle at x = 16 mm.
  EXPECT_GT(run.quantity(cells).regions[0].minimum_at[0], 22);
  EXPECT_GT(run.quantity(cells).regions[1].minimum_at[0], 22);
}

TEST(Cookbook, ExosomeProtection)
{
  const CaseRun treated   = cookbook("exosome-protection"),
                untreated = cookbook("exosome-protection", {"Injections/dose 1/Amount=0"});
  expect_sound(treated);
  expect_sound(untreated);
  const char *const cells = "resident cells";
  EXPECT_NEAR(amount(treated, 7, cells), 134.0e6, 0.2e6);
  EXPECT_NEAR(amount(untreated, 7, cells), 131.6e6, 0.2e6);
  EXPECT_NEAR(in_nucleus(treated, 7, cells), 22.5e6, 0.1e6);
  EXPECT_NEAR(in_nucleus(untreated, 7, cells), 20.1e6, 0.1e6);
  EXPECT_LT(treated.quantity_at(2 * day, "glucose").whole.minimum,
            untreated.quantity_at(2 * day, "glucose").whole.minimum);
  EXPECT_GT(treated.quantity("internalised exosomes").whole.maximum, 0);
}

TEST(Cookbook, ExosomesDoNotReplaceSupply)
{
  Overrides long_failure = {coarse, "Time/End=12 d", "Output/Field times=1 d, 2 d, 11 d"};
  for (const char *face : {"superior endplate", "inferior endplate"})
    long_failure.push_back(
        "Boundary conditions/" + std::string(face) +
        "/glucose/Value=0 d: 4 mM, 1 d: 4 mM, 1 d: 2 mM, 11 d: 2 mM, 11 d: 4 mM");
  const CaseRun treated = cookbook("exosome-protection", long_failure);
  long_failure.push_back("Injections/dose 1/Amount=0");
  const CaseRun untreated = cookbook("exosome-protection", long_failure);
  expect_sound(treated);
  const auto gain = [&](double days)
  { return amount(treated, days, "resident cells") - amount(untreated, days, "resident cells"); };
  EXPECT_NEAR(gain(1), 0, 1e4);
  EXPECT_GT(gain(2), 2e6);
  EXPECT_LT(gain(11), 0.1 * gain(2));
}

TEST(Cookbook, ExosomesWithoutCargoProtectNobody)
{
  const Overrides short_run = {coarse, "Time/End=2 d"};
  Overrides knocked_down = short_run, none = short_run;
  knocked_down.push_back("Laws/exosomes/Cargo=none");
  none.push_back("Injections/dose 1/Amount=0");
  EXPECT_NEAR(amount(cookbook("exosome-protection", knocked_down), 2, "resident cells"),
              amount(cookbook("exosome-protection", none), 2, "resident cells"), 1e4);
}

TEST(Cookbook, AMSCOrNPMSC)
{
  const CaseRun run = cookbook("amsc-or-npmsc");
  expect_sound(run);
  const auto after = [&](double days, const std::string &quantity)
  { return amount(run, days, quantity) / amount(run, 0, quantity); };
  EXPECT_NEAR(after(3, "AMSC, dose 1"), 0.55, 0.01);
  EXPECT_NEAR(after(14, "AMSC, dose 1"), 0.15, 0.01);
  EXPECT_NEAR(after(3, "NPMSC, dose 2"), 0.82, 0.01);
  EXPECT_NEAR(after(14, "NPMSC, dose 2"), 0.54, 0.01);
  EXPECT_NEAR(run.quantity("osmolarity").regions.front().mean, 500, 1);
  EXPECT_NEAR(run.quantity("pH").regions.front().minimum, 6.65, 0.01);
}

TEST(Cookbook, AMSCGainMostFromAMilderDisc)
{
  const Overrides less_charge  = {"Tissue/nucleus/Fixed charge density=221 mEq/L"},
                  less_lactate = {"Boundary conditions/superior endplate/lactate/Value=0.8 mM",
                                  "Boundary conditions/inferior endplate/lactate/Value=0.8 mM"};
  const auto survivors         = [](const std::vector<Overrides> &milder)
  {
    Overrides overrides = {coarse};
    for (const Overrides &some : milder)
      overrides.insert(overrides.end(), some.begin(), some.end());
    const CaseRun run = cookbook("amsc-or-npmsc", overrides);
    expect_sound(run);
    return std::make_pair(alive(run, "dose 1"), alive(run, "dose 2"));
  };
  const auto harsh = survivors({}), mild = survivors({less_charge, less_lactate});
  for (const auto &[amsc, npmsc] :
       {harsh, survivors({less_charge}), survivors({less_lactate}), mild})
  {
    EXPECT_GT(npmsc, amsc);
    EXPECT_GE(amsc, harsh.first);
    EXPECT_GE(npmsc, harsh.second);
  }
  EXPECT_GT(mild.first / harsh.first, mild.second / harsh.second);
}

TEST(Cookbook, DoseAndSupply)
{
  expect_sound(cookbook("dose-and-supply"));
  expect_sound(cookbook("dose-and-supply", {"Cells/injected cells/Density in nucleus=6e6 /mL"}));
}

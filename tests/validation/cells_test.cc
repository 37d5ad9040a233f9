// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause

// What the law `cells` gives where cells share a supply, and where `chemotaxis` moves them.

#include "support/case_run.h"

#include <gmock/gmock.h>

#include <array>
#include <cmath>
#include <map>
#include <string>

using namespace lacuna;

namespace
{
  using Overrides = std::vector<std::string>;

  constexpr double day = 86400; // s

  CaseRun cookbook(const std::string &name, const Overrides &overrides = {})
  {
    return CaseRun(LACUNA_SOURCE_DIR "/parameter-files/cookbook/" + name + ".prm", overrides);
  }

  double amount(const CaseRun &run, double days, const std::string &quantity)
  {
    return run.quantity_at(days * day, quantity).whole.integral;
  }

  /** Per cent of a population that is left. */
  double alive(const CaseRun &run, double days, const std::string &population)
  {
    return 100 * amount(run, days, population) / amount(run, 0, population);
  }
} // namespace

TEST(CellTypes, InAPoorlyFedSlab)
{
  const CaseRun run                                        = cookbook("cell-types");
  const std::map<std::string, std::array<double, 2>> table = {
      {"residents", {95, 85}}, {"NPMSC", {85, 63}},  {"Muse", {84, 58}},
      {"AMSC", {69, 38}},      {"UC-MSC", {69, 38}}, {"BMSC", {59, 28}}};
  for (const auto &[type, per_cent] : table)
  {
    EXPECT_NEAR(alive(run, 3, type), per_cent[0], 0.6) << type;
    EXPECT_NEAR(alive(run, 14, type), per_cent[1], 0.6) << type;
  }
  EXPECT_NEAR(run.quantity_at(0, "glucose").whole.minimum, 0.47, 0.01);
  EXPECT_NEAR(100 * amount(run, 14, "NP-like cells") / amount(run, 0, "Muse"), 3.3, 0.1);
}

TEST(CellTypes, HungerSaltAndAcidSeparateThem)
{
  const std::string rich = "Boundary conditions/right/glucose/Value=5 mM";
  const CaseRun fed      = cookbook("cell-types", {rich});
  for (const std::string harsher : {"Boundary conditions/right/lactate/Value=7 mM",
                                    "Tissue/nucleus/Fixed charge density=420 mEq/L"})
  {
    const CaseRun run = cookbook("cell-types", {rich, harsher});
    for (const char *type : {"residents", "NPMSC", "Muse", "AMSC", "UC-MSC", "BMSC"})
      EXPECT_LT(alive(run, 14, type), alive(fed, 14, type)) << type << ": " << harsher;
    EXPECT_GT(alive(run, 14, "residents"), alive(run, 14, "NPMSC"));
    EXPECT_GT(alive(run, 14, "NPMSC"), alive(run, 14, "Muse"));
    EXPECT_GT(alive(run, 14, "Muse"), alive(run, 14, "UC-MSC"));
    EXPECT_GT(alive(run, 14, "UC-MSC"), alive(run, 14, "AMSC"));
  }
}

/** All glucose becomes lactate: Y D_G G + D_L L is the same everywhere, which bounds the acidity.
 */
TEST(CellTypes, SupplyBoundsTheAcid)
{
  const std::map<double, std::array<double, 2>> table = {
      {2, {3.94, 7.11}}, {3, {5.41, 6.96}}, {5, {8.35, 6.66}}};
  for (const auto &[supply, bounds] : table)
  {
    const CaseRun run =
        cookbook("dose-and-supply",
                 {"Boundary conditions/right/glucose/Value=" + std::to_string(supply) + " mM",
                  "Cells/injected cells/Density in nucleus=1e8 /mL", "Time/End=0.1 d",
                  "Output/Field times=0.1 d"});
    EXPECT_LT(run.quantity_at(0, "glucose").whole.minimum, 1e-6);
    EXPECT_NEAR(run.quantity_at(0, "lactate").whole.maximum, bounds[0], 0.005);
    EXPECT_NEAR(run.quantity_at(0, "pH").whole.minimum, bounds[1], 0.0051);
  }
}

namespace
{
  /** Where the cells of the case `chemotaxis` are along the bar. */
  struct Distribution
  {
    double mean = 0, spread = 0; ///< mm
    double ends_ratio = 0;       ///< density at the right end to that at the left end
    double gained     = 0;       ///< relative change of the number of cells
    explicit Distribution(const Overrides &overrides)
    {
      const CaseRun run  = cookbook("chemotaxis", overrides);
      const auto density = run.profile("NPMSC", "bar");
      double sum = 0, square = 0;
      for (unsigned int i = 0; i < density.size(); ++i)
      {
        const double x = 0.1 * i;
        sum += density[i];
        mean += x * density[i];
        square += x * x * density[i];
      }
      mean /= sum;
      spread     = std::sqrt(square / sum - mean * mean);
      ends_ratio = density.back() / density.front();
      gained     = run.quantity("NPMSC").whole.integral / amount(run, 0, "NPMSC") - 1;
    }
  };
} // namespace

TEST(CellMigration, SpreadsMoreThanItDrifts)
{
  const Distribution drawn({}), modified({"Laws/migration/Receptor factor=2"}),
      aged({"Laws/migration/Aged cells=yes"}),
      saturated({"Boundary conditions/left/SDF-1/Value=1000",
                 "Boundary conditions/right/SDF-1/Value=1000"}),
      alone({"Laws/migration/Attractant=none"}), slow({"Laws/migration/Motility=8e-4 mm^2/d"}),
      dense({"Laws/migration/Dense regions=away, near"});
  EXPECT_NEAR(drawn.mean - 4, 0.026, 0.001);
  EXPECT_NEAR(modified.mean - 4, 0.052, 0.001);
  EXPECT_NEAR(aged.mean - 4, 0.013, 0.001);
  EXPECT_NEAR(saturated.mean - 4, 0, 1e-5) << "no drift where all receptors are bound";
  EXPECT_NEAR(alone.mean - 4, 0, 1e-9);
  EXPECT_NEAR(alone.spread, std::sqrt(0.2 * 0.2 + 2 * 0.016 * 28), 0.002);
  EXPECT_NEAR(slow.spread, std::sqrt(0.2 * 0.2 + 2 * 8e-4 * 28), 0.002);
  EXPECT_LT(dense.spread, 0.75 * alone.spread);
  for (const Distribution *one : {&drawn, &modified, &aged, &saturated, &alone, &slow, &dense})
    EXPECT_NEAR(one->gained, 0, 1e-10);
}

/** A bar of 1 mm, in which balance is reached in weeks. */
TEST(CellMigration, EnrichmentInBalance)
{
  const std::map<std::string, double> table = {{"1", 2.482}, {"2", 6.161}, {"0.5", 1.5755}};
  for (const auto &[factor, enrichment] : table)
  {
    const Distribution balanced(
        {"Geometry/Box/Layers=away: 0.2 mm / 8, middle: 0.6 mm / 24, near: 0.2 mm / 8",
         "Cells/NPMSC/Density in middle=1e6 /mL", "Output/Probes/bar/To=1 mm, 0.5 mm, 0.5 mm",
         "Boundary conditions/right/SDF-1/Value=10", "Laws/migration/Receptor factor=" + factor,
         "Time/End=80 d"});
    EXPECT_NEAR(balanced.ends_ratio, enrichment, 1e-3 * enrichment);
    EXPECT_NEAR(balanced.gained, 0, 1e-10);
  }
}

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause

// What becomes of stem cells of marrow: bone or fat, and blood stem cells in their niche; the
// numbers in the headers of the cookbook's files.

#include "support/case_run.h"

#include <gtest/gtest.h>

using namespace lacuna;

namespace
{
  using Overrides = std::vector<std::string>;

  CaseRun cookbook(const std::string &name, const Overrides &overrides)
  {
    return CaseRun(LACUNA_SOURCE_DIR "/parameter-files/cookbook/" + name + ".prm", overrides);
  }

  double amount(const CaseRun &run, const std::string &quantity)
  {
    return run.quantity(quantity).whole.integral;
  }
} // namespace

TEST(BoneFate, ElectromagneticField)
{
  const auto fate = [](const Overrides &overrides)
  {
    const CaseRun run = cookbook("bone-fate", overrides);
    const double bone = amount(run, "osteoblasts"), fat = amount(run, "adipocytes");
    EXPECT_NEAR(bone + fat + amount(run, "BMSC, dose 1"), 2000, 2)
        << "no cell is lost, to the tolerance of time";
    return std::make_pair(bone, fat);
  };
  const auto untreated = fate({"Laws/fate/Field strength=0 mT"}), at_15_Hz = fate({}),
             at_12_Hz = fate({"Laws/fate/Field frequency=12 Hz"}),
             at_50_Hz = fate({"Laws/fate/Field frequency=50 Hz"}),
             with_wnt = fate({"Laws/fate/Field strength=0 mT", "Laws/fate/Wnt=1"}),
             older    = fate({"Laws/fate/Ageing=0.3"});
  EXPECT_NEAR(untreated.second, 1966, 5);
  EXPECT_NEAR(at_15_Hz.first, 1835, 15);
  EXPECT_NEAR(at_12_Hz.first, 1428, 40);
  EXPECT_NEAR(at_50_Hz.second, 1919, 15);
  EXPECT_NEAR(with_wnt.first, 1993, 3);
  EXPECT_LT(older.first + older.second, 10) << "below the fold they stay undecided";
}

TEST(MarrowNiche, OldAndYoung)
{
  const auto ratio = [](const CaseRun &run)
  {
    const auto density = [&](int region)
    {
      return run.quantity("quiescent HSC").regions[region].mean +
             run.quantity("cycling HSC").regions[region].mean;
    };
    return density(0) / density(1);
  };
  const auto resting = [](const CaseRun &run)
  {
    const double quiescent = amount(run, "quiescent HSC");
    return quiescent / (quiescent + amount(run, "cycling HSC"));
  };
  const CaseRun old   = cookbook("marrow-niche", {}),
                young = cookbook("marrow-niche", {"Laws/niche/Ageing=0", "Laws/niche/TGF-beta=1",
                                                  "Laws/niche/Age at start=30 year"});
  EXPECT_NEAR(resting(old), 0.515, 0.005);
  EXPECT_NEAR(resting(young), 0.778, 0.003);
  EXPECT_NEAR(old.quantity("HSC DNA damage").whole.mean, 2.18, 0.02);
  EXPECT_NEAR(young.quantity("HSC DNA damage").whole.mean, 1.00, 0.01);
  EXPECT_NEAR(ratio(old), 1.19, 0.01);
  EXPECT_NEAR(ratio(young), 1.415, 0.015);
  EXPECT_NEAR(old.quantity("clonal share").whole.mean, 0.47, 0.01);
  EXPECT_NEAR(old.quantity("largest clone").whole.mean, 0.156, 0.005);
  EXPECT_LT(young.quantity("clonal share").whole.mean, 1e-6);
  // Self-renewal is balanced: cells are neither lost nor made.
  EXPECT_NEAR(amount(old, "quiescent HSC") + amount(old, "cycling HSC"), 5, 1e-3);
}

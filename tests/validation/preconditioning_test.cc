// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause

// Primed and untreated cells side by side: what the header of the case tells.

#include "support/case_run.h"

#include <gmock/gmock.h>

#include <cmath>
#include <string>

using namespace lacuna;

namespace
{
  constexpr double day = 86400; // s

  struct Pair
  {
    double primed, untreated; ///< per cent alive
  };

  CaseRun slab(const std::vector<std::string> &overrides = {})
  {
    return CaseRun(LACUNA_SOURCE_DIR "/parameter-files/cookbook/preconditioned-cells.prm",
                   overrides);
  }

  Pair alive(const CaseRun &run, double days)
  {
    const auto per_cent = [&](const std::string &dose)
    {
      return 100 * run.quantity_at(days * day, dose).whole.integral /
             run.quantity_at(0, dose).whole.integral;
    };
    return {per_cent("primed cells, dose 1"), per_cent("untreated cells, dose 2")};
  }

  void expect_alive(const CaseRun &run, double days, double primed, double untreated)
  {
    const Pair left = alive(run, days);
    EXPECT_NEAR(left.primed, primed, 1) << days << " d";
    EXPECT_NEAR(left.untreated, untreated, 1) << days << " d";
  }

  /** Share of the hazard of the first days that priming takes away. */
  double reduction(const CaseRun &run)
  {
    const Pair left = alive(run, 3);
    return 1 - std::log(left.primed / 100) / std::log(left.untreated / 100);
  }
} // namespace

// cookbook/"preconditioned-cells"
TEST(Preconditioning, HelpsWhileItIsRemembered)
{
  const CaseRun run = slab(), for_ever = slab({"Laws/hypoxia/Memory=1e4 d"});
  expect_alive(run, 3, 76, 65);
  expect_alive(run, 14, 21, 15.6);
  expect_alive(for_ever, 3, 80, 65);
  expect_alive(for_ever, 14, 38, 15.4);
  EXPECT_GT(alive(for_ever, 14).primed, alive(run, 14).primed);
  for (const BalanceRecord &balance : run.moments().back().record.balance)
    EXPECT_LT(balance.largest_relative_defect, 1e-8) << balance.species;
}

TEST(Preconditioning, IsNoFood)
{
  const CaseRun fed = slab(), hungry = slab({"Boundary conditions/right/glucose/Value=1.2 mM"});
  expect_alive(hungry, 3, 32, 24);
  expect_alive(hungry, 14, 3, 2);
  EXPECT_LT(reduction(hungry), 0.7 * reduction(fed));
}

TEST(Preconditioning, OtherTreatments)
{
  const CaseRun receptor = slab({"Laws/hypoxia/Treatment=CXCR4"});
  expect_alive(receptor, 3, 68, 65);
  expect_alive(receptor, 14, 19, 15.7);
  const Pair antioxidant = alive(slab({"Laws/hypoxia/Treatment=melatonin"}), 14);
  EXPECT_NEAR(antioxidant.primed, antioxidant.untreated, 1e-6);
}

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "config/user_error.h"
#include "law_harness.h"

using lacuna::LawAtPoint;

TEST(SolubleFactor, OwnsAMobileSpecies)
{
  LawAtPoint law("soluble-factor", {{{"Half-life", 48}, {"Initial value", 3}},
                                    {{"Species", "TGF-beta"}, {"Unit", "ng/mL"}}});
  ASSERT_EQ(law.law->owns.size(), 1u);
  const auto &factor = law.law->owns[0];
  EXPECT_EQ(factor.name, "TGF-beta");
  EXPECT_TRUE(factor.mobile);
  EXPECT_NEAR(factor.diffusivity, 5e-11, 1e-24);
  EXPECT_EQ(factor.initial, 3);
  EXPECT_EQ(factor.supply, lacuna::DeclaredSpecies::Supply::closed);
  EXPECT_NEAR(law.set("TGF-beta", 1).loss("TGF-beta"), std::log(2.) / 2, 1e-14);
}

TEST(SolubleFactor, PersistsWithoutAHalfLife)
{
  LawAtPoint law("soluble-factor");
  EXPECT_EQ(law.set("SDF-1", 1).loss("SDF-1"), 0);
}

TEST(SolubleFactor, CellsSecrete)
{
  LawAtPoint law("soluble-factor", {{{"Secretion", 0.5}}, {{"Secreting population", "BMSC"}}});
  EXPECT_NEAR(law.set("BMSC", 3e6).gain("SDF-1"), 1.5, 1e-14);
}

TEST(SolubleFactor, ADepotGivesItselfAway)
{
  LawAtPoint law("soluble-factor", {{}, {{"Depot", "gel"}}});
  law.set("gel", 8);
  EXPECT_NEAR(law.loss("gel"), 8 * std::log(2.) / 10, 1e-14);
  EXPECT_EQ(law.gain("SDF-1"), law.loss("gel"));
  EXPECT_FALSE(law.law->owns[1].mobile);
}

TEST(SolubleFactor, Supply)
{
  using Supply = lacuna::DeclaredSpecies::Supply;
  LawAtPoint washed("soluble-factor", {{{"Exchange coefficient", 1e-7}}, {{"Supply", "exchange"}}});
  EXPECT_EQ(washed.law->owns[0].supply, Supply::exchange);
  EXPECT_NEAR(washed.law->owns[0].exchange, 1e-7, 1e-20);
  LawAtPoint held("soluble-factor", {{{"Supply value", 2}}, {{"Supply", "fixed"}}});
  EXPECT_EQ(held.law->owns[0].supply, Supply::fixed);
  EXPECT_EQ(held.law->owns[0].supply_value, 2);
  EXPECT_THROW(LawAtPoint("soluble-factor", {{}, {{"Supply", "exchange"}}}), lacuna::UserError);
}

TEST(SolubleFactor, ItsSizeMaySayHowItDiffuses)
{
  LawAtPoint law("soluble-factor", {{{"Radius", 2}}, {}});
  EXPECT_NEAR(law.law->owns[0].diffusivity, 1.64e-10, 1e-12);
  EXPECT_NEAR(law.law->owns[0].radius, 2e-9, 1e-20);
}

TEST(SolubleFactor, ExactDerivatives)
{
  LawAtPoint law("soluble-factor", {{{"Secretion", 0.5}, {"Half-life", 1}},
                                    {{"Secreting population", "BMSC"}, {"Depot", "gel"}}});
  law.set("BMSC", 3e6).set("gel", 2).set("SDF-1", 0.4);
  law.expect_exact_derivatives();
}

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "config/user_error.h"
#include "law_harness.h"

using lacuna::LawAtPoint;
using lacuna::printed;

namespace
{
  /** What is left of cells that die at 0.8 per day in full stress. */
  double alive(LawAtPoint &law, double peroxide, double days)
  {
    law.set("hydrogen peroxide", peroxide);
    return std::exp(-0.8 * law.signal("oxidative stress", "NP cells") * days);
  }

  /** The level at which gain and loss are equal: the loss is proportional to the amount. */
  double steady(LawAtPoint &law)
  {
    law.set("hydrogen peroxide", 1);
    return law.gain("hydrogen peroxide") / law.loss("hydrogen peroxide");
  }

  double steady_with(const std::string &enzymes, double share)
  {
    LawAtPoint law("oxidative-stress", {{{"Modified share", share}}, {{"Enzymes", enzymes}}});
    return steady(law);
  }
} // namespace

TEST(OxidativeStress, SurvivalAtConstantLevels)
{
  LawAtPoint law("oxidative-stress");
  EXPECT_TRUE(printed(alive(law, 75, 3), ".89"));
  EXPECT_TRUE(printed(alive(law, 150, 3), ".49"));
  EXPECT_TRUE(printed(alive(law, 300, 3), ".16"));
}

TEST(OxidativeStress, ModifiedCellsClearIt)
{
  LawAtPoint none("oxidative-stress"),
      all("oxidative-stress", {{}, {{"Modified populations", "NP cells"}}});
  all.set("NP cells", 4e6);
  EXPECT_NEAR(steady(none), 200, 1e-9);
  EXPECT_TRUE(printed(steady(all), "67"));
  EXPECT_TRUE(printed(alive(none, steady(none), 7), ".06"));
  EXPECT_TRUE(printed(alive(all, steady(all), 7), ".82"));
}

TEST(OxidativeStress, ShareOfModifiedCells)
{
  LawAtPoint law("oxidative-stress",
                 {{}, {{"Populations", "NP cells, AMSC"}, {"Modified populations", "AMSC"}}});
  law.set("NP cells", 3e6).set("AMSC", 1e6);
  EXPECT_NEAR(steady(law), 200 / 1.5, 1e-3);
  law.set("AMSC", 0);
  EXPECT_NEAR(steady(law), 200, 1e-9);
  law.set("NP cells", 0);
  EXPECT_NEAR(steady(law), 200, 1e-9) << "a tissue without cells";
  EXPECT_THROW(LawAtPoint("oxidative-stress", {{}, {{"Modified populations", "AMSC"}}}),
               lacuna::UserError);
}

TEST(OxidativeStress, BothEnzymesBeatOneAndNone)
{
  for (const double share : {0.2, 0.5, 1.})
  {
    const double both = steady_with("Sod2 and catalase", share), sod = steady_with("Sod2", share),
                 cat = steady_with("catalase", share), none = steady_with("none", share);
    EXPECT_LE(both, sod);
    EXPECT_LE(both, cat);
    EXPECT_LE(sod, none);
    EXPECT_LE(cat, none);
  }
}

TEST(OxidativeStress, AntioxidantVesiclesAndDrugs)
{
  LawAtPoint law("oxidative-stress");
  law.set("oxidant clearance", 1.31);
  EXPECT_NEAR(steady(law), 200 / 1.31, 1e-9);
}

// Hyperosmolarity and acid age cells by oxidants; an antioxidant takes part of that back.
TEST(OxidativeStress, HostileTissueRaisesIt)
{
  LawAtPoint law("oxidative-stress", {{{"Osmolarity gain", 1}, {"Acid gain", 1}}, {}});
  const auto ageing = [&](double osmolarity, double pH, double clearance = 1)
  {
    law.set("osmolarity", osmolarity).set("pH", pH).set("oxidant clearance", clearance);
    law.set("hydrogen peroxide", steady(law));
    return law.signal("oxidative senescence", "NP cells");
  };
  const double good = ageing(300, 7.4);
  EXPECT_NEAR(good, 0.5, 0.01);
  EXPECT_GT(ageing(550, 7.4), 1.2 * good);
  EXPECT_GT(ageing(300, 6.2), 1.1 * good);
  EXPECT_GT(ageing(550, 6.2), ageing(550, 7.4));
  EXPECT_LT(ageing(550, 7.4, 1.5), ageing(550, 7.4));
  EXPECT_GT(ageing(550, 7.4, 1.5), good);
  // Off by default: neither is read.
  const LawAtPoint plain("oxidative-stress");
  for (const auto &read : plain.law->reads)
    EXPECT_TRUE(read.name == "hydrogen peroxide" || read.name == "oxidant clearance") << read.name;
}

TEST(OxidativeStress, LabelsAreASource)
{
  LawAtPoint law("oxidative-stress", {{{"Label gain", 0.5}}, {{"Labelled populations", "BMSC"}}});
  law.set("BMSC", 2e6);
  EXPECT_NEAR(steady(law), 400, 1e-9);
}

TEST(OxidativeStress, Curves)
{
  LawAtPoint law("oxidative-stress", {{}, {{"Populations", "NP cells, BMSC"}}});
  law.set("hydrogen peroxide", 200);
  for (const char *who : {"NP cells", "BMSC"})
  {
    EXPECT_DOUBLE_EQ(law.signal("oxidative stress", who), 0.5);
    EXPECT_DOUBLE_EQ(law.signal("oxidative senescence", who), 0.5);
  }
  law.set("hydrogen peroxide", 0);
  EXPECT_EQ(law.signal("oxidative stress", "BMSC"), 0);
  EXPECT_EQ(law.signal("oxidative senescence", "BMSC"), 0);
  EXPECT_EQ(law.loss("hydrogen peroxide"), 0);
  EXPECT_TRUE(printed(24 * 60 * std::log(2.) / 60, "17")); // half-life in minutes
}

TEST(OxidativeStress, ExactDerivatives)
{
  LawAtPoint law("oxidative-stress", {{{"Osmolarity gain", 1}, {"Acid gain", 2}, {"Label gain", 1}},
                                      {{"Populations", "NP cells, AMSC"},
                                       {"Modified populations", "AMSC"},
                                       {"Labelled populations", "AMSC"}}});
  law.set("hydrogen peroxide", 120).set("osmolarity", 440).set("pH", 6.4);
  law.set("NP cells", 3e6).set("AMSC", 1e6).set("oxidant clearance", 1.2);
  law.expect_exact_derivatives();
}

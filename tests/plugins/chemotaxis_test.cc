// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "config/user_error.h"
#include "law_harness.h"

#include <map>

using lacuna::LawAtPoint;
using lacuna::printed;

namespace
{
  using Numbers = std::map<std::string, double>;
  using Texts   = std::map<std::string, std::string>;

  /** How many times more cells there are, in balance, at 10 K than where there is no attractant. */
  double enrichment(const Numbers &numbers, const Texts &texts = {})
  {
    LawAtPoint law("chemotaxis", {numbers, texts});
    const double attracted = law.set("SDF-1", 10).attraction();
    return std::exp(attracted - law.set("SDF-1", 0).attraction());
  }

  double motility(const Numbers &numbers)
  {
    LawAtPoint law("chemotaxis", {numbers, {}});
    return law.motility();
  }
} // namespace

TEST(Chemotaxis, RandomMotility)
{
  const double fast = motility({}), slow = motility({{"Speed", 10}, {"Persistence", 1}});
  EXPECT_TRUE(printed(fast, "0.016")) << "20 um/h, kept for 5 h; mm^2/d";
  EXPECT_TRUE(printed(slow, "8e-4")) << "10 um/h for 1 h";
  EXPECT_TRUE(printed(std::sqrt(2 * slow * 28), "0.2"));
  EXPECT_EQ(motility({{"Motility", 0.014}}), 0.014);
  EXPECT_TRUE(printed(std::sqrt(2 * fast * 28), "0.95")) << "mm in 28 d";
}

TEST(Chemotaxis, EnrichmentInBalance)
{
  EXPECT_TRUE(printed(enrichment({}), "2.5"));
  EXPECT_TRUE(printed(enrichment({{"Receptor factor", 2}}), "6.2"));
  EXPECT_TRUE(printed(enrichment({}, {{"Aged cells", "yes"}}), "1.6"));
  EXPECT_EQ(enrichment({{"Chemotactic strength", 0}}), 1);
}

TEST(Chemotaxis, SaturatedReceptorsFeelNoGradient)
{
  LawAtPoint law("chemotaxis");
  EXPECT_NEAR(law.set("SDF-1", 1e4).attraction(), law.set("SDF-1", 2e4).attraction(), 1e-4);
}

TEST(Chemotaxis, AttractionIsTheReceptorLaw)
{
  // D_m d(psi)/dc = chi0 K/(K+c)^2
  for (const double c : {0.1, 1., 4.})
  {
    LawAtPoint law("chemotaxis", {{{"Half concentration", 2}, {"Chemotactic strength", 0.7}}, {}});
    const double h = 1e-4;
    const double slope =
        (law.set("SDF-1", c + h).attraction() - law.set("SDF-1", c - h).attraction()) / (2 * h);
    EXPECT_NEAR(slope, 0.7 * 2 / ((2 + c) * (2 + c)), 1e-8);
  }
}

TEST(Chemotaxis, SignalsMultiply)
{
  LawAtPoint law("chemotaxis");
  law.set("SDF-1", 1);
  const double D = law.motility(), psi = law.attraction();
  law.set("motility", 0.3).set("chemotaxis", 2.5);
  EXPECT_NEAR(law.motility(), 0.3 * D, 1e-15);
  EXPECT_NEAR(law.attraction(), 2.5 * psi, 1e-15);
}

TEST(Chemotaxis, CellsHardlyMoveInDenseRegions)
{
  LawAtPoint law("chemotaxis", {{}, {{"Dense regions", "inner annulus, outer annulus"}}});
  const double D = law.motility();
  EXPECT_NEAR(law.set("region:outer annulus", 1).motility(), 0.1 * D, 1e-15);
}

TEST(Chemotaxis, SomeAttractantsOnlyStir)
{
  LawAtPoint law("chemotaxis", {{{"Chemotactic strength", 0}, {"Chemokinesis", 1}},
                                {{"Attractant", "substance P"}}});
  const double D = law.motility();
  EXPECT_NEAR(law.set("substance P", 1).motility(), 1.5 * D, 1e-15);
  EXPECT_EQ(law.attraction(), 0);
}

TEST(Chemotaxis, CellsWanderWithoutAnAttractant)
{
  LawAtPoint law("chemotaxis", {{}, {{"Attractant", "none"}}});
  EXPECT_TRUE(printed(law.motility(), "0.016"));
  EXPECT_EQ(law.attraction(), 0);
}

TEST(Chemotaxis, SettlingKeepsTheNumberOfCells)
{
  LawAtPoint law("chemotaxis",
                 {{{"Adhesion rate", 0.2}}, {{"Settled population", "settled cells"}}});
  law.set("NPMSC", 5e5);
  EXPECT_NEAR(law.loss("NPMSC"), 1e5, 1e-8);
  EXPECT_EQ(law.gain("settled cells"), law.loss("NPMSC"));
}

TEST(Chemotaxis, AttractantCanSpareCells)
{
  LawAtPoint law("chemotaxis", {{}, {{"Survival by attractant", "yes"}}});
  EXPECT_NEAR(law.set("SDF-1", 3).signal("apoptosis", "NPMSC"), 0.25, 1e-15);
}

TEST(Chemotaxis, WhatDoesNotFitTogetherIsRefused)
{
  const auto refused = [](const Numbers &numbers, const Texts &texts) {
    EXPECT_THROW(LawAtPoint("chemotaxis", {numbers, texts}), lacuna::UserError);
  };
  refused({{"Adhesion rate", 0.1}}, {});
  refused({}, {{"Settled population", "settled cells"}});
  refused({{"Adhesion rate", 0.1}}, {{"Settled population", "NPMSC"}});
  refused({}, {{"Attractant", "none"}, {"Survival by attractant", "yes"}});
}

TEST(Chemotaxis, ExactDerivatives)
{
  LawAtPoint law("chemotaxis", {{{"Adhesion rate", 0.2}, {"Chemokinesis", 0.5}},
                                {{"Settled population", "settled cells"},
                                 {"Dense regions", "annulus"},
                                 {"Survival by attractant", "yes"}}});
  law.set("NPMSC", 2e6).set("SDF-1", 0.7).set("motility", 0.8).set("chemotaxis", 1.4);
  law.set("region:annulus", 1);
  law.expect_exact_derivatives();
}

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "config/user_error.h"
#include "law_harness.h"

using lacuna::LawAtPoint;
using lacuna::LawValues;
using lacuna::printed;

namespace
{
  std::string refusal(const LawValues &values)
  {
    try
    {
      LawAtPoint law("kinetics", values);
    }
    catch (const lacuna::UserError &error)
    {
      return error.what();
    }
    return "accepted";
  }
} // namespace

TEST(Kinetics, ZeroOrderUptakeByTheTissue)
{
  // 1e-4 mM/s, as in the closed-form slabs.
  LawAtPoint law("kinetics",
                 {{{"Rate", 0.36}}, {{"Substance", "glucose"}, {"Kind", "zero-order"}}});
  EXPECT_DOUBLE_EQ(law.set("glucose", 3).rate("glucose") / 3600, -1e-4);
  EXPECT_DOUBLE_EQ(law.set("glucose", 0.1).rate("glucose") / 3600, -1e-4);
  EXPECT_EQ(law.law->reads.size(), 1u);
}

TEST(Kinetics, FirstOrderUptakeByTheTissue)
{
  LawAtPoint law("kinetics",
                 {{{"Rate constant", 0.072}}, {{"Substance", "glucose"}, {"Kind", "first-order"}}});
  EXPECT_DOUBLE_EQ(law.set("glucose", 5).rate("glucose") / 3600, -1e-4);
  EXPECT_DOUBLE_EQ(law.slope("glucose", "glucose"), -0.072);
}

TEST(Kinetics, MichaelisMentenByTheTissue)
{
  LawAtPoint law("kinetics", {{{"Rate", 2}, {"Half saturation", 0.5}}, {{"Substance", "glucose"}}});
  EXPECT_DOUBLE_EQ(law.set("glucose", 1.5).rate("glucose"), -1.5);
  EXPECT_DOUBLE_EQ(law.set("glucose", -0.5).rate("glucose"), 2) << "a straight line below zero";
  law.set("glucose", 0.7).expect_exact_derivatives();
}

TEST(Kinetics, WorkedExamplesOfCells)
{
  LawAtPoint oxygen("kinetics", {{{"Rate per cell", 5}, {"Half saturation pressure", 0.5}},
                                 {{"Substance", "oxygen"}, {"Population", "NP cells"}}});
  oxygen.set("oxygen", "kPa", 5).set("NP cells", 1e9);
  EXPECT_TRUE(printed(oxygen.loss("oxygen"), "4.545455"));
  oxygen.expect_exact_derivatives();

  LawAtPoint glucose("kinetics", {{{"Rate per cell", 101}, {"Half saturation", 0.179}},
                                  {{"Substance", "glucose"}, {"Population", "NP cells"}}});
  EXPECT_TRUE(printed(glucose.set("glucose", 1).set("NP cells", 1e9).loss("glucose"), "85.665818"));
}

TEST(Kinetics, UptakeInTheSealedBatchAndTheFibrinSlab)
{
  // 4e6 cells/mL, 60 fmol/h, K 0.05 mM: the rate at 1 mM.
  LawAtPoint batch("kinetics", {{{"Rate per cell", 60}, {"Half saturation", 0.05}},
                                {{"Substance", "glucose"}, {"Population", "NP cells"}}});
  EXPECT_DOUBLE_EQ(batch.set("glucose", 1).set("NP cells", 4e6).rate("glucose"), -0.24 / 1.05);

  // 1.3e-17 mol/s per cell is 46.8 fmol/h; 1e6 cells/mL, K 8e-3 mM.
  LawAtPoint fibrin("kinetics", {{{"Rate per cell", 46.8}, {"Half saturation", 8e-3}},
                                 {{"Substance", "oxygen"}, {"Population", "cells"}}});
  EXPECT_NEAR(fibrin.set("oxygen", 0.2).set("cells", 1e6).rate("oxygen") / 3600,
              -1.3e-17 * 1e12 * 0.2 / 0.208, 1e-19);
}

TEST(Kinetics, ReleaseAndClearance)
{
  LawAtPoint release("kinetics", {{{"Rate per cell", 100}},
                                  {{"Substance", "lactate"},
                                   {"Kind", "zero-order"},
                                   {"Direction", "release"},
                                   {"Population", "NP cells"}}});
  EXPECT_DOUBLE_EQ(release.set("NP cells", 4e6).gain("lactate"), 0.4);
  EXPECT_EQ(release.loss("lactate"), 0);

  LawAtPoint clearance(
      "kinetics", {{{"Clearance per cell", 1e-8}},
                   {{"Substance", "drug"}, {"Kind", "first-order"}, {"Population", "NP cells"}}});
  EXPECT_DOUBLE_EQ(clearance.set("NP cells", 4e6).set("drug", 2).loss("drug"), 0.08);
  clearance.expect_exact_derivatives();
}

TEST(Kinetics, ParametersThatDoNotFitAreRefused)
{
  EXPECT_EQ(refusal({}),
            "law 'test' needs a Substance: write 'set Substance = glucose' (or another solute).");
  EXPECT_EQ(refusal({{{"Half saturation", 1}}, {{"Substance", "glucose"}}}),
            "law 'test' needs 'Rate' for Michaelis-Menten kinetics by the tissue.");
  EXPECT_EQ(
      refusal({{{"Rate", 1}, {"Half saturation", 1}},
               {{"Substance", "glucose"}, {"Population", "NP cells"}}}),
      "law 'test' has 'Rate', which does not belong to Michaelis-Menten kinetics by NP cells; "
      "remove it, or change Kind or Population.");
  EXPECT_EQ(refusal({{{"Rate", 1}}, {{"Substance", "glucose"}}}),
            "law 'test' needs either 'Half saturation' (mM) or 'Half saturation pressure' (kPa, "
            "oxygen only) for Michaelis-Menten kinetics.");
  EXPECT_EQ(refusal({{{"Rate", -1}, {"Half saturation", 1}}, {{"Substance", "glucose"}}}),
            "law 'test' has Rate = -1 mM/h, which must be at least 0 mM/h.");
  EXPECT_EQ(refusal({{}, {{"Substance", "glucose"}, {"Kind", "zero order"}}}),
            "law 'test' has Kind = 'zero order', which is no choice; did you mean 'zero-order'?");
  EXPECT_EQ(refusal({{{"Rat", 1}}, {{"Substance", "glucose"}}}),
            "law 'test' has no parameter 'Rat'; did you mean 'Rate'?");
}

TEST(Kinetics, DescribesItselfWithoutASubstance)
{
  const auto parameters = lacuna::LawLibrary::load("kinetics", ".")->parameters();
  ASSERT_EQ(parameters.size(), 10u);
  EXPECT_EQ(parameters[4].name, "Rate");
  EXPECT_EQ(parameters[4].default_text, "none");
  EXPECT_EQ(parameters[4].choices, std::vector<std::string>{"none"});
}

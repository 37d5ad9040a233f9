// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "laws/law_caller.h"

#include "law_sdk.h"

#include <memory>

// How the solver asks laws: workspace, units of doses.

using namespace lacuna;

namespace
{
  const std::string decay = R"(
    Field   f = field("glucose", "mM");
    Species s = population("cells", "1/mL");
    template <class Number> void rates(At<Number> &at) const
    {
      at.rate(s) += at[f] * at[f];
      at.rate(s) -= 3. * at[s];
      at.lives_on(s, at[s]);
    }
  )";
  const std::string doses = R"(
    Species s = population("cells", "1/mL");
    Field   f = field("x", "mm");
    void at_dose(const Dose &dose, At<double> &at) const
    {
      at.after(s) = at[s] + dose.time + 10 * dose.volume + 100 * dose.x + 1000 * dose.same_site;
    }
    void deliver(Dose &dose) const
    {
      dose.retained_fraction *= 0.5;
      if (dose.volume > 2)
        lacuna::report(dose, "%s has %g mL", dose.name, dose.volume);
    }
  )";

  class Caller : public LawSdk
  {
  protected:
    std::unique_ptr<Law> create(const std::string &name, const std::string &members) const
    {
      build(name, law_with(members));
      return LawLibrary::load(name, folder)->create(name, {});
    }
  };

  Dose some_dose()
  {
    Dose dose;
    dose.name = dose.species = "cells";
    dose.time                = 2 * 86400;
    dose.volume              = 3e-6;
    dose.site                = {4e-3, 0, 0};
    dose.same_site           = 5;
    dose.retained_fraction   = 0.8;
    return dose;
  }
} // namespace

TEST_F(Caller, GivesResultsAndTheDerivativesThatAreWanted)
{
  const auto law = create("decay", decay);
  const LawCaller with(*law, {1}, {0, 1}), without(*law, {1}, {}), by_cells(*law, {1}, {1});
  LawCaller::Workspace workspace;
  constexpr unsigned int n = 7;
  with.prepare(workspace);
  for (unsigned int p = 0; p < n; ++p)
  {
    workspace.read(0)[p] = p;
    workspace.read(1)[p] = 100 + p;
  }
  for (const LawCaller *caller : {&with, &without, &by_cells})
  {
    caller->rates(workspace, n);
    EXPECT_EQ(workspace.gain(0), nullptr) << "the law does not change glucose";
    for (unsigned int p = 0; p < n; ++p)
    {
      EXPECT_EQ(workspace.gain(1)[p], p * p);
      EXPECT_EQ(workspace.loss(1)[p], 3 * (100 + p));
      EXPECT_EQ(workspace.converted(1)[p], 100 + p);
    }
    EXPECT_EQ(workspace.d_gain(1, 0) != nullptr, caller == &with);
    EXPECT_EQ(workspace.d_loss(1, 1) != nullptr, caller != &without);
  }
  EXPECT_EQ(workspace.d_loss(1, 1)[3], 3);
  with.rates(workspace, n);
  EXPECT_EQ(workspace.d_gain(1, 0)[3], 6);
}

TEST_F(Caller, ServesLawsOfAnySizeWithOneWorkspace)
{
  std::string many = "Species s = population(\"cells\", \"1\");\n", sum = "at[s]";
  for (int r = 1; r < 20; ++r)
  {
    many += "Field f" + std::to_string(r) + " = field(\"f" + std::to_string(r) + "\", \"1\");\n";
    sum += " + at[f" + std::to_string(r) + "]";
  }
  many += "template <class Number> void rates(At<Number> &at) const { at.rate(s) += " + sum + "; }";
  const auto small = create("small", decay), large = create("large", many);
  std::vector<unsigned int> all(20);
  for (unsigned int r = 0; r < all.size(); ++r)
    all[r] = r;
  const LawCaller of_small(*small, {1}, {0, 1}), of_large(*large, {0}, all);
  LawCaller::Workspace workspace;
  for (unsigned int round = 0; round < 2; ++round)
  {
    of_small.prepare(workspace);
    workspace.read(0)[0] = 2;
    workspace.read(1)[0] = 1;
    of_small.rates(workspace, 1);
    EXPECT_EQ(workspace.gain(1)[0], 4);
    of_large.prepare(workspace);
    for (unsigned int r = 0; r < all.size(); ++r)
      workspace.read(r)[BatchArray::width - 1] = 1;
    of_large.rates(workspace, BatchArray::width);
    EXPECT_EQ(workspace.gain(0)[BatchArray::width - 1], 20);
    EXPECT_EQ(workspace.d_gain(0, 19)[BatchArray::width - 1], 1);
  }
}

TEST_F(Caller, HandsDosesOverInUnitsOfTheInterface)
{
  const auto law = create("doses", doses); // its time unit is d
  const LawCaller caller(*law, {0}, {});
  LawCaller::Workspace workspace;
  caller.prepare(workspace);
  workspace.read(0)[0] = workspace.read(1)[0] = 0.25;
  caller.at_dose(some_dose(), workspace, 1);
  EXPECT_NEAR(workspace.after(0)[0], 0.25 + 2 + 10 * 3 + 100 * 4 + 1000 * 5, 1e-9);
  EXPECT_EQ(workspace.after(1), nullptr);
}

TEST_F(Caller, LetsLawsLowerTheSharesOfADose)
{
  const auto law = create("doses", doses);
  Dose dose      = some_dose();
  EXPECT_EQ(lower_shares(*law, dose), "cells has 3 mL");
  EXPECT_DOUBLE_EQ(dose.retained_fraction, 0.4);
  dose.volume = 1e-6;
  EXPECT_EQ(lower_shares(*law, dose), "");
  EXPECT_DOUBLE_EQ(dose.retained_fraction, 0.2);
  EXPECT_EQ(dose.viability, 1);
}

TEST(Doses, KnowHowManyWentInAtTheSamePlaceBefore)
{
  std::vector<InjectionSettings> injections(3);
  injections[1].site = {0.9e-4, 0, 0};
  injections[2].site = {1.1e-4, 0, 0};
  EXPECT_EQ(describe_dose(injections, 0).same_site, 0u);
  EXPECT_EQ(describe_dose(injections, 1).same_site, 1u);
  EXPECT_EQ(describe_dose(injections, 2).same_site, 1u);
  EXPECT_EQ(describe_dose(injections, 2).number, 2u);
}

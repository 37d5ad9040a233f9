// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "law_sdk.h"
#include "points_for_laws.h"

#include <cmath>

// The chain rule from what laws say to what the solver needs.

using namespace lacuna;

namespace
{
  constexpr double day = 86400; // s

  /** Two laws that act on the growth of cells by a factor and on their death by a summand. */
  std::string influence(const std::string &factor, const std::string &summand)
  {
    return R"(
      Field  glucose = field("glucose", "mM");
      Field  pH      = field("pH", "1");
      Signal growth  = provide("growth", "cells", product);
      Signal death   = provide("death", "cells", sum);
      template <class Number> void signals(At<Number> &at) const
      {
        at.signal(growth) = )" +
           factor + "; at.signal(death) = " + summand + "; }";
  }
  const std::string fate = R"(
    Field   growth  = use("growth", "cells", product);
    Field   death   = use("death", "cells", sum);
    Species glucose = solute("glucose", "mM");
    Species cells   = immobile_species("cells", "1/mL", "");
    template <class Number> void rates(At<Number> &at) const
    {
      at.rate(cells) += at[growth] * at[glucose];
      at.rate(cells) -= at[death] * at[cells] * at[cells] / (1. + at[cells]);
      at.rate(glucose) -= at[growth] * at[cells] * at[glucose];
    }
  )";

  class ChainRule : public LawSdk
  {
  protected:
    ChainRule()
    {
      build("a", law_with(influence("1. + at[glucose] * at[glucose]", "0.5 * at[pH]")));
      build("b", law_with(influence("0.1 * at[pH] + at[glucose]", "at[glucose] * at[pH]")));
      build("fate", law_with(fate));
      for (const char *name : {"a", "b", "fate"})
        laws.push_back(LawLibrary::load(name, folder)->create(name, {}));
      tissue.points.x = tissue.points.y = tissue.points.z = {0};
      tissue.points.porosity                              = {0.8};
      tissue.points.derived_base                          = {{7}};
      tissue.derived                                      = {{"pH", "1", 1, {}, {{1, -0.2}}}};
      tissue.add_mobile("glucose", "mM");
      tissue.add_mobile("lactate", "mM");
      tissue.add_immobile("cells", "1/mL");
    }

    Reaction bind() { return tissue.bind({laws[0].get(), laws[1].get(), laws[2].get()}); }

    std::vector<std::unique_ptr<Law>> laws;
    PointsForLaws tissue;
  };
} // namespace

TEST_F(ChainRule, CombinesSignalsByProductAndSum)
{
  const double glucose = 2, lactate = 1, pH = 6.8, cells = 3; // cells: 1/mL
  const auto batch    = tissue.evaluate(bind(), {glucose, lactate, 1e6 * cells});
  const double factor = (1 + glucose * glucose) * (0.1 * pH + glucose),
               hazard = 0.5 * pH + glucose * pH;
  EXPECT_NEAR(batch.signal.row(0)[0], factor, 1e-13 * factor);
  EXPECT_NEAR(batch.signal.row(1)[0], hazard, 1e-13 * hazard);
  EXPECT_NEAR(batch.gain.row(0)[0], 1e6 / day * factor * glucose, 1e-9);
  EXPECT_NEAR(batch.loss_rate.row(0)[0], hazard * cells / (1 + cells) / day, 1e-17);
  EXPECT_NEAR(batch.mobile_loss.row(0)[0], factor * cells * glucose / day, 1e-14);
}

TEST_F(ChainRule, GivesTheDerivativesByTheState)
{
  const Reaction reaction         = bind();
  const std::vector<double> state = {2, 1, 3e6};
  const auto exact                = tissue.evaluate(reaction, state);
  for (unsigned int v = 0; v < state.size(); ++v)
  {
    const double h = 1e-5 * state[v];
    auto right = state, left = state;
    right[v] += h;
    left[v] -= h;
    const auto above = tissue.evaluate(reaction, right), below = tissue.evaluate(reaction, left);
    const auto expect = [&](double slope, double high, double low, const char *what)
    {
      const double difference = (high - low) / (2 * h);
      EXPECT_NEAR(slope, difference, 1e-7 * (std::abs(difference) + std::abs(high) / state[v]))
          << what << " by variable " << v;
    };
    expect(exact.d_mobile.row(v)[0], above.mobile_gain.row(0)[0] - above.mobile_loss.row(0)[0],
           below.mobile_gain.row(0)[0] - below.mobile_loss.row(0)[0], "d_mobile");
    expect(exact.d_gain.row(v)[0], above.gain.row(0)[0], below.gain.row(0)[0], "d_gain");
    expect(exact.d_loss_rate.row(v)[0], above.loss_rate.row(0)[0], below.loss_rate.row(0)[0],
           "d_loss_rate");
  }
}

TEST_F(ChainRule, TheLossPerAmountHasALimitWhereThereIsNothing)
{
  // l = death n^2 / (1 + n): l / n vanishes with n, and so does dl/dn.
  const Reaction reaction = bind();
  EXPECT_EQ(tissue.evaluate(reaction, {2, 1, 0}).loss_rate.row(0)[0], 0);
  EXPECT_NEAR(tissue.evaluate(reaction, {2, 1, 1e-6}).loss_rate.row(0)[0], 0, 1e-15);

  build("first-order", law_with(R"(
    Species cells = immobile_species("cells", "1/mL", "");
    template <class Number> void rates(At<Number> &at) const { at.rate(cells) -= 0.3 * at[cells]; }
  )"));
  const auto law          = LawLibrary::load("first-order", folder)->create("first-order", {});
  const Reaction constant = tissue.bind({law.get()});
  for (const double amount : {0., 1e-13, 1e-11, 1., 1e6})
    EXPECT_NEAR(tissue.evaluate(constant, {2, 1, amount}).loss_rate.row(0)[0], 0.3 / day,
                1e-12 * 0.3 / day)
        << amount;
}

TEST_F(ChainRule, EvaluatingLeavesTheReactionAsItIs)
{
  const Reaction reaction = bind();
  const auto first        = tissue.evaluate(reaction, {2, 1, 3e6});
  Reaction::Batch copy    = first;
  tissue.evaluate(reaction, {7, 0, 0});
  reaction.evaluate(copy, tissue.points, 0);
  EXPECT_EQ(copy.gain.row(0)[0], first.gain.row(0)[0]);
  EXPECT_EQ(copy.d_mobile.row(2)[0], first.d_mobile.row(2)[0]);
}

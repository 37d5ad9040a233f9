// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause

// The product with the Jacobian against differences of the residual, immobile species eliminated.

#include <gmock/gmock.h>

#include "kernels/kernel_case.h"
#include "transport/terms/reaction_term.h"

#include <cmath>

using namespace lacuna;

namespace
{
  constexpr double hour = 3600; // s

  /** Cells that eat and die, glucose held on the right, exchange of lactate on the left. */
  KernelCase living_bar(const std::string &reactions = "lumped")
  {
    const std::string left = "Boundary conditions/left/lactate/";
    return KernelCase({"Solver/Reactions=" + reactions,
                       "Laws/life/Law=" + test_law("starving-cells"),
                       "Laws/life/Uptake=2e-3 nmol/d", "Laws/life/Death rate=100 /d",
                       "Laws/life/Decay=1 /d", "Boundary conditions/right/glucose/Type=fixed",
                       "Boundary conditions/right/glucose/Value=3 mM", left + "Type=exchange",
                       left + "Exchange coefficient=1e-7 m/s", left + "Value=1 mM"});
  }

  /** A stage of a step of an hour, or a steady state, on which residuals are evaluated. */
  struct Stage
  {
    Stage(const KernelCase &on_, bool steady)
        : on(on_), before(on.given()), cells(on.points(4e12)), start(evaluated_at_start())
    {
      if (steady)
        return;
      equation.alpha     = 2 / hour;
      equation.predictor = before;
      equation.time      = hour;
      equation.immobile  = {cells, start.gain, start.loss_rate, hour};
    }

    Evaluation evaluated_at_start() const
    {
      Evaluation result = on.residual.make_evaluation();
      result.immobile   = cells;
      on.residual.evaluate({}, before, result);
      return result;
    }

    Evaluation evaluate(const NodeField &c) const
    {
      Evaluation result = on.residual.make_evaluation();
      result.immobile   = cells;
      on.residual.evaluate(equation, c, result);
      return result;
    }

    /** Without the rows of prescribed values, next to whose 1 all others are tiny. */
    NodeField free_rows(NodeField y) const
    {
      for (const auto &fixed : on.boundary.fixed)
        y(fixed.node, fixed.species) = 0;
      return y;
    }

    NodeField product(const NodeField &c, const NodeField &x) const
    {
      Evaluation at = evaluate(c);
      NodeField y(x.n_entities(), x.n_species());
      on.residual.apply_jacobian(at, x, y);
      return y;
    }

    double error_of_product(const NodeField &c, const NodeField &x) const
    {
      const auto residual = [&](const NodeField &at) { return evaluate(at).residual; };
      return relative_difference(free_rows(product(c, x)),
                                 free_rows(difference(residual, c, x, 1e-4)));
    }

    const KernelCase &on;
    const NodeField before;
    const PointField cells;
    const Evaluation start;
    Equation equation;
  };

  /** Uneven values of the size that the case gives each species. */
  NodeField state(const KernelCase &on)
  {
    NodeField result = on.rough();
    for_each_value(result,
                   [&](std::size_t node, unsigned int s) { result(node, s) *= on.model.scale[s]; });
    return result;
  }

  NodeField direction(const KernelCase &on)
  {
    return on.nodes([&](unsigned int s, double x, double y, double z)
                    { return on.model.scale[s] * std::cos(11 * x + 6 * y + 3 * z + s); });
  }
} // namespace

TEST(Jacobian, IsTheDifferenceOfSteadyResiduals)
{
  const KernelCase on = living_bar();
  const Stage stage(on, true);
  const NodeField c = state(on), x = direction(on);
  EXPECT_LT(stage.error_of_product(c, x), 1e-6);
}

TEST(Jacobian, IsTheDifferenceOfResidualsOfAStepInWhichCellsDie)
{
  const KernelCase on = living_bar();
  const Stage stage(on, false);
  const NodeField c = state(on), x = direction(on);
  const Evaluation at = stage.evaluate(c);
  EXPECT_LT(at.immobile(0, 0), 0.95 * 4e12); // they do
  EXPECT_LT(stage.error_of_product(c, x), 1e-6);
}

TEST(Jacobian, OfConsistentReactionsIsTheDifferenceOfResiduals)
{
  const KernelCase on = living_bar("consistent");
  const NodeField c = state(on), x = direction(on);
  for (const bool steady : {true, false})
    EXPECT_LT(Stage(on, steady).error_of_product(c, x), 1e-6);
}

TEST(Jacobian, OfTheReactionTermAloneHasTheCellsEliminated)
{
  const KernelCase on = living_bar();
  const Stage stage(on, false);
  const ReactionTerm term(on.model);
  const NodeField c = state(on), x = direction(on);
  const auto rate = [&](const NodeField &at)
  { return TermAt(on, term, at, stage.cells, stage.equation).rate(); };
  TermAt at(on, term, c, stage.cells, stage.equation);
  const NodeField product = at.derivative(x);
  EXPECT_LT(relative_difference(product, difference(rate, c, x, 1e-4)), 1e-6);
  // With the cells held as they are at the end of the step, something is missing.
  const NodeField held = TermAt(on, term, c, at.evaluation.immobile).derivative(x);
  EXPECT_GT(relative_difference(held, product), 1e-3);
}

TEST(Jacobian, OfMovingCellsIsTheDifferenceOfResiduals)
{
  const KernelCase on({"Laws/walk/Law=" + test_law("moving-cells"), "Laws/walk/Death rate=2 /d",
                       "Laws/walk/Settling=3 /d", "Laws/walk/Strength=4",
                       "Geometry/Box/Layers=gel: 4 mm / 5",
                       "Output/Probes/right/From=4 mm, 0 mm, 0 mm"},
                      "migration.prm");
  const Stage stage(on, false);
  const NodeField c = state(on), x = direction(on);
  EXPECT_LT(stage.error_of_product(c, x), 1e-6);
}

TEST(Jacobian, IsTheIdentityInRowsOfPrescribedValues)
{
  const KernelCase on = living_bar();
  const Stage stage(on, false);
  const NodeField x = direction(on), y = stage.product(state(on), x);
  ASSERT_EQ(on.boundary.fixed.size(), 4u);
  for (const auto &fixed : on.boundary.fixed)
    EXPECT_EQ(y(fixed.node, fixed.species), x(fixed.node, fixed.species));
}

TEST(Residual, OfPrescribedValuesIsHowFarTheyAreOff)
{
  const KernelCase on = living_bar();
  const Stage stage(on, true);
  const Evaluation at = stage.evaluate(on.constant(5));
  for (const auto &fixed : on.boundary.fixed)
    EXPECT_EQ(at.residual(fixed.node, fixed.species), 5 - 3);
}

TEST(Residual, IsWhatIsStoredMinusWhatTheTermsBring)
{
  const KernelCase on = living_bar();
  const Stage stage(on, false);
  const NodeField c   = state(on);
  const Evaluation at = stage.evaluate(c);
  for_each_value(c,
                 [&](std::size_t node, unsigned int s)
                 {
                   if (on.boundary.is_fixed(node, s))
                     return;
                   const double stored =
                       2 / hour * on.model.storage(node, s) * (c(node, s) - stage.before(node, s));
                   const double scale = std::abs(stored) + std::abs(at.rate(node, s));
                   EXPECT_NEAR(at.residual(node, s), stored - at.rate(node, s), 1e-14 * scale);
                 });
}

/** Sum over all nodes of what the terms bring = what flows in + is made - is consumed. */
TEST(Residual, ItsTotalsAreTheSumsOfItsRates)
{
  for (const char *reactions : {"lumped", "consistent"})
  {
    const KernelCase on = living_bar(reactions);
    const Stage stage(on, true);
    const Evaluation at = stage.evaluate(state(on));
    for (unsigned int s = 0; s < 2; ++s)
    {
      const Totals &totals = at.totals;
      EXPECT_NEAR(total(at.rate, s), totals.in[s] + totals.produced[s] - totals.consumed[s],
                  1e-12 * at.imbalance.turnover[s])
          << reactions;
    }
  }
}

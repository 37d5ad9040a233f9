// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause

// What a cycle leaves of an error, whatever the mesh.

#include <gmock/gmock.h>

#include "kernels/kernel_case.h"
#include "transport/preconditioner/multigrid.h"

#include <cmath>

using namespace lacuna;

namespace
{
  constexpr double hour = 3600; // s

  double norm(const NodeField &field)
  {
    double sum = 0;
    for (const double value : field)
      sum += value * value;
    return std::sqrt(sum);
  }

  /** What is left of an error by e -> e - M^-1 J e, per cycle, after the first few; of an equation
   * with `alpha` that follows one with `alpha_before`. */
  double contraction(const std::vector<std::string> &overrides, double alpha = 0,
                     double alpha_before = 0)
  {
    const KernelCase on(overrides);
    Multigrid multigrid(on.model, on.boundary);
    Evaluation evaluation  = on.residual.make_evaluation();
    evaluation.immobile    = on.points(4e12);
    const NodeField before = on.given();
    for (const double now : {alpha_before, alpha})
    {
      Equation equation;
      equation.alpha     = now;
      equation.predictor = before;
      on.residual.evaluate(equation, on.given(), evaluation);
      multigrid.update(evaluation);
    }

    NodeField error = on.rough(), product = error, correction = error;
    for_each_value(error,
                   [&](std::size_t node, unsigned int s)
                   {
                     const bool is_known = on.boundary.is_fixed(node, s) || on.is_hanging(node);
                     error(node, s)      = is_known ? 0 : error(node, s) - 1.5;
                   });
    constexpr unsigned int at_first = 4, n_cycles = 6;
    double start = 0;
    for (unsigned int k = 0; k < at_first + n_cycles; ++k)
    {
      if (k == at_first)
        start = norm(error);
      on.residual.apply_jacobian(evaluation, error, product);
      multigrid.apply(product, correction);
      error = sum_of(error, -1, correction);
    }
    return std::pow(norm(error) / start, 1. / n_cycles);
  }

  const std::string starving_cells = "Laws/life/Law=" + test_law("starving-cells");
} // namespace

TEST(Multigrid, LeavesATenthOfAnErrorOnEveryMeshOfCubes)
{
  for (const char *refinements : {"1", "2", "3"})
    EXPECT_LT(
        contraction(held_at_right({std::string("Geometry/Global refinements=") + refinements})),
        0.1)
        << refinements;
}

TEST(Multigrid, LeavesATenthWhereNodesHang)
{
  for (const std::string further : {"1", "2", "3"})
    for (const std::string refinements : {"0", "1"})
      EXPECT_LT(contraction(held_at_right({"Geometry/Refine further=firm: " + further,
                                           "Geometry/Global refinements=" + refinements})),
                0.1)
          << further << " " << refinements;
}

TEST(Multigrid, LeavesLittleMoreWhereCellsAreFlat)
{
  for (const char *thickness : {"0.1 mm", "0.02 mm"}) // 5 and 25 times wider than high
    EXPECT_LT(contraction(held_at_right({"Geometry/Global refinements=2",
                                         std::string("Geometry/Box/Size z=") + thickness})),
              0.2)
        << thickness;
}

TEST(Multigrid, LeavesNoMoreOfTheStepOfAnHour)
{
  EXPECT_LT(contraction(held_at_right({"Geometry/Global refinements=2"}), 1 / hour), 0.1);
}

TEST(Multigrid, ServesStepsOfAllLengthsWhicheverCameFirst)
{
  const auto bar = held_at_right({"Geometry/Global refinements=2"});
  EXPECT_LT(contraction(bar, 0, 1), 0.1) << "a steady state after a step of a second";
  EXPECT_LT(contraction(bar, 1, 0), 0.1) << "the other way round";
}

TEST(Multigrid, KnowsTheExchangeAtTheFacesAndWhatReacts)
{
  const std::string left = "Boundary conditions/left/glucose/";
  for (const char *reactions : {"lumped", "consistent"})
    EXPECT_LT(contraction(held_at_right(
                  {"Geometry/Global refinements=2", starving_cells, "Laws/life/Decay=50 /d",
                   left + "Type=exchange", left + "Exchange coefficient=1e-5 m/s",
                   left + "Value=1 mM", std::string("Solver/Reactions=") + reactions})),
              0.15)
        << reactions;
}

TEST(Multigrid, ServesQuadraticElements)
{
  EXPECT_LT(
      contraction(held_at_right({"Geometry/Global refinements=1", "Geometry/Element degree=2"})),
      0.5);
}

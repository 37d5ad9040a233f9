// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause

// Newton's method on a bar whose solution is known.

#include <gmock/gmock.h>

#include "kernels/kernel_case.h"
#include "transport/newton.h"
#include "transport/preconditioner/incomplete_cholesky.h"

#include <algorithm>

using namespace lacuna;

namespace
{
  /** Glucose, 4 mM at first, and lactate, 1 mM, in a bath of the same concentration of both. */
  KernelCase bar_in_a_bath(const std::string &concentration,
                           std::vector<std::string> overrides = {})
  {
    for (const std::string solute : {"glucose", "lactate"})
    {
      overrides.push_back("Boundary conditions/right/" + solute + "/Type=fixed");
      overrides.push_back("Boundary conditions/right/" + solute + "/Value=" + concentration);
    }
    return KernelCase(overrides);
  }

  Newton make_newton(const KernelCase &on)
  {
    return {on.residual, std::make_unique<IncompleteCholesky>(on.model, on.boundary),
            on.input.solver};
  }
} // namespace

TEST(Newton, FindsASolutionThatIsZero)
{
  const KernelCase bar = bar_in_a_bath("0 mM");
  Newton newton        = make_newton(bar);
  Solution solution(bar.residual);
  solution.mobile = bar.given();
  ASSERT_TRUE(newton.solve({}, {}, solution));
  EXPECT_LE(newton.n_nonlinear_iterations(), 10u);
  EXPECT_LT(largest(solution.mobile, 0), 1e-15 * 4);
  EXPECT_LT(largest(solution.mobile, 1), 1e-15 * 1);
}

TEST(Newton, FindsTheBathWhereNothingReacts)
{
  const KernelCase bar = bar_in_a_bath("3 mM");
  Newton newton        = make_newton(bar);
  Solution solution(bar.residual);
  solution.mobile = bar.given();
  ASSERT_TRUE(newton.solve({}, {}, solution));
  EXPECT_LT(relative_difference(solution.mobile, bar.constant(3)), 1e-9);
}

/** From a fed bar to one that starves in the middle: saturation makes the residual grow on the way,
 * and steps that were cut until it falls would take twice as many. */
TEST(Newton, TakesFullStepsToAStarvingBar)
{
  const KernelCase bar =
      bar_in_a_bath("1 mM", {"Laws/life/Law=" + test_law("starving-cells"),
                             "Laws/life/Uptake=2e-3 nmol/d", "Solver/Newton tolerance=1e-10"});
  Newton newton = make_newton(bar);
  Solution solution(bar.residual);
  solution.mobile              = bar.given();
  solution.evaluation.immobile = bar.points(4e12);
  ASSERT_TRUE(newton.solve({}, {}, solution));
  double least = 1;
  for (std::size_t node = 0; node < solution.mobile.n_entities(); ++node)
    least = std::min(least, solution.mobile(node, 0));
  EXPECT_LT(least, 0.4);
  EXPECT_GE(least, 0);
  EXPECT_LE(newton.n_nonlinear_iterations(), 7u);
}

TEST(Newton, LeavesTheGuessWhereNoSolutionIsFound)
{
  const KernelCase bar = bar_in_a_bath("3 mM", {"Solver/Newton iterations=1"});
  Newton newton        = make_newton(bar);
  Solution solution(bar.residual);
  solution.mobile              = bar.given();
  solution.evaluation.immobile = bar.points(5);
  ASSERT_FALSE(newton.solve({}, {}, solution));
  EXPECT_EQ(relative_difference(solution.mobile, bar.given()), 0);
  EXPECT_EQ(solution.evaluation.immobile(0, 0), 5);
}

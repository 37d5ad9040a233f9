// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause

// How exactly equations are solved when nobody says how: an algebraic error, against a solution to
// rounding, that is small beside that of the mesh; and its estimate.

#include <gmock/gmock.h>

#include "kernels/kernel_case.h"
#include "transport/make_solver.h"
#include "transport/nested_iteration.h"

#include <cmath>

using namespace lacuna;

namespace
{
  /** Starving cells, 1 mM of glucose and lactate at one end. */
  std::vector<std::string> starving(unsigned int refinements, const std::string &tolerance)
  {
    return held_at_right({"Laws/life/Law=" + test_law("starving-cells"),
                          "Laws/life/Uptake=2e-3 nmol/d", "Solver/Method=multigrid",
                          "Geometry/Global refinements=" + std::to_string(refinements),
                          "Solver/Newton tolerance=" + tolerance});
  }

  /** Sums of storage |a - b|, of glucose and lactate. */
  std::vector<double> distance(const KernelCase &on, const NodeField &a, const NodeField &b)
  {
    NodeField difference = sum_of(a, -1, b);
    for (double &value : difference)
      value = std::abs(value);
    return on.model.storage.amounts(difference);
  }

  struct Steady
  {
    explicit Steady(const KernelCase &on) : solver(make_solver(on.residual, on.input.solver))
    {
      state.mobile   = on.given();
      state.immobile = on.points(4e12);
      found          = find_steady_state(*solver, on.residual, state);
    }
    std::unique_ptr<NonlinearSolver> solver;
    State state;
    SteadyState found;
  };

} // namespace

TEST(Accuracy, OfASteadyStateIsATenthOfWhatTheMeshMakes)
{
  const KernelCase automatic(starving(3, "automatic")), exact(starving(3, "1e-13"));
  const Steady quick(automatic), thorough(exact);
  EXPECT_LT(quick.solver->n_nonlinear_iterations(), thorough.solver->n_nonlinear_iterations());
  EXPECT_LE(quick.found.defect, 1e-5);
  const std::vector<double> error  = distance(exact, quick.state.mobile, thorough.state.mobile),
                            amount = exact.model.storage.amounts(thorough.state.mobile);
  ASSERT_TRUE(quick.found.mesh_error && quick.found.solver_error);
  for (unsigned int s = 0; s < 2; ++s)
    EXPECT_LE(error[s], 0.1 * *quick.found.mesh_error * amount[s]);
  const double largest = largest_part(error, amount);
  EXPECT_GT(*quick.found.solver_error, largest / 2);
  EXPECT_LT(*quick.found.solver_error, largest * 2);
}

TEST(Accuracy, OfTheMeshIsSeenFromTheNextCoarserOne)
{
  const Steady on_2{KernelCase(starving(2, "1e-12"))}, on_3{KernelCase(starving(3, "1e-12"))};
  ASSERT_TRUE(on_2.found.mesh_error && on_3.found.mesh_error);
  EXPECT_NEAR(*on_2.found.mesh_error / *on_3.found.mesh_error, 4, 0.5); // second order
}

TEST(Accuracy, CanBeAskedFor)
{
  const KernelCase bar(starving(1, "1e-3"));
  for (const Accuracy &accuracy :
       {accuracy_to_rounding(bar.input.solver), accuracy_on_levels(bar.input.solver),
        accuracy_of_stage(bar.input.solver, {})})
  {
    EXPECT_EQ(accuracy.defect, 1e-3);
    EXPECT_FALSE(accuracy.part_of_change);
    EXPECT_FALSE(accuracy.part_of_amount);
  }
}

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause

// Where a mesh is refined, and what becomes of it.

#include <gmock/gmock.h>

#include "kernels/kernel_case.h"
#include "transport/mesh_indicator.h"

#include <cmath>
#include <string>
#include <vector>

using namespace lacuna;

namespace
{
  /** Glucose that falls within a tenth of a millimetre beside the left end of the bar, and nowhere
   * else. */
  NodeField boundary_layer(const KernelCase &on)
  {
    return on.nodes([](unsigned int, double x, double, double) { return 1 - std::exp(-10 * x); });
  }

  std::vector<std::string> held_at_left()
  {
    return {"Geometry/Global refinements=1", "Boundary conditions/left/glucose/Type=fixed",
            "Boundary conditions/left/glucose/Value=0 mM",
            "Boundary conditions/left/lactate/Type=fixed",
            "Boundary conditions/left/lactate/Value=0 mM"};
  }

  State state_of(const KernelCase &on, const NodeField &mobile)
  {
    State result;
    result.mobile   = mobile;
    result.immobile = on.points(0);
    return result;
  }
} // namespace

TEST(MeshIndicator, RefinesTheCellsInWhichAFieldBends)
{
  const KernelCase on(held_at_left());
  MeshIndicator indicator(on.residual);
  indicator.add(state_of(on, boundary_layer(on)), 1);
  const Refinement refined = indicator.refined(0.9);
  EXPECT_EQ(refined.global, 1);
  EXPECT_EQ(refined.cells, std::vector<dealii::CellId>{dealii::CellId("0_0:")})
      << "the first of the six cells of the bar";
}

TEST(MeshIndicator, KeepsWhatIsRefinedAlready)
{
  auto overrides = held_at_left();
  overrides.push_back("Geometry/Refine further=firm: 1");
  const KernelCase on(overrides);
  MeshIndicator indicator(on.residual);
  indicator.add(state_of(on, boundary_layer(on)), 1);
  const Refinement &before = on.geometry->refinement, after = indicator.refined(0.9);
  for (const dealii::CellId &cell : before.cells)
    EXPECT_TRUE(after.refines(cell)) << cell.to_string();
  EXPECT_GT(after.cells.size(), before.cells.size());
}

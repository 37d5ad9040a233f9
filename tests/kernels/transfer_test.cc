// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause

// From a mesh to the one it refines, and back.

#include <gmock/gmock.h>

#include "kernels/kernel_case.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

using namespace lacuna;

namespace
{
  /** The two finest levels of a case, and fields of three values that live on them. */
  struct TwoLevels
  {
    explicit TwoLevels(const std::vector<std::string> &overrides,
                       const std::string &file = "bar.prm")
        : fine(overrides, file), coarser(*fine.level.coarser()),
          on_coarse(coarser.transfer.coarse_nodes, 3), on_fine(fine.layout.n_nodes, 3)
    {
    }

    /** Interpolates the places of the coarse nodes; returns the largest distance (m) from those of
     * the fine ones. */
    double interpolate_places()
    {
      for_each_value(on_coarse.owned(), [&](std::size_t node, unsigned int d)
                     { on_coarse.owned()(node, d) = coarser.layout.node_position[node][d]; });
      on_coarse.fetch_ghosts();
      coarser.transfer.interpolate(on_coarse.view(), on_fine);
      double result = 0;
      for_each_value(on_fine,
                     [&](std::size_t node, unsigned int d)
                     {
                       if (!fine.is_hanging(node))
                         result = std::max(result, std::abs(on_fine(node, d) -
                                                            fine.layout.node_position[node][d]));
                     });
      return result;
    }

    KernelCase fine;
    Level::Coarser &coarser;
    GhostedNodeField on_coarse;
    NodeField on_fine;
  };

  TwoLevels round_body(unsigned int refinements)
  {
    return TwoLevels({"Geometry/Element degree=1", "Geometry/Cylinder/Cells along z=2",
                      "Geometry/Cylinder/Layers=tissue: 6 mm / 1, tissue: 4 mm / 1",
                      "Geometry/Global refinements=" + std::to_string(refinements)},
                     "../../parameter-files/verification/cylinder.prm");
  }
} // namespace

TEST(Transfer, InterpolatesLinearFunctionsExactly)
{
  for (const char *what : {"Geometry/Global refinements=1", "Geometry/Global refinements=2",
                           "Geometry/Element degree=2"})
    EXPECT_LT(TwoLevels({what}).interpolate_places(), 1e-17) << what;
}

TEST(Transfer, InterpolatesLinearFunctionsExactlyBesideHangingNodes)
{
  for (const std::string further : {"1", "2"})
    for (const std::string refinements : {"0", "1"})
    {
      TwoLevels levels({"Geometry/Refine further=firm: " + further,
                        "Geometry/Global refinements=" + refinements});
      EXPECT_GT(levels.fine.layout.hanging.n_constraints(), 0);
      EXPECT_LT(levels.interpolate_places(), 1e-17) << further << " " << refinements;
    }
}

/** New nodes of a round body lie on the body, not on the chords: a quarter as far at every level.
 */
TEST(Transfer, IsOffTheNodesOfARoundBodyByTheSagOfItsCells)
{
  const double coarse = round_body(1).interpolate_places(),
               fine   = round_body(2).interpolate_places();
  EXPECT_GT(coarse, 0);
  EXPECT_NEAR(coarse / fine, 4, 0.4);
}

TEST(Transfer, LosesNoneOfTheAmountsThatItGathers)
{
  TwoLevels levels = round_body(1);
  double before[3] = {}, after[3] = {};
  for_each_value(levels.on_fine,
                 [&](std::size_t node, unsigned int k)
                 {
                   levels.on_fine(node, k) = 1 + std::sin(7. * node + k);
                   before[k] += levels.on_fine(node, k);
                 });
  levels.coarser.transfer.gather(levels.on_fine, levels.on_coarse);
  for_each_value(levels.on_coarse.owned(), [&](std::size_t node, unsigned int k)
                 { after[k] += levels.on_coarse.owned()(node, k); });
  for (unsigned int k = 0; k < 3; ++k)
    EXPECT_NEAR(after[k] / before[k], 1, 1e-13);
}

TEST(Transfer, SamplesWhatItInterpolated)
{
  TwoLevels levels = round_body(1);
  levels.interpolate_places();
  levels.coarser.transfer.sample(levels.on_fine, levels.on_coarse);
  for_each_value(levels.on_coarse.owned(),
                 [&](std::size_t node, unsigned int d)
                 {
                   EXPECT_DOUBLE_EQ(levels.on_coarse.owned()(node, d),
                                    levels.coarser.layout.node_position[node][d]);
                 });
}

TEST(Level, HasACoarserOneForEachRefinementAndForTheDegree)
{
  const auto n_levels = [](const std::vector<std::string> &overrides)
  {
    KernelCase on(overrides);
    unsigned int result = 1;
    for (Level *level = &on.level; level->coarser() != nullptr; level = &level->coarser()->level)
      ++result;
    return result;
  };
  EXPECT_EQ(n_levels({}), 1);
  EXPECT_EQ(n_levels({"Geometry/Global refinements=2"}), 3);
  EXPECT_EQ(n_levels({"Geometry/Global refinements=1", "Geometry/Element degree=2"}), 3);
}

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause

// What must hold exactly in every coupled run, whatever the numbers: case V24.

#include "support/case_run.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>
#include <map>

using namespace lacuna;

namespace
{
  using Overrides = std::vector<std::string>;

  constexpr double lactate_in_water = 1.39e-3, glucose_in_water = 9.16667e-4; // mm^2/s

  /** A lumbar disc with the usual supply: more of everything at the periphery than at the
   * endplates. */
  CaseRun disc(const Overrides &more = {})
  {
    Overrides overrides = {"Boundary conditions/annulus periphery/oxygen/Value=5.8 kPa",
                           "Boundary conditions/annulus periphery/glucose/Value=5 mM",
                           "Boundary conditions/annulus periphery/lactate/Value=0.9 mM"};
    overrides.insert(overrides.end(), more.begin(), more.end());
    return CaseRun(verification("disc-uniform-supply.prm"), overrides);
  }
} // namespace

TEST(Invariants, UnequalSuppliesBoundTheInvariant)
{
  const CaseRun run  = disc();
  const auto lactate = run.point_values("lactate"), glucose = run.point_values("glucose");
  double low = 1, high = 0;
  for (std::size_t p = 0; p < lactate.size(); ++p)
  {
    const double psi = lactate_in_water * lactate[p] + 2 * glucose_in_water * glucose[p];
    low              = std::min(low, psi);
    high             = std::max(high, psi);
  }
  EXPECT_GE(low, 0.00844533 * (1 - 1e-4)); // the mesh may break the maximum principle, hardly
  EXPECT_LE(high, 0.01041767 * (1 + 1e-4));
}

TEST(Invariants, TwoLactateForOneGlucoseAndFluxesThatBalanceRates)
{
  const CaseRun run            = disc();
  const BalanceRecord &glucose = run.balance("glucose"), &lactate = run.balance("lactate"),
                      &oxygen = run.balance("oxygen");
  EXPECT_NEAR(-lactate.in / glucose.in, 2, 1e-7);
  EXPECT_NEAR(glucose.in / glucose.consumed, 1, 1e-8);
  EXPECT_NEAR(-lactate.in / lactate.produced, 1, 1e-8);
  EXPECT_NEAR(oxygen.in / oxygen.consumed, 1, 1e-8);
  for (const BalanceRecord *balance : {&glucose, &lactate, &oxygen})
    EXPECT_LE(balance->largest_relative_defect, 1e-8);
}

TEST(Invariants, MoreGlucoseOutsideIsMoreEverywhereAndChangesNothingElse)
{
  const std::string no_limiter = "Laws/metabolism/Glucose limiter constant=0 mM";
  const CaseRun run            = disc({no_limiter});
  const CaseRun more(verification("disc-uniform-supply.prm"),
                     {no_limiter, "Boundary conditions/annulus periphery/oxygen/Value=5.8 kPa",
                      "Boundary conditions/annulus periphery/glucose/Value=8 mM",
                      "Boundary conditions/annulus periphery/lactate/Value=0.9 mM",
                      "Boundary conditions/superior endplate/glucose/Value=7 mM",
                      "Boundary conditions/inferior endplate/glucose/Value=7 mM"});
  for (const auto &[quantity, difference] :
       std::map<std::string, double>{{"glucose", 3}, {"oxygen", 0}, {"lactate", 0}, {"pH", 0}})
  {
    const auto before = run.point_values(quantity), after = more.point_values(quantity);
    double largest = 0;
    for (std::size_t p = 0; p < before.size(); ++p)
      largest = std::max(largest, std::abs(after[p] - before[p] - difference));
    EXPECT_LE(largest, 1e-6) << quantity;
  }
}

TEST(Invariants, LengthsAndDensitiesScale)
{
  // All lengths twice, a quarter of the cells: the same steady fields, and the same fields four
  // times later.
  const Overrides twice = {"Geometry/Box/Layers=nucleus: 10 mm / 40", "Geometry/Box/Size y=0.25 mm",
                           "Geometry/Box/Size z=0.25 mm",
                           "Cells/NP cells/Density in nucleus=0.9e6 /mL",
                           "Output/Probes/outside/From=8 mm, 0 mm, 0 mm"};
  const auto with       = [](Overrides overrides, const Overrides &more)
  {
    overrides.insert(overrides.end(), more.begin(), more.end());
    return overrides;
  };
  const std::string file = verification("supply-drop.prm");
  const CaseRun small(file, {"Time/Mode=steady"}), large(file, with(twice, {"Time/Mode=steady"}));
  const CaseRun small_later(file, {"Time/End=3 h", "Output/Field times=", "Time/Step=0.1 h"});
  const CaseRun large_later(
      file, with(twice, {"Time/End=12 h", "Output/Field times=", "Time/Step=0.4 h"}));
  for (const char *quantity : {"oxygen", "glucose", "lactate"})
    for (const char *probe : {"centre", "outside"})
    {
      EXPECT_NEAR(large.value(quantity, probe) / small.value(quantity, probe), 1, 1e-7);
      EXPECT_NEAR(large_later.value(quantity, probe) / small_later.value(quantity, probe), 1, 1e-6);
    }
}

TEST(Invariants, MirrorImagesHaveMirroredFields)
{
  const CaseRun run    = disc();
  const auto positions = run.point_positions();
  const auto glucose   = run.point_values("glucose");
  const auto regions   = run.point_regions();
  using Key            = std::array<long, 4>;
  const auto key       = [&](std::size_t p, double sign)
  {
    const auto &at = positions[p];
    return Key{std::lround(1e4 * sign * at[0]), std::lround(1e4 * at[1]), std::lround(1e4 * at[2]),
               long(regions[p])};
  };
  std::map<Key, double> left;
  for (std::size_t p = 0; p < glucose.size(); ++p)
    left[key(p, 1)] = glucose[p];
  std::size_t pairs = 0;
  for (std::size_t p = 0; p < glucose.size(); ++p)
    if (const auto image = left.find(key(p, -1)); image != left.end())
    {
      ++pairs;
      EXPECT_NEAR(image->second, glucose[p], 1e-7);
    }
  EXPECT_GT(pairs, glucose.size() * 9 / 10);
}

TEST(Invariants, BoundsOfTheFields)
{
  const CaseRun run = disc();
  EXPECT_GE(run.quantity("oxygen").whole.minimum, 0);
  EXPECT_LE(run.quantity("oxygen").whole.maximum, 5.8 * (1 + 1e-9));
  EXPECT_GE(run.quantity("glucose").whole.minimum, 0);
  EXPECT_LE(run.quantity("glucose").whole.maximum, 5 * (1 + 1e-9));
  EXPECT_GE(run.quantity("lactate").whole.minimum, 0.8 * (1 - 1e-9));
  EXPECT_LE(run.quantity("pH").whole.maximum, 7.4 - 0.8 / 11.11 + 1e-9);
}

TEST(Invariants, TheDeadStayDeadAndTheFedLive)
{
  const CaseRun run(
      verification("slab-starvation.prm"),
      {"Geometry/Box/Layers=nucleus: 8 mm / 32", "Time/End=3 d", "Output/Field times=1 d"});
  std::vector<double> alive(65, 4e6), lowest(65, 10);
  for (const Moment &moment : run.moments())
    for (unsigned int k = 0; k < moment.probes.size(); k += 2) // the nodes
    {
      const double glucose = run.at_time(moment.time, "glucose", moment.probes[k].at[0]);
      const double cells   = run.at_time(moment.time, "NP cells", moment.probes[k].at[0]);
      EXPECT_LE(cells, alive[k] * (1 + 1e-12));
      EXPECT_GE(cells, 0);
      alive[k]  = cells;
      lowest[k] = std::min(lowest[k], glucose);
      if (lowest[k] > 0.5)
        EXPECT_NEAR(cells, 4e6, 1e-6);
    }
  EXPECT_LT(alive[0], 1e6);
}

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause

// What laws do to the mobile species: lumped at nodes, and consistent.

#include <gmock/gmock.h>

#include "kernels/kernel_case.h"
#include "transport/terms/reaction_term.h"

#include <cmath>

using namespace lacuna;

namespace
{
  constexpr double day = 86400, decay = 3 / day; // s, 1/s

  KernelCase starving(std::vector<std::string> overrides, const std::string &reactions = "lumped")
  {
    overrides.emplace_back("Laws/life/Law=" + test_law("starving-cells"));
    overrides.emplace_back("Solver/Reactions=" + reactions);
    return KernelCase(overrides);
  }

  /** Sum over the points of a node of weight * value(region). */
  template <class Value>
  double lumped(const KernelCase &on, std::size_t node, const Value &value)
  {
    double sum = 0;
    for (unsigned int p = on.layout.node_begin[node]; p < on.layout.node_begin[node + 1]; ++p)
      sum += on.layout.point_weight[p] * value(on.layout.point_region[p]);
    return sum;
  }

  /** For every node and both solutes: F = -k m c with `share` of a region. */
  template <class Share>
  void expect_decay(const KernelCase &on, const TermAt &at, const NodeField &c, double k,
                    unsigned int s, const Share &share)
  {
    double sum = 0;
    for (std::size_t node = 0; node < c.n_entities(); ++node)
    {
      const double expected = -k * lumped(on, node, share) * c(node, s);
      EXPECT_NEAR(at.rate()(node, s) / expected, 1, 1e-13);
      EXPECT_NEAR(at.evaluation.local(node, s, s) * c(node, s) / expected, 1, 1e-13);
      sum += expected;
    }
    EXPECT_NEAR(at.evaluation.totals.consumed[s] / -sum, 1, 1e-13);
    EXPECT_EQ(at.evaluation.totals.produced[s], 0);
  }
} // namespace

TEST(ReactionTerm, FirstOrderDecayByALawIsKMCPerTissueVolume)
{
  const KernelCase bar = starving({"Laws/life/Decay=3 /d"});
  const NodeField c    = bar.rough();
  const ReactionTerm term(bar.model);
  const TermAt at(bar, term, c, bar.points(0));
  for (unsigned int s = 0; s < 2; ++s)
    expect_decay(bar, at, c, decay, s, [](unsigned int) { return 1.; });
}

TEST(ReactionTerm, DeclaredDecayIsOfWhatTheTissueStores)
{
  const KernelCase bar(
      {"Laws/factors/Law=" + test_law("transports"), "Laws/factors/Release=0 ng/d"});
  const NodeField c = bar.rough(1e-6);
  const ReactionTerm term(bar.model);
  const TermAt at(bar, term, c, bar.points(0));
  const double k = 20 / day;
  const int pore = bar.species.find_mobile("pore factor"),
            all  = bar.species.find_mobile("tissue factor");
  ASSERT_GE(pore, 0);
  ASSERT_GE(all, 0);
  expect_decay(bar, at, c, k, pore, [](unsigned int region) { return region == 0 ? 0.8 : 0.6; });
  expect_decay(bar, at, c, k, all, [](unsigned int) { return 1.; });
}

TEST(ReactionTerm, CellsOnBothSidesOfAnInterfaceCountByTheirVolumes)
{
  const KernelCase bar = starving({"Laws/life/Uptake=1e-4 nmol/d"});
  PointField cells     = bar.points(0); // 4e6 and 1e6 per mL
  for (unsigned int p = 0; p < bar.layout.n_points(); ++p)
    cells(p, 0) = bar.layout.point_region[p] == 0 ? 4e12 : 1e12;
  const NodeField c = bar.rough();
  const ReactionTerm term(bar.model);
  const TermAt at(bar, term, c, cells);
  double eaten = 0;
  for (std::size_t node = 0; node < c.n_entities(); ++node)
  {
    // nmol per cell and day, in mol/s
    const double uptake =
        1e-13 / day * c(node, 0) / (1 + c(node, 0)) *
        lumped(bar, node, [](unsigned int region) { return region == 0 ? 4e12 : 1e12; });
    EXPECT_NEAR(at.rate()(node, 0) / -uptake, 1, 1e-12);
    EXPECT_NEAR(at.rate()(node, 1) / (2 * uptake), 1, 1e-12);
    eaten += uptake;
  }
  EXPECT_NEAR(at.evaluation.totals.consumed[0] / eaten, 1, 1e-12);
  EXPECT_NEAR(at.evaluation.totals.produced[1] / (2 * eaten), 1, 1e-12);
  EXPECT_EQ(at.evaluation.totals.produced[0], 0);
  EXPECT_EQ(at.evaluation.totals.consumed[1], 0);
}

TEST(ReactionTerm, SaysWhatIsGainedAndLostWhereThingsStayInPlace)
{
  const KernelCase bar = starving({"Laws/life/Death rate=5 /d"});
  const ReactionTerm term(bar.model);
  const TermAt at(bar, term, bar.constant(2), bar.points(1e12));
  for (unsigned int p = 0; p < bar.layout.n_points(); ++p)
  {
    EXPECT_EQ(at.evaluation.gain(p, 0), 0);
    EXPECT_NEAR(at.evaluation.loss_rate(p, 0) / (5 / day / (1 + 4)), 1, 1e-13);
    EXPECT_EQ(at.evaluation.immobile(p, 0), 1e12);
  }
}

/** Of c = x, in a cell of length h: the first node of a row of cells gets A h^2/6 = A h/2 * h/3,
 * where lumping gives it nothing. */
TEST(ReactionTerm, ConsistentDecayIsTheIntegralOfTheInterpolatedRate)
{
  const KernelCase bar =
      starving(held_at_right({"Laws/life/Decay=3 /d", "Time/Mode=steady"}), "consistent");
  constexpr double h = 0.5e-3, quarter = 0.25 * h * h; // m, m^2: a node's share of the section
  const NodeField c = bar.nodes([](unsigned int, double x, double, double) { return x; }); // mm
  const ReactionTerm term(bar.model);
  const TermAt at(bar, term, c, bar.points(0));
  for (std::size_t node = 0; node < c.n_entities(); ++node)
  {
    const double x        = c(node, 0); // mm
    const double integral = x == 0   ? quarter * h / 2 * 0.5 / 3
                            : x == 3 ? quarter * h / 2 * (3 - 0.5 / 3)
                                     : quarter * h * x;
    EXPECT_NEAR(at.rate()(node, 0) / (-decay * integral), 1, 1e-12) << x;
  }
  EXPECT_NEAR(at.evaluation.totals.consumed[0] / (decay * 4 * quarter * 4.5e-3), 1, 1e-12);
}

TEST(ReactionTerm, EdgesMoveAmountsWithinARegionAndAddNone)
{
  const KernelCase bar    = starving({"Laws/life/Uptake=1e-4 nmol/d"}, "consistent"),
                   lumped = starving({"Laws/life/Uptake=1e-4 nmol/d"});
  PointField cells        = bar.points(0); // in the first region only
  for (unsigned int p = 0; p < bar.layout.n_points(); ++p)
    cells(p, 0) = bar.layout.point_region[p] == 0 ? 4e12 : 0;
  const NodeField c = bar.rough();
  const ReactionTerm sharing(bar.model), owning(lumped.model);
  const TermAt shared(bar, sharing, c, cells), own(lumped, owning, c, cells);
  for (unsigned int s = 0; s < 2; ++s)
  {
    EXPECT_GT(relative_difference(shared.rate(), own.rate()), 1e-2);
    EXPECT_NEAR(total(shared.rate(), s) / total(own.rate(), s), 1, 1e-13);
  }
  for (std::size_t node = 0; node < c.n_entities(); ++node)
    if (bar.layout.node_position[node][0] > 2.1e-3) // beyond the interface
      EXPECT_EQ(shared.rate()(node, 0), 0);
}

TEST(ReactionTerm, IsConsistentInSteadyRunsOfLinearElementsUnlessAsked)
{
  const auto share = [](const std::vector<std::string> &overrides)
  { return KernelCase(overrides).input.solver.consistent_share; };
  const std::string steady = "Time/Mode=steady";
  EXPECT_EQ(share({}), 0);
  EXPECT_EQ(share(held_at_right({steady})), 1);
  EXPECT_EQ(share(held_at_right({steady, "Geometry/Element degree=2"})), 0);
  EXPECT_EQ(share(held_at_right({steady, "Solver/Reactions=lumped"})), 0);
  EXPECT_EQ(share({"Solver/Reactions=blended"}), 2. / 3);
  EXPECT_EQ(share({"Solver/Reactions=consistent"}), 1);
}

TEST(ReactionTerm, BlendsTwoThirdsOfConsistentRatesWithAThirdOfLumpedOnes)
{
  const auto rate = [](const std::string &reactions)
  {
    const KernelCase bar = starving({"Laws/life/Decay=3 /d"}, reactions);
    const ReactionTerm term(bar.model);
    return TermAt(bar, term, bar.rough(), bar.points(0)).rate();
  };
  const NodeField lumped = rate("lumped"), consistent = rate("consistent"),
                  expected = sum_of(lumped, 2. / 3, sum_of(consistent, -1, lumped));
  EXPECT_LT(relative_difference(rate("blended"), expected), 1e-14);
}

namespace
{
  /** Glucose that is used up at one node plane of the bar, 1.5 mm from its left end. */
  NodeField used_up(const KernelCase &bar)
  {
    return bar.nodes([](unsigned int s, double x, double, double)
                     { return s == 0 && std::abs(x - 1.5) < 0.1 ? 0. : 1 + x; });
  }

  /** The same bar in a steady run, where edges take what rates make of them. */
  KernelCase unlimited(std::vector<std::string> overrides, const std::string &reactions)
  {
    overrides.emplace_back("Time/Mode=steady");
    return starving(held_at_right(overrides), reactions);
  }

  const std::vector<std::string> hungry = {"Laws/life/Uptake=1e-4 nmol/d"};
} // namespace

TEST(EdgeLimiter, NothingIsTakenFromAPointThatHoldsNothing)
{
  const KernelCase bar         = starving(hungry, "consistent"),
                   bar_without = unlimited(hungry, "consistent");
  const NodeField c            = used_up(bar);
  const ReactionTerm term(bar.model), free_term(bar_without.model);
  const TermAt limited(bar, term, c, bar.points(4e12)),
      free(bar_without, free_term, c, bar.points(4e12));
  for (std::size_t node = 0; node < c.n_entities(); ++node)
    if (c(node, 0) == 0)
    {
      EXPECT_LT(free.rate()(node, 0), 0);
      EXPECT_NEAR(limited.rate()(node, 0) / free.rate()(node, 0), 0, 1e-15);
    }
  for (unsigned int s = 0; s < 2; ++s)
    EXPECT_NEAR(total(limited.rate(), s) / total(free.rate(), s), 1, 1e-13);
  // Two lactate for each glucose, at every node.
  for (std::size_t node = 0; node < c.n_entities(); ++node)
    EXPECT_NEAR(limited.rate()(node, 1), -2 * limited.rate()(node, 0),
                1e-12 * largest(limited.rate(), 1));
}

TEST(EdgeLimiter, LeavesWhatTheMeshResolvesAlone)
{
  const KernelCase bar         = starving(hungry, "consistent"),
                   bar_without = unlimited(hungry, "consistent");
  const NodeField c            = bar.rough();
  const ReactionTerm term(bar.model), free_term(bar_without.model);
  EXPECT_EQ(relative_difference(TermAt(bar, term, c, bar.points(4e12)).rate(),
                                TermAt(bar_without, free_term, c, bar.points(4e12)).rate()),
            0);
}

TEST(EdgeLimiter, ItsJacobianIsTheDifferenceOfRates)
{
  const KernelCase bar = starving(hungry, "blended"), bar_without = unlimited(hungry, "blended");
  const NodeField scarce = used_up(bar), c = sum_of(scarce, 0.03, bar.rough()), x = bar.rough(0.3);
  const ReactionTerm term(bar.model), free_term(bar_without.model);
  const auto rate = [&](const NodeField &at)
  { return TermAt(bar, term, at, bar.points(4e12)).rate(); };
  TermAt at(bar, term, c, bar.points(4e12));
  EXPECT_GT(
      relative_difference(at.rate(), TermAt(bar_without, free_term, c, bar.points(4e12)).rate()),
      1e-3);
  EXPECT_LT(relative_difference(at.derivative(x), difference(rate, c, x, 1e-4)), 1e-6);
}

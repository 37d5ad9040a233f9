// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause

// Cells that laws move: conserved, at rest where they should be, with the right derivative.

#include <gmock/gmock.h>

#include "kernels/kernel_case.h"
#include "transport/terms/motion_term.h"

#include <cmath>

using namespace lacuna;

namespace
{
  constexpr double motility = 0.5e-6 / 86400; // m^2/s

  KernelCase walk(std::vector<std::string> overrides = {})
  {
    overrides.emplace_back("Laws/walk/Law=" + test_law("moving-cells"));
    overrides.emplace_back("Geometry/Box/Layers=gel: 4 mm / 5");
    overrides.emplace_back("Output/Probes/right/From=4 mm, 0 mm, 0 mm");
    return KernelCase(overrides, "migration.prm");
  }

  unsigned int walkers(const KernelCase &on)
  {
    return static_cast<unsigned int>(on.species.find_mobile("walkers"));
  }

  NodeField rate_of(const KernelCase &on, const NodeField &c)
  {
    return TermAt(on, MotionTerm(on.model), c, on.points(0)).rate();
  }

  /** Glucose of a formula, and cells of another. */
  NodeField state(const KernelCase &on, const std::function<double(double)> &glucose,
                  const std::function<double(double, double)> &cells)
  {
    const unsigned int v = walkers(on);
    return on.nodes([&](unsigned int s, double x, double y, double)
                    { return s == v ? cells(x, y) : glucose(x); });
  }

  double unevenly(double x, double y)
  {
    return 1e12 * (2 + std::sin(7 * x + 3 * y));
  }
} // namespace

TEST(Motion, ConservesCellsAndMovesNothingElse)
{
  const KernelCase on  = walk();
  const NodeField rate = rate_of(on, on.rough());
  EXPECT_GT(largest(rate, walkers(on)), 0);
  EXPECT_LT(std::abs(total(rate, walkers(on))), 1e-13 * largest(rate, walkers(on)));
  EXPECT_EQ(largest(rate, on.species.find_mobile("glucose")), 0);
}

TEST(Motion, CellsThatAreEverywhereAlikeStayUnderAUniformAttraction)
{
  const KernelCase on  = walk();
  const auto glucose   = [](double) { return 3.; };
  const NodeField rate = rate_of(on, state(on, glucose, [](double, double) { return 1e12; }));
  const double scale   = largest(rate_of(on, state(on, glucose, unevenly)), walkers(on));
  EXPECT_LT(largest(rate, walkers(on)), 1e-13 * scale);
}

TEST(Motion, IsPlainDiffusionUnderAUniformAttraction)
{
  KernelCase on     = walk();
  const NodeField c = state(
      on, [](double) { return 3.; }, unevenly);
  const NodeField rate = rate_of(on, c);
  const Stiffness &k   = on.level.stiffness(on.model.medium.diffusivity(walkers(on)));
  for (unsigned int i = 0; i < on.layout.n_nodes; ++i)
  {
    double flux = 0;
    for (unsigned int e = k.begin[i]; e < k.begin[i + 1]; ++e)
      flux -= motility * k.entry[e] * c(k.column[e], walkers(on));
    EXPECT_NEAR(rate(i, walkers(on)), flux, 1e-12 * largest(rate, walkers(on)));
  }
}

TEST(Motion, CellsAsExpOfTheAttractionAreAtRest)
{
  const KernelCase on = walk({"Laws/walk/Strength=5", "Laws/walk/Drift=0.4 /mm"});
  const auto glucose  = [](double x) { return 0.1 + x * x; };
  const auto resting  = [&](double x, double)
  { return 1e12 * std::exp(5 * glucose(x) / (1 + glucose(x)) + 0.4 * x); };
  const NodeField rate = rate_of(on, state(on, glucose, resting));
  const double scale   = largest(rate_of(on, state(on, glucose, unevenly)), walkers(on));
  EXPECT_LT(largest(rate, walkers(on)), 1e-11 * scale);
}

TEST(Motion, GoesUpTheAttraction)
{
  const KernelCase on = walk({"Laws/walk/Strength=0", "Laws/walk/Drift=1 /mm"});
  const NodeField rate =
      rate_of(on, state(
                      on, [](double) { return 1.; }, [](double, double) { return 1e12; }));
  for (unsigned int node = 0; node < on.layout.n_nodes; ++node)
  {
    const double x = on.layout.node_position[node][0];
    if (x < 1e-6)
    {
      EXPECT_LT(rate(node, walkers(on)), 0);
    }
    if (x > 3.999e-3)
    {
      EXPECT_GT(rate(node, walkers(on)), 0);
    }
  }
}

TEST(Motion, ItsDerivativeIsTheDifferenceOfRates)
{
  const KernelCase on = walk({"Laws/walk/Strength=5", "Laws/walk/Drift=0.4 /mm"});
  const NodeField c   = on.rough(),
                  x   = state(
                        on, [](double place) { return std::cos(5 * place); },
                        [](double place, double y) { return std::sin(3 * place + y); });
  const MotionTerm term(on.model);
  TermAt at(on, term, c, on.points(0));
  const NodeField measured =
      difference([&](const NodeField &at_c) { return rate_of(on, at_c); }, c, x, 1e-5);
  EXPECT_LT(relative_difference(at.derivative(x), measured), 1e-7);
}

TEST(Motion, ItsDiagonalIsThatOfRandomMotion)
{
  const KernelCase on = walk();
  NodeField unit      = on.constant(0);
  // Without attraction the diagonal is the whole entry.
  const MotionTerm term(on.model);
  TermAt at(on, term, on.constant(2), on.points(0));
  const NodeField diagonal = at.diagonal();
  for (unsigned int node = 0; node < on.layout.n_nodes; ++node)
  {
    unit(node, walkers(on)) = 1;
    EXPECT_NEAR(-at.derivative(unit)(node, walkers(on)) / diagonal(node, walkers(on)), 1, 1e-12);
    unit(node, walkers(on)) = 0;
  }
}

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause

// Diffusion against fields whose rates are known.

#include <gmock/gmock.h>

#include "kernels/kernel_case.h"
#include "transport/terms/diffusion.h"

#include <cmath>

using namespace lacuna;

namespace
{
  constexpr double diffusivity = 4e-10; // m^2/s

  /** One gel, 3 mm x 2 mm x 2 mm, in equal cells of 0.5 mm, with the same D everywhere. */
  KernelCase box(std::vector<std::string> overrides = {})
  {
    for (const char *text :
         {"Geometry/Box/Size y=2 mm", "Geometry/Box/Size z=2 mm", "Geometry/Box/Cells along y=4",
          "Geometry/Box/Cells along z=4", "Tissue/Solute balance=tissue",
          "Tissue/soft/Diffusivity of glucose=4e-10 m^2/s",
          "Tissue/firm/Diffusivity of glucose=4e-10 m^2/s"})
      overrides.emplace_back(text);
    return KernelCase(overrides);
  }

  NodeField rate_of(const KernelCase &on, const NodeField &c)
  {
    return TermAt(on, Diffusion(on.model), c, on.points(0)).rate();
  }

  /** m^3 of tissue at a node. */
  double volume_at(const KernelCase &on, unsigned int node)
  {
    double sum = 0;
    for (unsigned int p = on.layout.node_begin[node]; p < on.layout.node_begin[node + 1]; ++p)
      sum += on.layout.point_weight[p];
    return sum;
  }

  bool is_inside(const Coordinates &x)
  {
    constexpr double tiny = 1e-9;
    return x[0] > tiny && x[0] < 3e-3 - tiny && x[1] > tiny && x[1] < 2e-3 - tiny && x[2] > tiny &&
           x[2] < 2e-3 - tiny;
  }
} // namespace

TEST(Diffusion, AConstantFieldIsAtRest)
{
  const KernelCase bar; // of two gels
  const NodeField rate = rate_of(bar, bar.constant(4));
  const double scale   = largest(rate_of(bar, bar.rough(4)), 0);
  EXPECT_LT(largest(rate, 0), 1e-14 * scale);
  EXPECT_LT(largest(rate, 1), 1e-14 * scale);
}

TEST(Diffusion, WhatFlowsInOnePlaceComesFromAnother)
{
  const KernelCase bar;
  const NodeField rate = rate_of(bar, bar.rough());
  for (unsigned int s = 0; s < 2; ++s)
    EXPECT_LT(std::abs(total(rate, s)), 1e-13 * largest(rate, s));
}

TEST(Diffusion, ALinearFieldChangesNothingInsideABox)
{
  const KernelCase on   = box();
  const NodeField rate  = rate_of(on, on.nodes([](unsigned int, double x, double y, double z)
                                              { return 1 + 2 * x - 3 * y + 4 * z; }));
  unsigned int n_inside = 0;
  for (unsigned int node = 0; node < on.layout.n_nodes; ++node)
    if (is_inside(on.layout.node_position[node]))
    {
      EXPECT_LT(std::abs(rate(node, 0)), 1e-13 * largest(rate, 0));
      ++n_inside;
    }
  EXPECT_EQ(n_inside, 5u * 3 * 3);
}

TEST(Diffusion, ALinearFieldBringsItsFluxToTheFaces)
{
  const KernelCase on = box();
  const NodeField rate =
      rate_of(on, on.nodes([](unsigned int, double x, double, double) { return x; })); // 1/mm
  double at_right = 0;
  for (unsigned int node = 0; node < on.layout.n_nodes; ++node)
    if (on.layout.node_position[node][0] > 2.9e-3)
      at_right += rate(node, 0);
  EXPECT_NEAR(at_right / (-diffusivity * 1e3 * 4e-6), 1, 1e-12); // D grad c times the area
}

/** On equal cells the three-point formula is exact for a parabola: D c'' per volume. */
TEST(Diffusion, AParabolaChangesEvenlyInsideABox)
{
  const KernelCase on = box();
  const NodeField rate =
      rate_of(on, on.nodes([](unsigned int, double x, double, double) { return x * x; }));
  for (unsigned int node = 0; node < on.layout.n_nodes; ++node)
    if (is_inside(on.layout.node_position[node]))
    {
      EXPECT_NEAR(rate(node, 0) / (diffusivity * 2e6 * volume_at(on, node)), 1, 1e-11);
    }
}

/** Quadratic elements hold c = x^2 + y z exactly, so that minus the sum of c_i F_i is the integral
 * of D |grad c|^2 = D (4 x^2 + y^2 + z^2). */
TEST(Diffusion, TheDissipationOfAQuadraticFieldIsItsIntegral)
{
  const KernelCase on = box({"Geometry/Element degree=2"});
  const NodeField c =
      on.nodes([](unsigned int, double x, double y, double z) { return x * x + y * z; });
  const NodeField rate = rate_of(on, c);
  double dissipation   = 0;
  for (unsigned int node = 0; node < on.layout.n_nodes; ++node)
    dissipation -= c(node, 0) * rate(node, 0);
  const double integral = 4 * 9. * 4 + 3 * 2 * (8. / 3) * 2; // mm^5 times (1/mm)^2
  EXPECT_NEAR(dissipation / (diffusivity * 1e-3 * integral), 1, 1e-12);
}

/** Two gels in series: the flux through the bar at the potentials of the exact solution. */
TEST(Diffusion, AKinkedFieldIsAtRestBetweenTwoGels)
{
  const KernelCase bar({"Tissue/Solute balance=tissue",
                        "Tissue/soft/Diffusivity of glucose=1e-9 m^2/s",
                        "Tissue/firm/Diffusivity of glucose=2e-10 m^2/s"});
  const NodeField rate = rate_of(bar, bar.nodes([](unsigned int, double x, double, double)
                                                { return x < 2 ? x : 2 + 5 * (x - 2); }));
  for (unsigned int node = 0; node < bar.layout.n_nodes; ++node)
  {
    const double x = bar.layout.node_position[node][0];
    if (x > 1e-6 && x < 2.999e-3)
    {
      EXPECT_LT(std::abs(rate(node, 0)), 1e-13 * largest(rate, 0));
    }
  }
}

TEST(Diffusion, ItsDiagonalIsWhatUnitVectorsSay)
{
  const KernelCase bar;
  const Diffusion diffusion(bar.model);
  TermAt at(bar, diffusion, bar.given(), bar.points(0));
  const NodeField diagonal = at.diagonal();
  NodeField unit           = bar.constant(0);
  for_each_value(unit,
                 [&](std::size_t node, unsigned int s)
                 {
                   unit(node, s) = 1;
                   EXPECT_NEAR(-at.derivative(unit)(node, s) / diagonal(node, s), 1, 1e-14);
                   unit(node, s) = 0;
                 });
}

TEST(Diffusion, ItsDerivativeIsTheDifferenceOfRates)
{
  const KernelCase bar;
  const NodeField x = bar.rough(2);
  const Diffusion term(bar.model);
  TermAt at(bar, term, bar.given(), bar.points(0));
  const NodeField measured =
      difference([&](const NodeField &c) { return rate_of(bar, c); }, bar.given(), x, 1);
  EXPECT_LT(relative_difference(at.derivative(x), measured), 1e-12);
}

TEST(Level, TwoSimulationsOfOneCaseShareOperators)
{
  KernelCase bar;
  const SpeciesTable untreated = make_species(bar.input, false);
  const Model control(bar.input, untreated, bar.level, bar.laws.pointers());
  const Stiffness &first = bar.level.stiffness(bar.model.medium.diffusivity(0));
  EXPECT_EQ(&first, &bar.level.stiffness(control.medium.diffusivity(0)));
  EXPECT_EQ(&first, &bar.level.stiffness(bar.model.medium.diffusivity(1))) << "of lactate";
}

TEST(Level, ADiffusivityOfItsOwnHasAnOperatorOfItsOwn)
{
  KernelCase bar({"Tissue/firm/Diffusivity of lactate=1e-10 m^2/s"});
  EXPECT_NE(&bar.level.stiffness(bar.model.medium.diffusivity(0)),
            &bar.level.stiffness(bar.model.medium.diffusivity(1)));
}

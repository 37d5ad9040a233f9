// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause

// How near the preconditioned equations of a bar are to the identity: all eigenvalues.

#include <gmock/gmock.h>

#include "kernels/kernel_case.h"
#include "transport/preconditioner/incomplete_cholesky.h"

#include <deal.II/lac/full_matrix.h>
#include <deal.II/lac/lapack_full_matrix.h>

#include <algorithm>
#include <cmath>

using namespace lacuna;

namespace
{
  constexpr double hour = 3600; // s

  struct Spectrum
  {
    double smallest = 1e300, largest = -1e300, imaginary = 0;
  };

  const std::string starving_cells = "Laws/life/Law=" + test_law("starving-cells");

  /** A bar of glucose and lactate, both held at one end, as the preconditioner sees it. */
  class Bar
  {
  public:
    explicit Bar(std::vector<std::string> overrides = {})
        : on(held_at_right(std::move(overrides))), preconditioner(on.model, on.boundary),
          evaluation(on.residual.make_evaluation()), before(on.given())
    {
      evaluation.immobile = on.points(4e12);
    }

    /** The equation with this alpha, and the preconditioner brought up to it. */
    void update(double alpha, double scale = 1)
    {
      evaluate(alpha, scale);
      preconditioner.update(evaluation);
    }

    /** At concentrations of this scale. */
    void evaluate(double alpha, double scale = 1)
    {
      Equation equation;
      equation.alpha     = alpha;
      equation.predictor = before;
      on.residual.evaluate(equation, on.rough(scale), evaluation);
    }

    /** Of M^-1 J, by its products with all unit vectors. */
    Spectrum spectrum()
    {
      const unsigned int n = before.size();
      dealii::LAPACKFullMatrix<double> matrix(n, n);
      NodeField unit = on.constant(0), product = unit, solved = unit;
      for (unsigned int j = 0; j < n; ++j)
      {
        unit.begin()[j] = 1;
        on.residual.apply_jacobian(evaluation, unit, product);
        preconditioner.apply(product, solved);
        unit.begin()[j] = 0;
        for (unsigned int i = 0; i < n; ++i)
          matrix(i, j) = solved.begin()[i];
      }
      matrix.compute_eigenvalues();
      Spectrum result;
      for (unsigned int k = 0; k < n; ++k)
      {
        const auto value = matrix.eigenvalue(k);
        result.smallest  = std::min(result.smallest, value.real());
        result.largest   = std::max(result.largest, value.real());
        result.imaginary = std::max(result.imaginary, std::abs(value.imag()));
      }
      return result;
    }

    /** The largest concentration of a species in M^-1 J x for glucose x alone, relative to x. */
    double of_glucose_in(unsigned int species)
    {
      NodeField x = on.constant(0), product = x, solved = x;
      for (std::size_t node = 0; node < x.n_entities(); ++node)
        x(node, 0) = on.boundary.is_fixed(node, 0) ? 0 : 1;
      on.residual.apply_jacobian(evaluation, x, product);
      preconditioner.apply(product, solved);
      return largest(solved, species);
    }

    NodeField solved()
    {
      NodeField result = before;
      preconditioner.apply(on.rough(), result);
      return result;
    }

    const KernelCase on;
    IncompleteCholesky preconditioner;

  private:
    Evaluation evaluation;
    NodeField before;
  };

  void expect_between(const Spectrum &spectrum, double smallest, double largest)
  {
    EXPECT_GT(spectrum.smallest, smallest);
    EXPECT_LT(spectrum.largest, largest);
    EXPECT_LT(spectrum.imaginary, 1e-7);
  }
} // namespace

TEST(IncompleteCholesky, IsNearTheInverseOfSteadyDiffusion)
{
  Bar bar;
  bar.update(0);
  expect_between(bar.spectrum(), 0.15, 1.7); // the smallest is 0.18
}

TEST(IncompleteCholesky, IsNearerStillForTheStepOfAnHour)
{
  Bar bar;
  bar.update(1 / hour);
  expect_between(bar.spectrum(), 0.4, 1.4); // 0.49 to 1.33
}

TEST(IncompleteCholesky, IsNearForQuadraticElements)
{
  Bar bar({"Geometry/Element degree=2"});
  bar.update(0);
  expect_between(bar.spectrum(), 0.3, 1.7);
}

TEST(IncompleteCholesky, KnowsTheExchangeAtTheFacesAndWhatReacts)
{
  const std::string left = "Boundary conditions/left/glucose/";
  Bar bar({left + "Type=exchange", left + "Exchange coefficient=1e-5 m/s", left + "Value=1 mM",
           starving_cells, "Laws/life/Decay=50 /d"});
  bar.update(0);
  expect_between(bar.spectrum(), 0.3, 1.7);
}

/** Factors made for alpha' serve for alpha within 1.5: with A = alpha S + D K, the eigenvalues of
 * A against A' lie between alpha / alpha' and 1, and widen those of M against A' no further. */
TEST(IncompleteCholesky, FactorsOfANearAlphaWidenTheSpectrumByTheirRatioAtMost)
{
  for (const double ratio : {1 / 1.4, 1.4})
  {
    Bar bar;
    bar.update(1 / hour);
    const Spectrum own   = bar.spectrum();
    const NodeField kept = bar.solved();
    bar.update(ratio / hour);
    EXPECT_EQ(relative_difference(bar.solved(), kept), 0) << "the factors are those of before";
    const Spectrum other      = bar.spectrum();
    constexpr double rounding = 1e-8;
    EXPECT_GT(other.smallest, std::min(1., ratio) * own.smallest - rounding);
    EXPECT_LT(other.largest, std::max(1., ratio) * own.largest + rounding);
  }
}

TEST(IncompleteCholesky, FactorsOfADistantAlphaAreMadeAnew)
{
  for (const double alpha : {0., 0.6 / hour, 1.6 / hour})
  {
    Bar bar, fresh;
    bar.update(1 / hour);
    bar.update(alpha);
    fresh.update(alpha);
    EXPECT_EQ(relative_difference(bar.solved(), fresh.solved()), 0) << alpha;
  }
}

TEST(IncompleteCholesky, WhatHasExpiredIsMadeAnew)
{
  Bar bar, fresh;
  bar.update(1 / hour);
  const NodeField before = bar.solved();
  bar.preconditioner.expire();
  bar.update(1.2 / hour);
  fresh.update(1.2 / hour);
  EXPECT_EQ(relative_difference(bar.solved(), fresh.solved()), 0);
  EXPECT_GT(relative_difference(bar.solved(), before), 0);
}

TEST(IncompleteCholesky, ForgetsConsumptionThatSaturationHid)
{
  Bar bar({starving_cells, "Laws/life/Uptake=1e-2 nmol/d"});
  bar.update(0, 1e4); // fed
  bar.update(0, 1e-3);
  const Spectrum starving = bar.spectrum();
  expect_between(starving, 0.1, 1.5);
}

TEST(IncompleteCholesky, SolvesLactateWithWhatGlucoseBecomes)
{
  Bar bar({starving_cells, "Laws/life/Uptake=1e-2 nmol/d"});
  bar.update(0);
  EXPECT_NEAR(bar.of_glucose_in(0), 1, 0.3);
  EXPECT_LT(bar.of_glucose_in(1), 0.4);
}

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause

// Exchange and flux through faces whose tables change and jump in time.

#include <gmock/gmock.h>

#include "kernels/kernel_case.h"
#include "transport/terms/exchange.h"

#include <cmath>
#include <utility>

using namespace lacuna;

namespace
{
  constexpr double day = 86400, area = 0.25e-6; // s, m^2 of the bar's section

  /** Glucose: exchange on the left whose coefficient and outside value rise in the first day and
   * jump at its end; flux on the right that does the same for lactate. */
  KernelCase open_bar()
  {
    const std::string left  = "Boundary conditions/left/glucose/",
                      right = "Boundary conditions/right/lactate/";
    return KernelCase(
        {left + "Type=exchange",
         left + "Exchange coefficient=0 d: 1e-7 m/s, 1 d: 3e-7 m/s, 1 d: 8e-7 m/s",
         left + "Value=0 d: 4 mM, 1 d: 6 mM, 1 d: 2 mM", right + "Type=flux",
         right + "Flux=0 d: 1e-9 mol/m^2/s, 1 d: 5e-9 mol/m^2/s, 1 d: 2e-9 mol/m^2/s"});
  }

  TermAt at_time(const KernelCase &on, const Exchange &term, double time, bool before_jump)
  {
    Equation equation;
    equation.time        = time;
    equation.before_jump = before_jump;
    return TermAt(on, term, on.given(), on.points(0), equation); // glucose 4 mM
  }
} // namespace

TEST(Exchange, FlowsByTheTablesAtTheTimeOfTheEquation)
{
  const KernelCase bar = open_bar();
  const Exchange term(bar.boundary);
  const struct
  {
    double time;
    bool before_jump;
    double coefficient, outside, flux;
  } moments[] = {{0, false, 1e-7, 4, 1e-9},        {0.5 * day, false, 2e-7, 5, 3e-9},
                 {0.5 * day, true, 2e-7, 5, 3e-9}, {day, true, 3e-7, 6, 5e-9},
                 {day, false, 8e-7, 2, 2e-9},      {9 * day, true, 8e-7, 2, 2e-9}};
  for (const auto &moment : moments)
  {
    const TermAt at      = at_time(bar, term, moment.time, moment.before_jump);
    const double in      = area * moment.coefficient * (moment.outside - 4),
                 lactate = area * moment.flux;
    EXPECT_NEAR(total(at.rate(), 0), in, 1e-12 * area * moment.coefficient) << moment.time;
    EXPECT_NEAR(total(at.rate(), 1) / lactate, 1, 1e-12) << moment.time;
    EXPECT_NEAR(at.evaluation.totals.in[0], in, 1e-12 * area * moment.coefficient);
    EXPECT_NEAR(at.evaluation.totals.in[1] / lactate, 1, 1e-12);
    EXPECT_NEAR(at.evaluation.imbalance.turnover[0], std::abs(in),
                1e-12 * area * moment.coefficient);
  }
}

TEST(Exchange, FlowsAtItsFaceOnlyByTheAreaOfEachNode)
{
  const KernelCase bar = open_bar();
  const Exchange term(bar.boundary);
  const TermAt at = at_time(bar, term, day, true);
  for (unsigned int node = 0; node < bar.layout.n_nodes; ++node)
  {
    const double x = bar.layout.node_position[node][0];
    EXPECT_NEAR(at.rate()(node, 0), x < 1e-9 ? area / 4 * 3e-7 * 2 : 0, 1e-12 * area * 3e-7);
    EXPECT_NEAR(at.rate()(node, 1), x > 2.999e-3 ? area / 4 * 5e-9 : 0, 1e-12 * area * 5e-9);
  }
}

TEST(Exchange, ItsLocalDerivativeIsTheCoefficientBeforeAndAfterAJump)
{
  const KernelCase bar = open_bar();
  const Exchange term(bar.boundary);
  for (const bool before : {true, false})
  {
    const TermAt at          = at_time(bar, term, day, before);
    const double coefficient = before ? 3e-7 : 8e-7;
    for (unsigned int node = 0; node < bar.layout.n_nodes; ++node)
    {
      const bool on_face = bar.layout.node_position[node][0] < 1e-9;
      EXPECT_NEAR(at.evaluation.local(node, 0, 0), on_face ? -area / 4 * coefficient : 0,
                  1e-12 * area * coefficient);
      for (const auto &[s, t] : {std::pair(0, 1), std::pair(1, 0), std::pair(1, 1)})
        EXPECT_EQ(at.evaluation.local(node, s, t), 0);
    }
  }
}

TEST(Exchange, ItsDerivativeIsTheDifferenceOfRates)
{
  const KernelCase bar = open_bar();
  const Exchange term(bar.boundary);
  Equation equation;
  equation.time     = 0.3 * day;
  const NodeField c = bar.rough(), x = bar.rough(3);
  const auto rate = [&](const NodeField &at)
  { return TermAt(bar, term, at, bar.points(0), equation).rate(); };
  TermAt at(bar, term, c, bar.points(0), equation);
  EXPECT_LT(relative_difference(at.derivative(x), difference(rate, c, x, 1e-3)), 1e-10);
}

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause

// The order in time, events, and the balance of every step.

#include "support/case_run.h"
#include "support/test_law.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>

using namespace lacuna;
using testing::Each;
using testing::Ge;

namespace
{
  using Overrides = std::vector<std::string>;

  double distance(const std::vector<double> &one, const std::vector<double> &two)
  {
    double largest = 0;
    for (std::size_t k = 0; k < one.size(); ++k)
      largest = std::max(largest, std::abs(one[k] - two[k]));
    return largest;
  }

  /** Differences of a quantity between runs with halved steps; they fall with the order of the
   * scheme. */
  std::vector<double> differences(const std::function<CaseRun(double)> &run_with_step,
                                  const std::string &quantity, double coarsest)
  {
    std::vector<double> result, previous;
    for (int k = 0; k < 4; ++k)
    {
      const auto values = run_with_step(coarsest / (1 << k)).point_values(quantity);
      if (k > 0)
        result.push_back(distance(values, previous));
      previous = values;
    }
    return result;
  }
} // namespace

TEST(TimeOrder, SolutesUnderALawThatKnowsTheTime)
{
  const std::string law = "Laws/source/Law=" + test_law("manufactured");
  const auto run        = [&](double hours)
  {
    return CaseRun(test_file("data/manufactured.prm"),
                   {law, "Time/End=24 h", "Time/Step=" + std::to_string(hours) + " h"});
  };
  for (const char *solute : {"oxygen", "glucose"})
  {
    const auto difference = differences(run, solute, 6);
    EXPECT_THAT(orders(difference), Each(Ge(1.8))) << solute << testing::PrintToString(difference);
  }
}

TEST(TimeOrder, CellsThatStarve)
{
  // A soft threshold, so that the rates are smooth; the first hours, with their jump at the face,
  // in small steps.
  const auto run = [](double hours)
  {
    return CaseRun(verification("batch.prm"),
                   {"Laws/death/Glucose width=0.1 mM", "Laws/death/pH width=0.1", "Time/End=8 h",
                    "Output/Field times=", "Time/Step=" + std::to_string(hours) + " h"});
  };
  for (const char *quantity : {"NP cells", "glucose"})
  {
    const auto difference = differences(run, quantity, 0.5);
    EXPECT_THAT(orders(difference), Each(Ge(1.75)))
        << quantity << testing::PrintToString(difference);
  }
}

TEST(TimeOrder, TighterTolerancesMeanSmallerErrors)
{
  const auto centre = [](const char *tolerance)
  {
    return CaseRun(verification("slab-transient.prm"),
                   {std::string("Time/Relative tolerance=") + tolerance, "Output/Field times=6 h"})
        .at_time(21600, "glucose", 0);
  };
  const double exact = centre("1e-7");
  double previous    = 1;
  for (const char *tolerance : {"1e-3", "1e-4", "1e-5"})
  {
    const double error = std::abs(centre(tolerance) - exact) / exact;
    EXPECT_LT(error, 20 * std::stod(tolerance));
    EXPECT_LT(error, previous);
    previous = error;
  }
}

TEST(Events, JumpsAndKinksOfBoundaryValuesAreHitExactly)
{
  const CaseRun run(verification("slab-transient.prm"),
                    {"Boundary conditions/right/glucose/Value=0 h: 5 mM, 3.3 h: 5 mM, 3.3 h: 2 mM, "
                     "7.7 h: 4 mM",
                     "Time/Relative tolerance=1e-3"});
  run.moment(3.3 * 3600);
  run.moment(7.7 * 3600);
  EXPECT_NEAR(run.at_time(3.3 * 3600, "glucose", 5), 2, 1e-12); // after the jump
  EXPECT_NEAR(run.at_time(7.7 * 3600, "glucose", 5), 4, 1e-12);
  EXPECT_NEAR(run.at("glucose", 5), 4, 1e-12);
  EXPECT_LE(run.balance("glucose").largest_relative_defect, 1e-8);
}

TEST(Events, ABoundaryThatRisesSteadilyIsFollowedExactly)
{
  // After the beginning is forgotten: c = c0 + a t - a (L^2 - x^2)/(2 D), which the elements and
  // the scheme hold exactly.
  const CaseRun run(verification("slab-transient.prm"),
                    {"Laws/uptake/Rate constant=0 /s",
                     "Boundary conditions/right/glucose/Value=0 d: 1 mM, 10 d: 11 mM",
                     "Time/End=10 d", "Time/Step=2 h", "Output/Field times="});
  const double a = 1 / 86400., d = 4e-4;
  for (const double x : {0., 2.5, 4.})
    EXPECT_NEAR(run.at("glucose", x), 11 - a * (25 - x * x) / (2 * d), 1e-7);
  EXPECT_LE(run.balance("glucose").largest_relative_defect, 1e-8);
}

TEST(Balance, EveryStepOfATreatedDisc)
{
  const CaseRun run(LACUNA_SOURCE_DIR "/parameter-files/cookbook/lumbar-npmsc-injection.prm",
                    {"Geometry/Global refinements=0", "Time/End=3 d", "Output/Field times=1 d",
                     "Initial state/Equilibration of residents=none",
                     "Injections/dose 1/Carrier glucose=25 mM", "Injections/sugar/Species=glucose",
                     "Injections/sugar/Amount=2 umol", "Injections/sugar/Volume=0.5 mL",
                     "Injections/sugar/Site=4 mm, 0 mm, 0 mm", "Injections/sugar/Time=1.5 d"});
  for (const char *solute : {"oxygen", "glucose", "lactate"})
  {
    const BalanceRecord &balance = run.balance(solute);
    EXPECT_LE(balance.largest_relative_defect, 1e-8) << solute;
    const double turnover = std::abs(balance.in) + balance.produced + balance.consumed;
    EXPECT_LE(std::abs(balance.defect), 1e-8 * turnover) << solute;
    EXPECT_NEAR(balance.in + balance.injected + balance.produced - balance.consumed, balance.stored,
                1e-8 * turnover);
    EXPECT_GT(turnover, 0);
  }
  EXPECT_GT(run.balance("glucose").injected, 2000);
  // Lactate produced is twice the glucose that residents took up; NPMSC take up glucose by a law of
  // their own.
  for (const char *quantity : {"oxygen", "glucose", "lactate", "resident cells", "NPMSC, dose 1"})
  {
    const Statistics &whole = run.quantity(quantity).whole;
    EXPECT_GE(whole.minimum, -1e-12 * whole.maximum) << quantity;
  }
}

TEST(Balance, FluxAndExchangeFaces)
{
  const CaseRun run(
      verification("slab-exchange.prm"),
      {"Solutes/glucose/Initial value=0 mM", "Time/Mode=transient", "Time/End=12 h",
       "Time/Relative tolerance=1e-3", "Boundary conditions/left/glucose/Type=flux",
       "Boundary conditions/left/glucose/Flux=0 h: 0 mol/m^2/s, 6 h: 2e-7 mol/m^2/s"});
  EXPECT_LE(run.balance("glucose").largest_relative_defect, 1e-8);
  EXPECT_GT(run.balance("glucose").in, 0);
}

namespace
{
  /** A dose so dense that oxygen is used up within minutes. */
  CaseRun dense_dose(const std::string &newton_tolerance, const std::string &reactions)
  {
    return CaseRun(LACUNA_SOURCE_DIR "/parameter-files/cookbook/lumbar-npmsc-injection.prm",
                   {"Geometry/Global refinements=0", "Time/End=2 d",
                    "Output/Field times=", "Initial state/Equilibration of residents=none",
                    "Injections/dose 1/Amount=40e6", "Injections/dose 1/Volume=1 mL",
                    "Solver/Newton tolerance=" + newton_tolerance,
                    "Solver/Reactions=" + reactions});
  }
} // namespace

TEST(Steps, AreSolvedToATenthOfTheirTolerance)
{
  const CaseRun quick = dense_dose("automatic", "lumped"), thorough = dense_dose("1e-12", "lumped");
  EXPECT_LT(quick.n_newton(), 0.8 * thorough.n_newton());
  for (const char *solute : {"oxygen", "glucose", "lactate"})
  {
    EXPECT_NEAR(quick.quantity(solute).whole.mean / thorough.quantity(solute).whole.mean, 1, 1e-4);
    EXPECT_LE(quick.balance(solute).largest_relative_defect, 1e-11);
  }
  EXPECT_NEAR(quick.dose("dose 1").viable / thorough.dose("dose 1").viable, 1, 1e-3);
}

TEST(Steps, AreShortEnoughNotToTakeWhatIsNotThere)
{
  for (const char *reactions : {"lumped", "blended"})
  {
    const CaseRun run = dense_dose("automatic", reactions);
    double lowest     = 1;
    for (const Moment &moment : run.moments())
      for (const char *solute : {"oxygen", "glucose"})
      {
        const Statistics &whole = run.quantity_at(moment.time, solute).whole;
        EXPECT_GE(whole.minimum, -1e-4 * whole.maximum)
            << reactions << ", " << solute << " at " << moment.time;
        lowest = std::min(lowest, whole.minimum / whole.maximum);
      }
    EXPECT_LT(lowest, 1e-3); // it is used up
  }
}

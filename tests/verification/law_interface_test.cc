// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause

// What laws may do beyond rates: move cells, act at doses, bring things in through faces, hold
// their species at the supply, let them decay.

#include <gmock/gmock.h> // before deal.II, whose macro Assert breaks it

#include "commands/range_watch.h"
#include "config/user_error.h"
#include "support/case_run.h"
#include "support/test_law.h"
#include "transport/simulation.h"

#include <cmath>

using namespace lacuna;
using testing::ElementsAre;
using testing::HasSubstr;

namespace
{
  constexpr double day = 86400; // s

  CaseRun migration(std::vector<std::string> overrides)
  {
    overrides.emplace_back("Laws/walk/Law=" + test_law("moving-cells"));
    return CaseRun(test_file("data/migration.prm"), overrides);
  }

  CaseRun doses_and_faces(std::vector<std::string> overrides = {})
  {
    overrides.emplace_back("Laws/everything/Law=" + test_law("doses-and-faces"));
    return CaseRun(test_file("data/doses-and-faces.prm"), overrides);
  }

  /** What became of the residents of a population. */
  const DoseRecord &record(const CaseRun &run, const std::string &population)
  {
    for (const DoseRecord &dose : run.moments().back().record.doses)
      if (dose.population == population)
        return dose;
    throw std::logic_error("no population " + population);
  }

  /** Mean and variance along x of a quantity at the end of a run on one rank. */
  struct Moments
  {
    double amount = 0, mean = 0, variance = 0;
    Moments(const CaseRun &run, const std::string &quantity)
    {
      const auto values    = run.point_values(quantity);
      const auto positions = run.point_positions();
      const auto &weights  = run.simulation().layout.point_weight;
      for (std::size_t p = 0; p < values.size(); ++p)
      {
        amount += weights[p] * values[p];
        mean += weights[p] * values[p] * positions[p][0];
      }
      mean /= amount;
      for (std::size_t p = 0; p < values.size(); ++p)
        variance += weights[p] * values[p] * std::pow(positions[p][0] - mean, 2);
      variance /= amount;
    }
  };
} // namespace

TEST(MovingCells, AreEnrichedWhereTheAttractantIs)
{
  // V ~ exp(chi0/D c/(K + c)); c/(K + c) goes from 0 to 10/11.
  for (const auto &[strength, ratio] :
       {std::pair("1", 2.482), std::pair("2", 6.161), std::pair("0.5", 1.5754)})
  {
    const CaseRun run = migration({std::string("Laws/walk/Strength=") + strength});
    EXPECT_NEAR(run.value("walkers", "right") / run.value("walkers", "left"), ratio, 1e-3 * ratio);
    EXPECT_NEAR(run.quantity("walkers").whole.integral, 2500, 1e-8 * 2500) << "nobody is lost";
    EXPECT_LT(run.balance("walkers").largest_relative_defect, 1e-8);
  }
}

TEST(MovingCells, AUniformAttractionMovesNobody)
{
  const CaseRun run = migration({"Boundary conditions/left/glucose/Value=10 mM", "Time/End=100 d"});
  EXPECT_NEAR(run.quantity("walkers").whole.minimum, 1e6, 1e-3);
  EXPECT_NEAR(run.quantity("walkers").whole.maximum, 1e6, 1e-3);
}

TEST(MovingCells, DriftAndSpreadAtTheirRates)
{
  // On a long bar the mean goes with D times the slope of the attraction, the variance grows with 2
  // D.
  const CaseRun run = migration({"Geometry/Box/Layers=gel: 40 mm / 160",
                                 "Laws/walk/Attractant=", "Laws/walk/Drift=0.4 /mm",
                                 "Cells/walkers/Density in gel=(1e6*exp(-(x-12)^2/8)) /mL",
                                 "Time/End=20 d", "Output/Probes/right/From=40 mm, 0 mm, 0 mm"});
  const Moments at_end(run, "walkers");
  EXPECT_NEAR(at_end.mean, 12 + 0.5 * 0.4 * 20, 0.01);
  EXPECT_NEAR(at_end.variance, 4 + 2 * 0.5 * 20, 0.02 * 24);
}

TEST(MovingCells, DieAndAreTallied)
{
  const CaseRun run         = migration({"Laws/walk/Death rate=0.1 /d", "Time/End=10 d"});
  const DoseRecord &walkers = record(run, "walkers");
  EXPECT_NEAR(walkers.viable, 2500 * std::exp(-1), 0.5);
  EXPECT_NEAR(walkers.viable + walkers.dead, 2500, 1e-3);
}

TEST(MovingCells, ThatBecomeOthersAreNotDead)
{
  const CaseRun run         = migration({"Laws/walk/Settling=0.2 /d", "Time/End=10 d"});
  const DoseRecord &walkers = record(run, "walkers"), &sitters = record(run, "sitters");
  // dS/dt = 0.2 (N - S) - 0.1 S
  EXPECT_NEAR(sitters.viable, 2500 * 2 / 3. * (1 - std::exp(-3)), 1);
  EXPECT_NEAR(sitters.viable + walkers.viable, 2500, 1) << "to the tolerance of time";
  EXPECT_NEAR(walkers.dead, 0, 0.1) << "they live at nodes";
  EXPECT_NEAR(sitters.dead, 0, 1) << "they live at points";

  const CaseRun dying =
      migration({"Laws/walk/Settling=0.2 /d", "Laws/walk/Death rate=0.1 /d", "Time/End=10 d"});
  EXPECT_NEAR(record(dying, "walkers").dead + record(dying, "sitters").dead,
              2500 * (1 - std::exp(-1)), 1);
}

TEST(MovingCells, ArriveWithADose)
{
  const CaseRun run =
      migration({"Cells/walkers/Density in gel=0 /mL", "Injections/dose/Species=walkers",
                 "Injections/dose/Amount=1000", "Injections/dose/Site=5 mm, 0.25 mm, 0.25 mm",
                 "Injections/dose/Shape=Gaussian", "Injections/dose/Standard deviation=1 mm",
                 "Injections/dose/Viability=0.8", "Time/End=5 d"});
  EXPECT_NEAR(run.dose("dose").viable, 800, 1e-6);
  EXPECT_NEAR(run.dose("dose").dead, 200, 1e-6);
  EXPECT_GT(Moments(run, "walkers, dose").mean, 5.05) << "they climb";
}

TEST(DosesAndFaces, LawsSeeDosesAndChangeTheTissueAtOnce)
{
  const CaseRun run = doses_and_faces();
  EXPECT_NEAR(run.value("damage", "middle"), 2, 1e-12);
  EXPECT_NEAR(run.dose("first").delivered, 5000, 1e-9) << "half of each dose leaks";
  EXPECT_NEAR(run.dose("first").viable, 1250, 1e-6)
      << "the second needle goes in at the same place";
  EXPECT_NEAR(run.dose("first").dead, 3750, 1e-6);
  EXPECT_NEAR(run.dose("second").viable, 5000, 1e-6) << "a needle does not hit what it brings";
  EXPECT_NEAR(run.dose("residents").viable, 0.25 * 32e3, 1e-3);
  EXPECT_THAT(run.simulation().dosing.reports[1], ElementsAre("everything: half of dose 2 leaks"));
}

TEST(DosesAndFaces, ALawRefusesADoseBeforeAnythingIsSolved)
{
  try
  {
    doses_and_faces({"Laws/everything/Largest volume=0.005 mL"});
    FAIL();
  }
  catch (const UserError &error)
  {
    EXPECT_STREQ(error.what(), "law 'everything' takes at most 0.005 mL; 'first' has 0.01 mL");
  }
}

TEST(DosesAndFaces, AFluxThroughAFaceBringsInWhatItSays)
{
  const CaseRun run = doses_and_faces({"Laws/everything/Inflow=20 ng/d"});
  const double rate = std::log(2.), expected = 20 / rate * (1 - std::exp(-2 * rate));
  EXPECT_NEAR(run.quantity("factor").whole.mean * 0.064, expected, 1e-3 * expected)
      << "once, though three instances of the cells are there";
}

TEST(DosesAndFaces, TheSupplyHoldsASpeciesOfALaw)
{
  const CaseRun run = doses_and_faces();
  EXPECT_NEAR(run.value("bath factor", "middle"), 3, 0.05);
  const CaseRun closed = doses_and_faces({"Boundary conditions/left/bath factor/Type=closed"});
  EXPECT_EQ(closed.quantity("bath factor").whole.maximum, 0) << "unless the file says otherwise";
}

TEST(DosesAndFaces, ARunOutsideTheDataOfALawSaysSo)
{
  const CaseRun run = doses_and_faces();
  RangeWatch watch(run.simulation());
  watch.look();
  EXPECT_THAT(watch.sentences(),
              ElementsAre(testing::MatchesRegex("law 'everything' was used outside its data: "
                                                "glucose up to 5 mM \\(data: 1 to 4 mM, a table\\) "
                                                "for at most 100 % of its cells, at t = 2 d")));
}

TEST(DosesAndFaces, ASignalThatNoLawUsesIsTold)
{
  const auto sentences = doses_and_faces().simulation().model.reaction.idle_signals();
  ASSERT_EQ(sentences.size(), 3u) << "one for each instance of the cells";
  EXPECT_EQ(sentences[1],
            "law 'everything' acts on 'growth of hair' of 'cells, first', but no law of "
            "this case has such a process");
}

TEST(DosesAndFaces, RegionsAndInitialValues)
{
  const CaseRun run = doses_and_faces();
  EXPECT_NEAR(run.quantity("clock").regions[0].minimum, 2 + 2 * 3, 1e-6) << "three instances add";
  EXPECT_NEAR(run.quantity("clock").regions[1].maximum, 2, 1e-12);
}

namespace
{
  CaseRun root_uptake(const std::string &end, const std::string &first_step)
  {
    return CaseRun(test_file("data/root-uptake.prm"),
                   {"Laws/uptake/Law=" + test_law("root-uptake"), "Time/End=" + end,
                    "Time/First step=" + first_step});
  }
} // namespace

TEST(FailingLaw, MakesAStepShorter)
{
  const CaseRun run = root_uptake("1.8 h", "1.75 h");
  EXPECT_GT(run.simulation().integrator->n_rejected, 0u);
  EXPECT_NEAR(run.value("glucose", "gel"), 0.01, 1e-4);
}

TEST(FailingLaw, EndsWithLawSpeciesInputsPlaceAndTime)
{
  try
  {
    root_uptake("3 h", "0.1 h");
    FAIL() << "there is nothing left to take up after 2 h";
  }
  catch (const UserError &error)
  {
    EXPECT_THAT(error.what(),
                testing::MatchesRegex("law 'uptake' computes no number for the loss of 'glucose'\n"
                                      "  with glucose = -[0-9.e-]+ mM\n"
                                      "  at \\([01], [01], [01]\\) mm, t = 0\\.08[0-9]+ d"));
  }
}

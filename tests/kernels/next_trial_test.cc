// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause

// What is tried after a trial whose numerical errors are too large.

#include <gmock/gmock.h>

#include "commands/next_trial.h"

#include <cmath>
#include <limits>

using namespace lacuna;
using testing::HasSubstr;

namespace
{
  constexpr double unlimited = std::numeric_limits<double>::infinity();

  AccuracySettings wanted(double target)
  {
    AccuracySettings settings;
    settings.target = target;
    return settings;
  }

  TriedTrial tried(double space, double time)
  {
    TriedTrial trial;
    trial.trial    = {1, 1e-2};
    trial.unknowns = 1000;
    trial.steps    = 100;
    trial.wall     = 2;
    trial.errors   = {{"cells", space, time, {}}};
    return trial;
  }

  NextTrial next(const TriedTrial &last, const AccuracySettings &settings)
  {
    return next_trial(last, settings, {unlimited, unlimited});
  }

  NumericalError number(const std::string &name, double value, double space, double time = 0)
  {
    NumericalError result;
    result.name  = name;
    result.value = value;
    result.space = space;
    result.time  = time;
    result.error = space + time;
    return result;
  }
} // namespace

TEST(NextTrial, IsNotNeededOnceTheWorstAnswerIsExactEnough)
{
  TriedTrial last = tried(0.01, 0.005);
  EXPECT_TRUE(holds(last, 0.02));
  last.errors.push_back({"other cells", 0.02, 0.001, {}});
  EXPECT_FALSE(holds(last, 0.02));
  last.errors.clear();
  EXPECT_FALSE(holds(last, 0.02)) << "an error that is not known is not small";
}

TEST(NextTrial, RefinesWhatMakesTheLargerPart)
{
  const auto mesh = next(tried(0.04, 0.005), wanted(0.02)).trial;
  ASSERT_TRUE(mesh);
  EXPECT_EQ(mesh->refinements, 2u);
  EXPECT_EQ(mesh->tolerance, 1e-2);

  const auto steps = next(tried(0.005, 0.04), wanted(0.02)).trial;
  ASSERT_TRUE(steps);
  EXPECT_EQ(steps->refinements, 1u);
  // From 4 % to a quarter of 2 %: an eighth, with steps shorter by the root of that.
  EXPECT_NEAR(steps->tolerance, 1e-2 * std::pow(8, -1.5), 1e-8);

  const auto both = next(tried(0.04, 0.015), wanted(0.02)).trial;
  ASSERT_TRUE(both);
  EXPECT_EQ(both->refinements, 2u);
  EXPECT_LT(both->tolerance, 1e-2);
}

TEST(NextTrial, SkipsAMeshOnlyIfItCannotDo)
{
  EXPECT_EQ(next(tried(0.15, 0), wanted(0.02)).trial->refinements, 2u) << "0.15/8 < 0.02";
  EXPECT_EQ(next(tried(0.17, 0), wanted(0.02)).trial->refinements, 3u) << "0.17/8 > 0.02";
  EXPECT_EQ(next(tried(unlimited, 0), wanted(0.02)).trial->refinements, 2u);
  TriedTrial unknown = tried(0, 0);
  unknown.errors.clear();
  EXPECT_EQ(next(unknown, wanted(0.02)).trial->refinements, 2u);
}

TEST(NextTrial, LeavesWhatTheFileForces)
{
  AccuracySettings mesh_given = wanted(0.02);
  mesh_given.mesh_is_given    = true;
  const auto steps            = next(tried(0.015, 0.01), mesh_given).trial;
  ASSERT_TRUE(steps);
  EXPECT_EQ(steps->refinements, 1u);
  EXPECT_NEAR(steps->tolerance, 1e-2 * std::pow(4, -1.5), 1e-8) << "half of what the mesh leaves";
  const NextTrial hopeless = next(tried(0.03, 0.01), mesh_given);
  EXPECT_FALSE(hopeless.trial);
  EXPECT_EQ(hopeless.obstacle,
            "the mesh alone, which 'Global refinements' forces, makes 3 % of cells");

  AccuracySettings steps_given = wanted(0.02);
  steps_given.steps_are_given  = true;
  EXPECT_EQ(next(tried(0.01, 0.015), steps_given).trial->refinements, 2u);
  EXPECT_THAT(next(tried(0.01, 0.03), steps_given).obstacle, HasSubstr("'Step' forces"));
}

TEST(NextTrial, EndsWhereItWouldCostTooMuch)
{
  const NextTrial memory = next_trial(tried(0.04, 0), wanted(0.02), {7999, unlimited});
  EXPECT_FALSE(memory.trial);
  EXPECT_EQ(memory.obstacle, "the next mesh would have about 8000 unknowns, more than 7999");
  EXPECT_TRUE(next_trial(tried(0.04, 0), wanted(0.02), {8000, unlimited}).trial);
  EXPECT_TRUE(next_trial(tried(0, 0.04), wanted(0.02), {1000, unlimited}).trial)
      << "shorter steps need no unknowns";
  EXPECT_FALSE(next_trial(tried(0.04, 0), wanted(0.02), {unlimited, 15}).trial);
  EXPECT_TRUE(next_trial(tried(0.04, 0), wanted(0.02), {unlimited, 16}).trial);
  TriedTrial exact      = tried(0, 0.04);
  exact.trial.tolerance = 1e-8;
  EXPECT_FALSE(next(exact, wanted(0.02)).trial);
}

TEST(RelativeErrors, AreOfTheLargestValueForExtremesAndOfItselfForCells)
{
  std::vector<NumericalError> numbers{number("glucose min whole", 0.01, 0.02, 0.02),
                                      number("glucose max whole", 4, 0),
                                      number("glucose consumed", 10, 1),
                                      number("oxygen min nucleus", 1, 0.5),
                                      number("oxygen max whole", 5, 0),
                                      number("X dose 1 delivered", 1e6, 0),
                                      number("X dose 1 viable", 1e5, 5e3),
                                      number("X residents viable", 1e8, 1e6)};
  mark_headlines(numbers);
  const auto headlines = relative_errors(numbers, {});
  ASSERT_EQ(headlines.size(), 2u);
  EXPECT_EQ(headlines[0].answer, "glucose min whole");
  EXPECT_NEAR(headlines[0].total(), 0.01, 1e-12);
  EXPECT_EQ(headlines[1].answer, "X dose 1 viable");
  EXPECT_NEAR(headlines[1].total(), 0.05, 1e-12);
  EXPECT_EQ(largest(headlines).answer, "X dose 1 viable");

  const auto named = relative_errors(numbers, {"oxygen min nucleus", "glucose consumed"});
  ASSERT_EQ(named.size(), 2u);
  EXPECT_NEAR(named[0].total(), 0.1, 1e-12);
  EXPECT_NEAR(named[1].total(), 0.1, 1e-12);

  numbers[6].value = 1; // of a million: none, for all that matters
  EXPECT_NEAR(relative_errors(numbers, {"X dose 1 viable"})[0].total(), 5e3 / 100, 1e-9);
}

TEST(Headlines, AreOfResidentsWhereNothingWasInjected)
{
  std::vector<NumericalError> numbers{number("X residents viable", 1e8, 1e6),
                                      number("glucose min whole", 1, 0),
                                      number("glucose consumed", 10, 1)};
  mark_headlines(numbers);
  EXPECT_TRUE(numbers[0].headline);
  EXPECT_FALSE(numbers[1].headline) << "a value that is given has no error";
}

TEST(Headlines, AreWrittenToTheSecondDigitOfTheirErrors)
{
  EXPECT_EQ(to_place_of(3000, 64940.), "64900");
  EXPECT_EQ(to_place_of(310, 64940.), "64940");
  EXPECT_EQ(to_place_of(0.0066, 0.26114), "0.2611");
  EXPECT_EQ(to_place_of(0.12, 0.3), "0.3");
  EXPECT_EQ(to_place_of(3e5, 1.5e8), "1.5e+08");
  EXPECT_EQ(two_digits(7990), "8000");
}

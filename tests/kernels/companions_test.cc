// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause

// The numerical error that companions tell, against what two finer meshes and small steps give.

#include <gmock/gmock.h>

#include "commands/companions.h"
#include "kernels/kernel_case.h"
#include "output/history.h"

#include <cmath>
#include <stdexcept>

using namespace lacuna;

namespace
{
  /** Cells that eat and die within a day in glucose from one end. */
  std::vector<std::string> dying_bar(unsigned int refinements,
                                     std::vector<std::string> overrides = {})
  {
    overrides.insert(overrides.end(),
                     {"Laws/life/Law=" + test_law("starving-cells"), "Laws/life/Uptake=2e-3 nmol/d",
                      "Laws/life/Death rate=2 /d",
                      "Geometry/Global refinements=" + std::to_string(refinements)});
    return held_at_right(overrides);
  }

  /** A run from beginning to end, with companions. */
  struct Accompanied
  {
    explicit Accompanied(const std::vector<std::string> &overrides)
        : on(overrides), companions(on.input, on.level, on.laws.pointers(), true)
    {
      Simulation simulation(on.input, on.level, on.laws.pointers(), true);
      simulation.prepare(nullptr);
      companions.prepare(nullptr);
      simulation.begin();
      companions.begin();
      const RecordMaker record_maker(simulation, nullptr);
      while (!on.input.time.steady && simulation.step())
        companions.follow(simulation.state.time);
      companions.follow(simulation.state.time);
      record  = record_maker.make_record(quantity_fields_of(simulation));
      numbers = companions.can_tell() ? companions.errors(record)
                                      : numbers_of(record, on.layout.geometry.regions);
    }

    const NumericalError &operator[](const std::string &name) const
    {
      for (const NumericalError &number : numbers)
        if (number.name == name)
          return number;
      throw std::logic_error(name);
    }

    KernelCase on;
    Companions companions;
    StepRecord record;
    std::vector<NumericalError> numbers;
  };

  const std::vector<std::string> answers = {"glucose mean whole", "lactate integral whole",
                                            "cells residents viable", "glucose min whole"};
} // namespace

TEST(Companions, TellTheErrorOfMeshAndSteps)
{
  const Accompanied run(dying_bar(1, {"Time/Relative tolerance=1e-3"})),
      exact(dying_bar(3, {"Time/Relative tolerance=1e-5"}));
  unsigned int n_narrow = 0; // bars; where errors happen to cancel, the bar is wide
  for (const std::string &name : answers)
  {
    const double error = std::abs(run[name].value - exact[name].value);
    EXPECT_GE(run[name].error, error) << name;
    n_narrow += run[name].error < 4 * error ? 1 : 0;
    EXPECT_EQ(run[name].error, run[name].space + run[name].time);
    EXPECT_FALSE(run[name].order) << "two meshes show none";
  }
  EXPECT_GE(n_narrow, 3u);
}

TEST(Companions, SeparateWhatStepsMakeFromWhatTheMeshMakes)
{
  const auto with_tolerance = [](const std::string &tolerance)
  { return Accompanied(dying_bar(1, {"Time/Relative tolerance=" + tolerance})); };
  const Accompanied coarse(with_tolerance("3e-2")), fine(with_tolerance("1e-5"));
  const std::string cells = "cells residents viable";
  const double error      = std::abs(coarse[cells].value - fine[cells].value);
  EXPECT_GT(coarse[cells].time, 0.5 * error);
  EXPECT_LT(coarse[cells].time, 4 * error);
  EXPECT_LT(fine[cells].time, 0.1 * coarse[cells].time);
  EXPECT_NEAR(fine[cells].space / coarse[cells].space, 1, 0.2);
}

TEST(Companions, SeeTheOrderOnThreeMeshesAndTheLimit)
{
  const std::vector<std::string> steady = {"Time/Mode=steady", "Solver/Reactions=lumped"};
  const Accompanied run(dying_bar(2, steady)), exact(dying_bar(4, steady));
  for (const char *name : {"glucose mean whole", "lactate mean whole"})
  {
    ASSERT_TRUE(run[name].order && run[name].limit) << name;
    EXPECT_NEAR(*run[name].order, 2, 0.3) << name;
    EXPECT_LT(std::abs(*run[name].limit - exact[name].value),
              0.3 * std::abs(run[name].value - exact[name].value))
        << name;
    EXPECT_EQ(run[name].time, 0) << name;
  }
}

TEST(Companions, CannotTellOnAMeshThatHasNoCoarserOne)
{
  const Accompanied run(dying_bar(0));
  EXPECT_FALSE(run.companions.can_tell());
  EXPECT_TRUE(run.companions.errors(run.record).empty());
}

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause

// Doses of a solute that spread: case V19 of tests/data.

#include "support/case_run.h"
#include "support/golden.h"

#include <gmock/gmock.h>

#include <cmath>

using namespace lacuna;

TEST(Dose, AtAPoint)
{
  const CaseRun run(verification("point-dose.prm"),
                    {"Geometry/Ball/Layers=gel: 1.5 mm / 6, gel: 3.5 mm / 7, gel: 7 mm / 4"});
  for (const GoldenValue &row : golden("analytic", "V19a"))
    if (row.time == 3600)
    {
      EXPECT_NEAR(run.at("glucose", row.x), row.value, 5e-4 * row.value) << "r = " << row.x;
    }
  EXPECT_NEAR(run.quantity("glucose").whole.integral, 1, 1e-10); // nmol
}

TEST(Dose, AtAPointForADayWithDecay)
{
  // All lengths times the root of 24, the steps times 24; decay only scales.
  const double k = 1e-5, decay = std::exp(-k * 86400);
  const CaseRun run(verification("point-dose.prm"),
                    {"Geometry/Ball/Layers=gel: 7.35 mm / 4, gel: 17.15 mm / 5, gel: 34.3 mm / 4",
                     "Time/End=24 h", "Time/Step=24 min", "Laws/decay/Law=kinetics",
                     "Laws/decay/Substance=glucose", "Laws/decay/Kind=first-order",
                     "Laws/decay/Rate constant=1e-5 /s"});
  for (const GoldenValue &row : golden("analytic", "V19a"))
    if (row.time == 86400)
    {
      EXPECT_NEAR(run.at("glucose", row.x), decay * row.value, 2e-3 * decay * row.value)
          << "r = " << row.x;
    }
  for (const GoldenValue &row : golden("analytic", "V19b"))
    if (row.time == 86400)
    {
      EXPECT_NEAR(run.at("glucose", 0), row.value, 2e-3 * row.value);
    }
  EXPECT_NEAR(run.quantity("glucose").whole.integral, decay, 1e-5);
}

TEST(Dose, GaussianInASealedCube)
{
  const CaseRun run(verification("gaussian-dose.prm"));
  for (const GoldenValue &row : golden("analytic", "V19c"))
    if (row.time > 0)
    {
      EXPECT_NEAR(run.at_time(row.time, "glucose", row.x), row.value, 2e-4 * row.value)
          << "x = " << row.x << " mm, t = " << row.time << " s";
    }
  for (const Moment &moment : run.moments())
    EXPECT_NEAR(moment.record.quantities.front().whole.integral, 0.125, 1e-11);
}

TEST(Dose, GaussianIsSetDownWithTheSecondOrder)
{
  // Shares are averages over the shape functions, so the peak is only approached.
  std::vector<double> errors;
  const double peak = golden("analytic", "V19c").front().value;
  for (const char *cells : {"6", "12", "24"})
  {
    const CaseRun run(verification("gaussian-dose.prm"),
                      {"Geometry/Element degree=1", "Time/End=2 min", "Output/Field times=",
                       std::string("Geometry/Box/Layers=gel: 5 mm / ") + cells,
                       std::string("Geometry/Box/Cells along y=") + cells,
                       std::string("Geometry/Box/Cells along z=") + cells});
    errors.push_back(std::abs(run.at_time(0, "glucose", 0) - peak));
  }
  EXPECT_THAT(orders(errors), testing::Each(testing::Ge(1.7)));
}

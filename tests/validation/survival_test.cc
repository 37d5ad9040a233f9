// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause

// Death of residents, with sharp thresholds: cases V16 and V17 of tests/data.

#include "support/case_run.h"
#include "support/golden.h"

#include <gtest/gtest.h>

#include <cmath>

using namespace lacuna;

namespace
{
  using Overrides = std::vector<std::string>;

  constexpr double initial_density = 4e6; ///< 1/mL

  /** Cells in glucose that nobody takes up. */
  CaseRun bath(const std::string &glucose, const std::string &lactate, Overrides overrides = {})
  {
    for (const std::string &one :
         {"Solutes/glucose/Initial value=" + glucose, "Solutes/lactate/Initial value=" + lactate,
          std::string("Laws/uptake/Rate per cell=0 fmol/h")})
      overrides.push_back(one);
    return CaseRun(verification("batch.prm"), overrides);
  }

  double viability(const CaseRun &run, double time)
  {
    return run.quantity_at(time, "NP cells").whole.mean / initial_density;
  }

  void expect_viability(const CaseRun &run, const std::string &name, const std::string &note)
  {
    for (const GoldenValue &row : golden("coupled", name))
      if (row.quantity == "viability" && row.note == note)
        EXPECT_NEAR(viability(run, row.time), row.value, 1e-9 + 1e-6 * row.value)
            << note << ", t = " << row.time << " s";
  }
} // namespace

TEST(Survival, StarvingInConstantGlucose)
{
  for (const char *glucose : {"0.4", "0.25", "0.05", "0.0"})
    expect_viability(bath(std::string(glucose) + " mM", "0.8 mM"), "V16b",
                     std::string("glucose ") + glucose + " mM, K=0.2, threshold=0.5, pH ok");
}

TEST(Survival, InAcid)
{
  expect_viability(bath("4 mM", "8 mM"), "V16c", "acid only: pH<6.78, rate 3.77e-6 1/s");
  expect_viability(bath("0.25 mM", "8 mM"), "V16d", "glucose 0.25 mM and pH<6.78");
}

TEST(Survival, StarvationConstantThatDependsOnDensity)
{
  // From the rate of death in 0.25 mM glucose, -2 (0.511 - 0.25)/(K + 0.25) per day, follows K.
  for (const GoldenValue &row : golden("coupled", "V16a"))
  {
    const double density = std::stod(row.note.substr(row.note.find('=') + 1)); // 1e6/mm^3
    const CaseRun run =
        bath("0.25 mM", "0.8 mM",
             {"Laws/death/Parameter set=UPF",
              "Laws/death/Initial density=" + std::to_string(1e9 * density) + " /mL",
              "Time/End=1 d", "Output/Field times="});
    const double rate = -std::log(viability(run, 86400)); // 1/d
    EXPECT_NEAR(2 * 0.261 / rate - 0.25, row.value, 1e-5) << row.note;
  }
}

TEST(Survival, SealedBatch)
{
  const CaseRun run(verification("batch.prm"),
                    {"Time/End=3 d", "Output/Field times=1 h, 2 h, 4 h, 12 h, 1 d",
                     "Time/Relative tolerance=1e-6"});
  for (const GoldenValue &row : golden("coupled", "V16e"))
    if (row.quantity == "viability")
      EXPECT_NEAR(viability(run, row.time), row.value, 1e-4) << "t = " << row.time << " s";
    else
      EXPECT_NEAR(run.at_time(row.time, "glucose", 0.5, 0.5, 0.5), row.value,
                  1e-6 + 1e-4 * row.value)
          << "t = " << row.time << " s";
}

TEST(Survival, StarvingSlabSettles)
{
  const CaseRun run(verification("slab-starvation.prm"));
  for (const GoldenValue &row : golden("coupled", "V17"))
  {
    const std::string name = row.quantity.substr(0, row.quantity.find_first_of(" _"));
    const auto where       = row.quantity.find("x=");
    if (where == std::string::npos)
    {
      if (row.quantity == "mean viability")
        EXPECT_NEAR(viability(run, row.time), row.value, 2e-3) << row.time;
      continue;
    }
    const double x = std::stod(row.quantity.substr(where + 2));
    if (name == "viability")
      EXPECT_NEAR(run.at_time(row.time, "NP cells", x) / initial_density, row.value, 2e-3)
          << row.quantity << " at t = " << row.time << " s";
    else
      EXPECT_NEAR(run.at_time(row.time, name == "O2" ? "oxygen" : name, x), row.value,
                  2e-3 * row.value + (name == "glucose" ? 1e-3 : 0))
          << row.quantity << " at t = " << row.time << " s";
  }
}

TEST(Survival, TheFrontOfTheStarvingSlabStands)
{
  const CaseRun run(verification("slab-starvation.prm"), {"Time/Relative tolerance=1e-3"});
  const auto front = [&](double time)
  {
    for (double x = 0.125; x < 8; x += 0.125)
    {
      const double inside  = run.at_time(time, "NP cells", x - 0.125) / initial_density,
                   outside = run.at_time(time, "NP cells", x) / initial_density;
      if (outside >= 0.5)
        return x - 0.125 * (outside - 0.5) / (outside - inside);
    }
    return 8.;
  };
  for (const GoldenValue &row : golden("coupled", "V17"))
    if (row.quantity == "x where viability=0.5 (mm)")
      EXPECT_NEAR(front(row.time), row.value, 0.02) << "t = " << row.time << " s";
  EXPECT_NEAR(viability(run, 259200), viability(run, 1209600), 1e-6);
}

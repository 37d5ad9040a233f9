// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause

// Balls, cylinders and boxes with known answers: cases V04, V05 and V10 of tests/data.

#include "support/case_run.h"
#include "support/golden.h"

#include <gmock/gmock.h>

#include <cmath>
#include <cstdio>

using namespace lacuna;
using testing::Each;
using testing::Ge;

namespace
{
  constexpr double tolerance = 1e-4, pi = 3.14159265358979323846;

  void expect_close(double value, double exact, const std::string &what = "")
  {
    EXPECT_NEAR(value, exact, tolerance * std::abs(exact)) << what;
  }

  void expect_golden(const CaseRun &run, const std::string &name, const std::string &quantity)
  {
    for (const GoldenValue &row : golden("analytic", name))
      if (row.quantity == quantity)
        expect_close(run.at("glucose", row.x, row.y, row.z), row.value,
                     name + " at (" + std::to_string(row.x) + ", " + std::to_string(row.y) + ", " +
                         std::to_string(row.z) + ") mm");
  }

  std::string text(double number)
  {
    char buffer[40];
    std::snprintf(buffer, sizeof(buffer), "%.15g", number);
    return buffer;
  }
} // namespace

TEST(Ball, ZeroOrder)
{
  expect_golden(CaseRun(verification("ball-zero-order.prm")), "V04a", "C_mM");

  const double critical = golden_value("analytic", "V04a", "critical_radius_mm");
  const CaseRun run(verification("ball-zero-order.prm"),
                    {"Geometry/Ball/Layers=tissue: " + text(critical) + " mm / 8"});
  EXPECT_NEAR(run.at("glucose", 0), 0, 2e-5);
}

TEST(Ball, DeadCoreAsTheLimitOfSmallHalfSaturation)
{
  const CaseRun run(
      verification("ball-michaelis-menten.prm"),
      {"Geometry/Ball/Layers=tissue: 1.5 mm / 4, tissue: 1 mm / 8, tissue: 1.5 mm / 3",
       "Solver/Newton iterations=100", "Tissue/tissue/Diffusivity of glucose=2e-3 mm^2/s",
       "Boundary conditions/surface/glucose/Value=0.2 mM", "Laws/uptake/Rate=3e-4 mM/s",
       "Laws/uptake/Half saturation=1e-5 mM", "Output/Probes/radius/To=4 mm, 0 mm, 0 mm"});
  for (const GoldenValue &row : golden("analytic", "V04b"))
    if (row.quantity == "C_mM")
    {
      EXPECT_NEAR(run.at("glucose", row.x), row.value, 1e-4) << "r = " << row.x;
    }
  // Inside the core of 2 mm the front is as soft as the half saturation allows.
  EXPECT_LT(run.at("glucose", 1.5), 1e-5);
  EXPECT_LT(run.at("glucose", 2), 2e-4);
}

TEST(Ball, FirstOrder)
{
  for (const char *thiele : {"1", "3", "6"})
  {
    const double phi = std::stod(thiele), k = phi * phi * 1e-3;
    const CaseRun run(verification("ball-first-order.prm"),
                      {"Laws/uptake/Rate constant=" + text(k) + " /s",
                       "Geometry/Ball/Layers=tissue: 0.5 mm / 8, tissue: 0.5 mm / 8"});
    const std::string tail = std::string(" phi=") + thiele;
    expect_close(run.at("glucose", 0), golden_value("analytic", "V04c", "c_centre/C0" + tail),
                 tail);
    expect_close(run.at("glucose", 0.5), golden_value("analytic", "V04c", "c(r=R/2)/C0" + tail),
                 tail);
    expect_close(run.balance("glucose").in / (k * 4 * pi / 3),
                 golden_value("analytic", "V04c", "effectiveness" + tail), tail);
  }
}

TEST(Ball, CellsInTheShellFeedTheCore)
{
  const CaseRun run(verification("ball-shell.prm"));
  const double core = golden_value("analytic", "V04d", "C_core_mM");
  for (const double r : {0., 0.5, 1., 1.5})
    expect_close(run.at("glucose", r), core, "r = " + text(r));
  expect_golden(run, "V04d", "C_mM");
}

TEST(Ball, MichaelisMenten)
{
  for (const double phi2 : {1., 4., 10.})
    for (const char *kappa : {"1", "0.2", "0.05"})
    {
      const CaseRun run(verification("ball-michaelis-menten.prm"),
                        {"Laws/uptake/Rate=" + text(phi2 * 1e-3) + " mM/s",
                         std::string("Laws/uptake/Half saturation=") + kappa + " mM"});
      const std::string note = "phi2=" + text(phi2) + " kappa=" + kappa;
      // Where almost nothing is left, relative to the surface's 1 mM.
      EXPECT_NEAR(run.at("glucose", 0), golden_value("coupled", "V04e", "c_centre/C0", note), 2e-5)
          << note;
      expect_close(run.at("glucose", 0.5), golden_value("coupled", "V04e", "c(0.5)/C0", note),
                   note);
      expect_close(run.balance("glucose").in / (phi2 * 1e-3 / (1 + std::stod(kappa)) * 4 * pi / 3),
                   golden_value("coupled", "V04e", "effectiveness", note), note);
    }
}

TEST(Ball, ConvergesWithTheOrderOfTheElements)
{
  const auto exact = [](double x, double y, double z)
  { return 0.2 - 3e-4 * (6.25 - x * x - y * y - z * z) / (6 * 2e-3); };
  for (const int degree : {1, 2})
  {
    std::vector<double> errors;
    for (int refinements = 0; refinements < 3; ++refinements)
      errors.push_back(
          CaseRun(verification("ball-zero-order.prm"),
                  {"Geometry/Ball/Layers=tissue: 2.5 mm / " + std::string(degree == 1 ? "4" : "2"),
                   "Geometry/Element degree=" + std::to_string(degree),
                   "Geometry/Global refinements=" + std::to_string(refinements)})
              .error("glucose", exact));
    EXPECT_GE(orders(errors).back(), degree + 0.85) << testing::PrintToString(errors);
  }
}

TEST(Cylinder, ZeroOrder)
{
  expect_golden(CaseRun(verification("cylinder-zero-order.prm")), "V05a", "C_mM");
}

TEST(Cylinder, FirstOrder)
{
  for (const char *thiele : {"1", "3"})
  {
    const double phi = std::stod(thiele), k = phi * phi * 1e-3;
    const CaseRun run(verification("cylinder-first-order.prm"),
                      {"Laws/uptake/Rate constant=" + text(k) + " /s"});
    const std::string tail = std::string(" phi=") + thiele;
    expect_close(run.at("glucose", 0), golden_value("analytic", "V05b", "c_centre/C0" + tail),
                 tail);
    expect_close(run.balance("glucose").in / (k * pi * 0.1),
                 golden_value("analytic", "V05b", "effectiveness" + tail), tail);
  }
}

TEST(Cylinder, TissueAroundACapillary)
{
  const CaseRun run(verification("krogh.prm"));
  for (const GoldenValue &row : golden("analytic", "V05c"))
    expect_close(0.010268 * run.at("oxygen", row.x), row.value, "r = " + text(row.x)); // kPa to mM
}

TEST(Cylinder, ShortAndFedFromAllFaces)
{
  expect_golden(CaseRun(verification("cylinder.prm")), "V10b", "C_mM");
}

TEST(Box, FedFromAllFaces)
{
  expect_golden(CaseRun(verification("box.prm")), "V10a", "C_mM");
}

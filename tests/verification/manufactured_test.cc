// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause

// Manufactured solutions: a law of the tests supplies the source that makes given fields the
// solution.

#include "plugins/law_harness.h"
#include "support/case_run.h"
#include "support/golden.h"
#include "support/test_law.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>

using namespace lacuna;
using testing::Each;
using testing::Ge;

namespace
{
  constexpr double pi = 3.14159265358979323846;

  std::string law(const std::string &name)
  {
    return "Laws/source/Law=" + test_law(name);
  }

  double wave(double x, double y, double z)
  {
    return std::cos(pi * x / 10) * std::cos(pi * y / 8) * std::cos(pi * z / 6);
  }

  /** The exact fields at a time (s). */
  std::vector<std::pair<std::string, FieldFunction>> fields(double time)
  {
    const double s = 1 + 0.3 * std::sin(2 * pi * time / 86400);
    return {{"oxygen", [s](double x, double y, double z) { return 4 + 1.5 * s * wave(x, y, z); }},
            {"lactate", [s](double x, double y, double z) { return 2.5 - s * wave(x, y, z); }},
            {"glucose", [s](double x, double y, double z) { return 3 + 0.8 * s * wave(x, y, z); }}};
  }

  /** The largest L2 error of the three at the end. */
  double error(const CaseRun &run)
  {
    double largest = 0;
    for (const auto &[solute, exact] : fields(6 * 3600))
      largest = std::max(largest, run.error(solute, exact));
    return largest;
  }

  std::vector<double> errors_with_refinement(int degree, int finest,
                                             std::vector<std::string> overrides)
  {
    std::vector<double> result;
    overrides.push_back("Geometry/Element degree=" + std::to_string(degree));
    for (int refinements = 0; refinements <= finest; ++refinements)
    {
      std::vector<std::string> all = overrides;
      all.push_back("Geometry/Global refinements=" + std::to_string(refinements));
      result.push_back(error(CaseRun(test_file("data/manufactured.prm"), all, fields(0))));
    }
    return result;
  }
} // namespace

TEST(Manufactured, FieldsAreThoseOfTheReference)
{
  for (const GoldenValue &row : golden("extra", "V11"))
    for (const auto &[solute, exact] : fields(row.time))
      if (row.quantity == (solute == "oxygen" ? "O2" : solute) + " field")
      {
        EXPECT_NEAR(exact(row.x, row.y, row.z), row.value, 1e-10);
      }
}

TEST(Manufactured, SourceIsThatOfTheReference)
{
  LawAtPoint source(test_law("manufactured"));
  for (const GoldenValue &row : golden("extra", "V11"))
    for (const std::string solute : {"oxygen", "lactate", "glucose"})
      if (row.quantity == (solute == "oxygen" ? "O2" : solute) + " source S")
      {
        source.set("x", row.x).set("y", row.y).set("z", row.z).set("time", row.time);
        const double unit = solute == "oxygen" ? 0.010268 : 1; // mM per unit of the reference
        EXPECT_NEAR(source.rate(solute), unit * row.value, 1e-9 * unit * std::abs(row.value));
      }
}

TEST(Manufactured, ClosedBoxConvergesWithTheOrderOfTheElements)
{
  const auto linear = errors_with_refinement(1, 2, {law("manufactured")});
  EXPECT_THAT(orders(linear), Each(Ge(1.85)));
  EXPECT_LT(linear.back(), 0.02);

  const auto quadratic = errors_with_refinement(2, 1, {law("manufactured")});
  EXPECT_THAT(orders(quadratic), Each(Ge(2.85)));
  EXPECT_LT(quadratic.back(), 2e-3);
}

TEST(Manufactured, HangingNodesKeepTheOrderOfTheElements)
{
  const std::vector<std::string> halves{law("manufactured"), "Tissue/annulus/Porosity=0.8",
                                        "Cells/NP cells/Density in annulus=4e6 /mL",
                                        "Geometry/Box/Layers=nucleus: 5 mm / 2, annulus: 5 mm / 2",
                                        "Geometry/Refine further=annulus: 1"};
  EXPECT_THAT(orders(errors_with_refinement(1, 2, halves)), Each(Ge(1.85)));
  EXPECT_THAT(orders(errors_with_refinement(2, 1, halves)), Each(Ge(2.85)));
}

TEST(Manufactured, FixedFaceConvergesWithTheOrderOfTheElements)
{
  std::vector<std::string> half = {law("manufactured"), "Geometry/Box/Layers=nucleus: 5 mm / 2"};
  const auto fix                = [&](const std::string &solute, const std::string &value)
  {
    half.push_back("Boundary conditions/right/" + solute + "/Type=fixed");
    half.push_back("Boundary conditions/right/" + solute + "/Value=" + value);
  };
  fix("oxygen", "4 kPa");
  fix("lactate", "2.5 mM");
  fix("glucose", "3 mM");
  EXPECT_THAT(orders(errors_with_refinement(1, 2, half)), Each(Ge(1.85)));
  EXPECT_THAT(orders(errors_with_refinement(2, 1, half)), Each(Ge(2.85)));
}

TEST(Manufactured, VaryingPorosityConvergesWithTheOrderOfTheElements)
{
  const auto exact = [](double x, double y, double z)
  { return 3 + std::sin(pi * x / 20) * std::cos(pi * y / 8) * std::cos(pi * z / 6); };
  for (const int degree : {1, 2})
  {
    std::vector<double> errors;
    for (int refinements = 0; refinements < 4 - degree; ++refinements)
      errors.push_back(CaseRun(test_file("data/manufactured-porosity.prm"),
                               {law("manufactured-porosity"),
                                "Geometry/Element degree=" + std::to_string(degree),
                                "Geometry/Global refinements=" + std::to_string(refinements)})
                           .error("glucose", exact));
    EXPECT_THAT(orders(errors), Each(Ge(degree + 0.85))) << testing::PrintToString(errors);
  }
}

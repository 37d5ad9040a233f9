// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause

// Ideal Donnan equilibrium at 37 C with 0.15 M sodium chloride: case V18 of tests/data.

#include "tissue/osmolarity.h"

#include "support/case_run.h"
#include "support/golden.h"

#include <gtest/gtest.h>

#include <cmath>

using namespace lacuna;

TEST(Donnan, ReferenceValues)
{
  for (const GoldenValue &row : golden("analytic", "V18"))
  {
    const double charge  = std::stod(row.quantity.substr(row.quantity.find('=') + 1)); // M
    const auto solved    = donnan_equilibrium(1e3 * charge, 150);
    const std::string of = row.quantity.substr(0, row.quantity.find(' '));
    const double value   = of == "c_plus_M"                ? 1e-3 * solved.cation
                           : of == "c_minus_M"             ? 1e-3 * solved.anion
                           : of == "osmolarity_ideal_mOsm" ? solved.total()
                           : of == "osm_pressure_MPa"      ? 1e-6 * solved.pressure
                           : of == "Donnan_potential_mV"   ? 1e3 * solved.potential
                                                           : std::log10(solved.ratio);
    EXPECT_NEAR(value, row.value, 1e-6 * std::abs(row.value) + 1e-12) << row.quantity;
  }
}

TEST(Donnan, OsmolarityOfTheTissue)
{
  // 0.93 (Na + Cl) + 12 + glucose + lactate above 0.8 mM, at the face of a nucleus with 300 mEq/L.
  const CaseRun run(verification("slab-bibby.prm"), {"Output/Probes/face/From=5 mm, 0 mm, 0 mm"});
  EXPECT_NEAR(run.value("osmolarity", "face"), 0.93 * 424.2640687 + 12 + 4, 1e-5);
  EXPECT_NEAR(run.value("osmolarity", "centre"),
              0.93 * 424.2640687 + 12 + run.value("glucose", "centre") +
                  run.value("lactate", "centre") - 0.8,
              1e-5);
}

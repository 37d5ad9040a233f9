// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause

// Slabs and layers with known answers: cases V01 to V03 and V06 to V08 of tests/data.

#include "support/case_run.h"
#include "support/golden.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>

using namespace lacuna;

namespace
{
  constexpr double tolerance = 1e-4; ///< relative

  void expect_close(double value, double exact, const std::string &what = "")
  {
    EXPECT_NEAR(value, exact, tolerance * std::abs(exact)) << what;
  }

  /** "glucose" of a run at all places and times of a case. */
  void expect_golden(const CaseRun &run, const std::string &name, const std::string &quantity,
                     bool steady = false)
  {
    for (const GoldenValue &row : golden("analytic", name))
      if (row.quantity == quantity && std::isfinite(row.time))
        expect_close(steady ? run.at("glucose", row.x) : run.at_time(row.time, "glucose", row.x),
                     row.value,
                     name + " at x = " + std::to_string(row.x) +
                         " mm, t = " + std::to_string(row.time) + " s");
  }

  std::string text(double number)
  {
    char buffer[40];
    std::snprintf(buffer, sizeof(buffer), "%.15g", number);
    return buffer;
  }

  /** Uptake over what it would be without gradients, from the balance of a steady run (nmol/s). */
  double effectiveness(const CaseRun &run, double rate_at_surface, double volume)
  {
    return run.balance("glucose").in / (rate_at_surface * volume);
  }
} // namespace

TEST(Slab, ZeroOrder)
{
  const CaseRun run(verification("slab-zero-order.prm"));
  expect_golden(run, "V01a", "C_mM", true);
  const double area = 0.1 * 0.1; // mm^2; mM mm^3 = nmol
  expect_close(run.balance("glucose").in / area,
               golden_value("analytic", "V01a", "flux_in_each_face_mM_mm_s"));
}

TEST(Slab, CriticalThicknessEmptiesTheCentre)
{
  const double critical = golden_value("analytic", "V01b", "critical_half_thickness_mm");
  const CaseRun run(verification("slab-zero-order.prm"),
                    {"Geometry/Box/Layers=tissue: " + text(critical) + " mm / 20"});
  EXPECT_NEAR(run.at("glucose", 0), 0, 1e-8);
}

TEST(Slab, DeadCoreAsTheLimitOfSmallHalfSaturation)
{
  // Twice as thick as the slab of V01a: nothing is left inside of 1.5505 mm.
  const auto core = [](const std::string &half_saturation)
  {
    return CaseRun(verification("slab-michaelis-menten.prm"),
                   {"Geometry/Box/Layers=tissue: 4 mm / 160",
                    "Tissue/tissue/Diffusivity of glucose=1.5e-3 mm^2/s",
                    "Boundary conditions/right/glucose/Value=0.2 mM", "Laws/uptake/Rate=1e-4 mM/s",
                    "Laws/uptake/Half saturation=" + half_saturation,
                    "Output/Probes/axis/To=4 mm, 0 mm, 0 mm"});
  };
  const CaseRun sharp = core("1e-5 mM"), soft = core("1e-4 mM");
  for (const GoldenValue &row : golden("analytic", "V01c"))
    if (row.quantity == "C_mM")
    {
      EXPECT_NEAR(sharp.at("glucose", row.x), row.value, 7e-5) << "x = " << row.x;
      EXPECT_NEAR(soft.at("glucose", row.x), row.value, 5e-4) << "x = " << row.x;
    }
  EXPECT_GE(sharp.quantity("glucose").whole.minimum, -1e-12);
}

TEST(Slab, FirstOrder)
{
  for (const char *thiele : {"0.5", "1", "2", "5", "10"})
  {
    const double phi = std::stod(thiele), k = phi * phi * 1e-3;
    const CaseRun run(verification("slab-first-order.prm"),
                      {"Laws/uptake/Rate constant=" + text(k) + " /s"});
    const std::string tail = std::string(" phi=") + thiele;
    expect_close(run.at("glucose", 0), golden_value("analytic", "V02", "c_centre/C0" + tail), tail);
    expect_close(run.at("glucose", 0.5), golden_value("analytic", "V02", "c(x=L/2)/C0" + tail),
                 tail);
    expect_close(effectiveness(run, k, 0.025 * 0.025),
                 golden_value("analytic", "V02", "effectiveness" + tail), tail);
  }
}

TEST(Slab, MichaelisMenten)
{
  for (const double phi2 : {1., 4., 10.})
    for (const char *kappa : {"1", "0.2", "0.05"})
    {
      const CaseRun run(verification("slab-michaelis-menten.prm"),
                        {"Laws/uptake/Rate=" + text(phi2 * 1e-3) + " mM/s",
                         std::string("Laws/uptake/Half saturation=") + kappa + " mM"});
      const std::string note = "phi2=" + text(phi2) + " kappa=" + kappa;
      expect_close(run.at("glucose", 0), golden_value("coupled", "V03", "c_centre/C0", note), note);
      expect_close(run.at("glucose", 0.5), golden_value("coupled", "V03", "c(0.5)/C0", note), note);
      expect_close(effectiveness(run, phi2 * 1e-3 / (1 + std::stod(kappa)), 0.025 * 0.025),
                   golden_value("coupled", "V03", "effectiveness", note), note);
    }
}

TEST(Slab, Transient)
{
  const CaseRun pure(verification("slab-transient.prm"),
                     {"Laws/uptake/Rate constant=0 /s", "Time/Relative tolerance=1e-6"});
  expect_golden(pure, "V06a", "C_mM");
  for (const GoldenValue &row : golden("analytic", "V06a"))
    if (row.quantity == "mean/C0")
      expect_close(pure.quantity_at(row.time, "glucose").whole.mean / 5, row.value, "mean");

  expect_golden(CaseRun(verification("slab-transient.prm"), {"Time/Relative tolerance=1e-6"}),
                "V06b", "C_mM");
}

TEST(Slab, TransientWithZeroOrderUptake)
{
  const CaseRun run(verification("slab-exchange.prm"),
                    {"Boundary conditions/right/glucose/Type=fixed",
                     "Boundary conditions/right/glucose/Exchange coefficient=none",
                     "Solutes/glucose/Initial value=5 mM", "Time/Mode=transient", "Time/End=24 h",
                     "Time/Relative tolerance=1e-5", "Output/Field times=1 h, 6 h"});
  expect_golden(run, "V06c", "C_mM");
}

TEST(Slab, ExchangeWithABath)
{
  expect_golden(CaseRun(verification("slab-exchange.prm")), "V07a", "C_mM", true);
  expect_golden(CaseRun(verification("slab-exchange.prm"),
                        {"Laws/uptake/Rate=0 mM/s", "Solutes/glucose/Initial value=0 mM",
                         "Time/Mode=transient", "Time/End=24 h", "Time/Relative tolerance=1e-7",
                         "Output/Field times=1 h, 6 h"}),
                "V07b", "C_mM");
}

TEST(Slab, GivenFlux)
{
  // A flux q through one face, 1 mM at the other: c = 1 + q (L - x)/D.
  const CaseRun run(verification("slab-first-order.prm"),
                    {"Laws/uptake/Rate constant=0 /s", "Boundary conditions/left/glucose/Type=flux",
                     "Boundary conditions/left/glucose/Flux=2e-7 mol/m^2/s"});
  for (const double x : {0., 0.5, 1.})
    expect_close(run.at("glucose", x), 1 + 2e-4 * (1 - x) / 1e-3);
  EXPECT_NEAR(run.balance("glucose").in, 0, 1e-12); // what comes in by the left leaves by the right
}

TEST(Bilayer, EndplateOnNucleus)
{
  const CaseRun run(verification("bilayer.prm"));
  expect_close(run.value("glucose", "centre"), golden_value("analytic", "V08a", "C_centre_mM"));
  expect_close(run.value("glucose", "interface"),
               golden_value("analytic", "V08a", "C_interface_mM"));
  expect_close(run.value("glucose", "endplate"),
               golden_value("analytic", "V08a", "C_mid_CEP_mM (0.4 mm below bone side)"));

  const CaseRun half(verification("bilayer.prm"),
                     {"Tissue/endplate/Diffusivity of glucose=1.1e-4 mm^2/s"});
  expect_close(half.value("glucose", "centre"),
               golden_value("analytic", "V08d", "C_centre_mM with D1 halved (case a)"));
}

TEST(Bilayer, EndplateWithoutCellsIsABarrier)
{
  const double exact = golden_value("analytic", "V08b", "C_centre_mM no cells in CEP");
  const CaseRun meshed(verification("bilayer.prm"), {"Cells/cells/Density in endplate=0 /mL"});
  expect_close(meshed.value("glucose", "centre"), exact);

  const double h = golden_value("analytic", "V08b", "equivalent_h_mm_s");
  const CaseRun barrier(
      verification("slab-exchange.prm"),
      {"Boundary conditions/right/glucose/Exchange coefficient=" + text(h) + " mm/s",
       "Boundary conditions/right/glucose/Value=4 mM", "Laws/uptake/Rate=8e-6 mM/s"});
  expect_close(barrier.at("glucose", 0), exact);
}

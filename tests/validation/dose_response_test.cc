// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause

// Injected cells against their supply: a slab of nucleus with more and more of them, and a closed
// bath in which they take up nothing. Reference values of the slab were computed outside Lacuna,
// with solutes in equilibrium with the cells at every moment, and are rounded to two or three
// digits.

#include "support/case_run.h"

#include <gmock/gmock.h>

#include <cmath>
#include <fstream>
#include <string>

using namespace lacuna;

namespace
{
  using Overrides = std::vector<std::string>;

  constexpr double day = 86400, nucleus_volume = 5; // s, mL

  const std::string file = LACUNA_SOURCE_DIR "/parameter-files/cookbook/dose-and-supply.prm";

  /** The slab with `dose` cells in the 5 mL of its nucleus. */
  CaseRun slab(double dose, const Overrides &more = {})
  {
    Overrides overrides = {"Cells/injected cells/Density in nucleus=" +
                           std::to_string(dose / nucleus_volume) + " /mL"};
    overrides.insert(overrides.end(), more.begin(), more.end());
    return CaseRun(file, overrides);
  }

  /** Part of the population of time zero that is alive after some days. */
  double alive(const CaseRun &run, const std::string &population, double days)
  {
    return run.quantity_at(days * day, population).whole.integral /
           run.quantity_at(0, population).whole.integral;
  }

  double lowest_glucose(const CaseRun &run)
  {
    return run.quantity_at(0, "glucose").whole.minimum;
  }

  /** Sealed, with solutes that nobody takes up: cells under the conditions of time zero. */
  const char *const bath_file = R"(
set Title = Sealed bath
subsection Geometry
  set Shape = box
  subsection Box
    set Layers = gel: 1 mm / 1
  end
end
subsection Tissue
  subsection gel
    set Porosity = 1
  end
end
subsection Acidity
  set Closure = Soukane
end
subsection Cells
  subsection cells
    set Density in gel = 1e6 /mL
  end
end
subsection Laws
  subsection survival
    set Population     = cells
    set Glucose uptake = 0 fmol/h
    set Oxygen uptake  = 0 fmol/h
  end
end
subsection Initial state
  set Start = values
end
subsection Time
  set End                = 14 d
  set Relative tolerance = 1e-5
end
subsection Output
  set Field times = 3 d
end
)";

  enum class Cells
  {
    BMSC,
    AMSC,
    NPMSC
  };

  /** Part of the cells that is alive after some days of constant conditions: mM, kPa, 1, mOsm/L. */
  double alive_in_bath(Cells cells, double glucose, double oxygen, double pH, double osmolarity,
                       double days)
  {
    const std::string path = testing::TempDir() + "lacuna-sealed-bath.prm";
    std::ofstream(path) << bath_file;
    const double lactate = 10 * (7.5 - pH);
    // Beside the ions count glucose, and lactate above that of blood.
    const double others = osmolarity - 0.93 * 300 - glucose - (lactate - 0.8);
    const auto number   = [](double value) { return std::to_string(value); };
    Overrides overrides = {"Osmolarity/Other osmolytes=" + number(others) + " mOsm/L",
                           "Solutes/oxygen/Initial value=" + number(oxygen) + " kPa",
                           "Solutes/glucose/Initial value=" + number(glucose) + " mM",
                           "Solutes/lactate/Initial value=" + number(lactate) + " mM",
                           cells == Cells::NPMSC ? "Laws/survival/Law=npmsc"
                                                 : "Laws/survival/Law=msc"};
    if (cells == Cells::AMSC)
      overrides.push_back("Laws/survival/Cell type=AMSC");
    const CaseRun run(path, overrides);
    for (const double time : {0., 14 * day})
    {
      EXPECT_NEAR(run.quantity_at(time, "pH").whole.mean, pH, 1e-6);
      EXPECT_NEAR(run.quantity_at(time, "osmolarity").whole.mean, osmolarity, 1e-5);
    }
    return alive(run, "cells", days);
  }

  /** Living cells in the 5 mL, injected and own, at the end. */
  double total(const CaseRun &run)
  {
    return nucleus_volume *
           (run.quantity("injected cells").whole.mean + run.quantity("NP cells").whole.mean);
  }

  struct Reference
  {
    double dose, lowest_glucose, lowest_pH, alive_3_days, alive_14_days, natives;
  };
  constexpr Reference references[] = {
      {1e6, 1.42, 7.17, 0.93e6, 0.72e6, 0.96},  {3e6, 1.00, 7.11, 2.64e6, 1.90e6, 0.96},
      {6e6, 0.43, 7.02, 4.38e6, 3.02e6, 0.94},  {10e6, 0.13, 6.98, 6.05e6, 4.21e6, 0.85},
      {18e6, 0.02, 6.96, 8.70e6, 6.12e6, 0.69}, {30e6, 0.00, 6.96, 11.8e6, 8.27e6, 0.56}};
} // namespace

TEST(DoseResponse, AgreesWithTheReference)
{
  for (const Reference &reference : references)
  {
    SCOPED_TRACE(std::to_string(reference.dose) + " cells");
    const CaseRun run = slab(reference.dose);
    // The reference's grid is coarse where glucose is low.
    EXPECT_NEAR(lowest_glucose(run), reference.lowest_glucose, 0.03);
    EXPECT_NEAR(run.quantity_at(0, "pH").whole.minimum, reference.lowest_pH, 0.01);
    EXPECT_NEAR(reference.dose * alive(run, "injected cells", 3), reference.alive_3_days,
                0.02 * reference.alive_3_days);
    EXPECT_NEAR(reference.dose * alive(run, "injected cells", 14), reference.alive_14_days,
                0.02 * reference.alive_14_days);
    EXPECT_NEAR(alive(run, "NP cells", 14), reference.natives, 0.02);
  }
}

TEST(DoseResponse, WithoutInjectedCells)
{
  const CaseRun run = slab(0);
  EXPECT_NEAR(lowest_glucose(run), 1.59, 0.01);
  EXPECT_NEAR(run.quantity_at(0, "pH").whole.minimum, 7.19, 0.005);
  EXPECT_NEAR(alive(run, "NP cells", 14), 0.964, 0.005);
}

TEST(DoseResponse, MoreCellsMeanMoreSurvivorsButASmallerPartOfThem)
{
  double fraction = 1, survivors = 0, glucose = 3, natives = 1;
  for (const Reference &reference : references)
  {
    SCOPED_TRACE(std::to_string(reference.dose) + " cells");
    const CaseRun run = slab(reference.dose);
    EXPECT_LT(alive(run, "injected cells", 14), fraction);
    EXPECT_GT(reference.dose * alive(run, "injected cells", 14), survivors);
    EXPECT_LT(lowest_glucose(run), glucose);
    EXPECT_LT(alive(run, "NP cells", 14), natives);
    fraction  = alive(run, "injected cells", 14);
    survivors = reference.dose * fraction;
    glucose   = lowest_glucose(run);
    natives   = alive(run, "NP cells", 14);
  }
}

// With the appetite of expansion culture the total of living cells has a maximum near 3 million.
TEST(DoseResponse, HungryCellsCostMoreThanTheyBring)
{
  const auto hungry = [](double dose)
  { return slab(dose, {"Laws/injected cells/Glucose uptake=383 fmol/h"}); };
  const double untreated = 9.64e6;
  EXPECT_NEAR(total(hungry(3e6)), 10.4e6, 0.02 * 10.4e6);
  EXPECT_NEAR(total(hungry(6e6)), 9.45e6, 0.02 * 9.45e6);
  EXPECT_GT(total(hungry(3e6)), untreated);
  EXPECT_LT(total(hungry(6e6)), untreated);
}

TEST(DoseResponse, ACompactBolusLosesMore)
{
  const CaseRun spread = slab(6e6);
  const CaseRun bolus(file, {"Cells/injected cells/Density in nucleus=(x < 2 ? 3e6 : 0) /mL"});
  EXPECT_NEAR(bolus.quantity_at(0, "injected cells").whole.integral,
              spread.quantity_at(0, "injected cells").whole.integral, 0.02 * 6e3);
  EXPECT_NEAR(total(bolus), 10.4e6, 0.03 * 10.4e6);
  EXPECT_LT(alive(bolus, "injected cells", 14), alive(spread, "injected cells", 14));
  EXPECT_LT(lowest_glucose(bolus), lowest_glucose(spread));
}

TEST(DoseResponse, UnderPoorSupplyNPMSCSurviveBest)
{
  const auto poor = [](const Overrides &cells)
  {
    Overrides overrides = {"Boundary conditions/right/glucose/Value=2 mM"};
    overrides.insert(overrides.end(), cells.begin(), cells.end());
    return alive(slab(6e6, overrides), "injected cells", 14);
  };
  const double BMSC = poor({}), AMSC = poor({"Laws/injected cells/Cell type=AMSC"}),
               NPMSC = poor({"Laws/injected cells/Law=npmsc"});
  EXPECT_NEAR(BMSC, 0.26, 0.01);
  EXPECT_NEAR(NPMSC, 0.49, 0.015);
  EXPECT_GT(AMSC, BMSC);
  EXPECT_GT(NPMSC, AMSC);
}

TEST(Bath, AnoxiaIsHarmlessWhileGlucoseIsPlentiful)
{
  const double normoxic = alive_in_bath(Cells::BMSC, 5.5, 20, 7.4, 300, 14),
               anoxic   = alive_in_bath(Cells::BMSC, 5.5, 0, 7.4, 300, 14);
  EXPECT_NEAR(normoxic, 0.919, 1e-3);
  EXPECT_NEAR(anoxic, normoxic, 1e-3);
  EXPECT_LT(alive_in_bath(Cells::BMSC, 0, 0.1, 7.4, 300, 3), 0.15); // but without glucose they die
}

TEST(Bath, NPMSCStandAcidAndHighOsmolarityBetterThanAMSC)
{
  EXPECT_GT(alive_in_bath(Cells::NPMSC, 5, 5, 6.5, 300, 14),
            alive_in_bath(Cells::AMSC, 5, 5, 6.5, 300, 14));
  EXPECT_GT(alive_in_bath(Cells::NPMSC, 5, 5, 7.4, 500, 14),
            alive_in_bath(Cells::AMSC, 5, 5, 7.4, 500, 14));
  EXPECT_NEAR(alive_in_bath(Cells::AMSC, 5, 5, 6.5, 500, 3), 0.609, 1e-3);
  EXPECT_NEAR(alive_in_bath(Cells::AMSC, 5, 5, 6.5, 500, 14), 0.099, 1e-3);
  EXPECT_NEAR(alive_in_bath(Cells::NPMSC, 5, 5, 6.5, 500, 3), 0.830, 1e-3);
  EXPECT_NEAR(alive_in_bath(Cells::NPMSC, 5, 5, 6.5, 500, 14), 0.420, 1e-3);
}

TEST(Bath, AcidAndStarvationAreWorseTogether)
{
  const auto hazard = [](double glucose, double pH)
  { return -std::log(alive_in_bath(Cells::BMSC, glucose, 1, pH, 350, 3)) / 3; };
  const double neither = hazard(5.5, 7.4);
  EXPECT_GT(hazard(0.5, 6.5) - neither,
            1.05 * (hazard(0.5, 7.4) - neither + hazard(5.5, 6.5) - neither));
  EXPECT_NEAR(alive_in_bath(Cells::BMSC, 0.5, 1, 6.5, 350, 3), 0.071, 1e-3);
}

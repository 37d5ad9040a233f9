// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause

// Where doses go: all of it arrives, on every mesh, and only where it should.

#include "support/case_run.h"

#include "config/user_error.h"

#include <gmock/gmock.h>

#include <cmath>

using namespace lacuna;
using testing::HasSubstr;

namespace
{
  using Overrides = std::vector<std::string>;

  constexpr double pi = 3.14159265358979323846;

  Overrides with(Overrides overrides, const Overrides &more)
  {
    overrides.insert(overrides.end(), more.begin(), more.end());
    return overrides;
  }

  /** A cube of 5 mm with `cells` along each edge, and one dose of glucose at its corner (or
   * elsewhere). */
  PlacedDose in_cube(int cells, const Overrides &more)
  {
    const std::string n = std::to_string(cells);
    return place_doses(verification("gaussian-dose.prm"),
                       with({"Geometry/Box/Layers=gel: 5 mm / " + n,
                             "Geometry/Box/Cells along y=" + n, "Geometry/Box/Cells along z=" + n},
                            more))
        .front();
  }

  const Overrides ellipsoid = {"Injections/dose/Shape=ellipsoid",
                               "Injections/dose/Standard deviation=none"};

  std::string message_of(const std::string &file, const Overrides &overrides)
  {
    try
    {
      place_doses(file, overrides);
    }
    catch (const UserError &error)
    {
      return error.what();
    }
    return "";
  }
} // namespace

TEST(Injection, SharesSumToOneAndAreNeverNegative)
{
  const Overrides shapes[] = {
      {},
      {"Injections/cells/Volume=2.5 mL", "Injections/cells/Occupies=infiltrating"},
      {"Injections/cells/Volume=1e-6 mL"},
      {"Injections/cells/Shape=Gaussian", "Injections/cells/Standard deviation=3 mm",
       "Injections/cells/Proportions=1, 1, 1"},
      {"Injections/cells/Shape=Gaussian", "Injections/cells/Standard deviation=0.01 mm",
       "Injections/cells/Proportions=1, 1, 1"},
      {"Injections/cells/Shape=point", "Injections/cells/Proportions=1, 1, 1"},
      {"Injections/cells/Regions=all", "Injections/cells/Site=0 mm, 0 mm, 7 mm"}};
  for (const Overrides &shape : shapes)
    for (const char *mesh : {"0", "1"})
      for (const char *degree : {"1", "2"})
      {
        const PlacedDose dose =
            place_doses(test_file("data/doses.prm"),
                        with(shape, {std::string("Geometry/Global refinements=") + mesh,
                                     std::string("Geometry/Element degree=") + degree}))
                .front();
        EXPECT_NEAR(dose.sum, 1, 1e-13);
        EXPECT_GE(dose.smallest, 0);
        EXPECT_GT(dose.points, 0u);
      }
}

TEST(Injection, StaysInItsRegions)
{
  const std::string file = test_file("data/doses.prm");
  const auto nucleus     = place_doses(file, {"Injections/cells/Volume=4 mL"}).front().by_region;
  EXPECT_NEAR(nucleus[0], 1, 1e-13);
  for (std::size_t r = 1; r < nucleus.size(); ++r)
    EXPECT_EQ(nucleus[r], 0);

  const auto both =
      place_doses(file, {"Injections/cells/Volume=4 mL", "Injections/cells/Site=0 mm, 8 mm, 0 mm",
                         "Injections/cells/Regions=nucleus, inner annulus"})
          .front()
          .by_region;
  EXPECT_GT(both[1], 0);
  EXPECT_NEAR(both[0] + both[1], 1, 1e-13);
}

TEST(Injection, EllipsoidHasItsVolume)
{
  // Nothing of it cut off: 4/3 pi a b c.
  const PlacedDose whole =
      in_cube(10, with(ellipsoid, {"Injections/dose/Volume=0.02 mL",
                                   "Injections/dose/Site=2.5 mm, 2.5 mm, 2.5 mm",
                                   "Injections/dose/Proportions=1, 1, 0.6"}));
  const double a = std::cbrt(20 / (4 * pi / 3 * 0.6));
  EXPECT_NEAR(whole.half_axes[0], a, 5e-3 * a);
  EXPECT_NEAR(whole.half_axes[2], 0.6 * a, 5e-3 * a);
  EXPECT_NEAR(whole.tissue_volume, 20, 0.1);
  for (const double x : whole.middle)
    EXPECT_NEAR(x, 2.5, 1e-2);

  // In the corner seven eighths are cut off, and it grows until an eighth has the volume.
  const PlacedDose eighth = in_cube(10, with(ellipsoid, {"Injections/dose/Volume=0.02 mL"}));
  EXPECT_NEAR(eighth.half_axes[0], std::cbrt(20 * 6 / pi), 5e-3 * std::cbrt(20 * 6 / pi));
  EXPECT_NEAR(eighth.tissue_volume, 20, 0.1);
}

TEST(Injection, InfiltratingFillsThePores)
{
  const PlacedDose dose = in_cube(
      10, with(ellipsoid, {"Injections/dose/Volume=0.02 mL",
                           "Injections/dose/Occupies=infiltrating", "Tissue/gel/Porosity=0.5"}));
  EXPECT_NEAR(dose.tissue_volume, 40, 0.2);

  // Half as many pores per millimetre further: the pore water in the bolus has the volume.
  const PlacedDose graded = in_cube(10, with(ellipsoid, {"Injections/dose/Volume=0.02 mL",
                                                         "Injections/dose/Occupies=infiltrating",
                                                         "Tissue/gel/Porosity=0.8 - 0.1*x"}));
  EXPECT_GT(graded.tissue_volume, 20 / 0.8);
  EXPECT_LT(graded.tissue_volume, 20 / 0.3);
}

TEST(Injection, SmallerThanACellGoesIntoTheCell)
{
  for (const char *degree : {"1", "2"})
  {
    const PlacedDose dose =
        in_cube(4, with(ellipsoid, {"Injections/dose/Volume=1e-6 mL",
                                    std::string("Geometry/Element degree=") + degree,
                                    "Injections/dose/Site=1.9 mm, 3 mm, 4.4 mm"}));
    EXPECT_NEAR(dose.sum, 1, 1e-13);
    EXPECT_LE(dose.points, std::string(degree) == "1" ? 8u : 27u);
    EXPECT_NEAR(dose.middle[0], 1.9, 0.15); // a tenth of a cell
    EXPECT_NEAR(dose.middle[1], 3, 0.15);
    EXPECT_NEAR(dose.middle[2], 4.4, 0.15);
    ASSERT_EQ(dose.warnings.size(), 1u);
    EXPECT_THAT(dose.warnings.front(), HasSubstr("less than two cells"));
  }
}

/** Above it by what makes up for the spread of the hat functions, which falls with their square. */
TEST(Injection, PeakDensityIsDoseOverVolume)
{
  // Quadratic shape functions overshoot at the edge of the bolus, by less than a fifth.
  const Overrides volume = with(ellipsoid, {"Injections/dose/Volume=0.02 mL"});
  const double peak      = 1. / 20; // per mm^3
  for (const auto &[cells, excess] : {std::pair(12, 0.05), std::pair(24, 0.02)})
  {
    const PlacedDose linear = in_cube(cells, with(volume, {"Geometry/Element degree=1"}));
    EXPECT_GE(linear.peak, peak);
    EXPECT_LE(linear.peak, (1 + excess) * peak);
  }
  const PlacedDose quadratic = in_cube(12, with(volume, {"Geometry/Element degree=2"}));
  EXPECT_GE(quadratic.peak, 0.95 * peak);
  EXPECT_LE(quadratic.peak, 1.2 * peak);
}

TEST(Injection, RefusedWhereItDoesNotFit)
{
  const std::string file = test_file("data/doses.prm");
  EXPECT_THAT(message_of(file, {"Injections/cells/Volume=20 mL"}), HasSubstr("can hold"));
  EXPECT_THAT(
      message_of(file, {"Injections/cells/Volume=8 mL", "Injections/cells/Occupies=infiltrating"}),
      HasSubstr("in its pores"));
  EXPECT_THAT(message_of(file, {"Injections/cells/Site=0 mm, 60 mm, 0 mm"}),
              HasSubstr("does not lie in 'nucleus'"));
  EXPECT_THAT(message_of(file, {"Injections/cells/Site=0 mm, 18 mm, 0 mm"}),
              HasSubstr("does not lie in 'nucleus'")); // in the annulus
}

TEST(Injection, EveryCellIsBooked)
{
  for (const char *degree : {"1", "2"})
  {
    const CaseRun run(test_file("data/doses.prm"),
                      {std::string("Geometry/Element degree=") + degree});
    const DoseRecord &dose = run.dose("cells");
    EXPECT_NEAR(dose.loaded, 6e6, 1e-6);
    EXPECT_NEAR(dose.leaked, 6e6 * 0.04, 1e-6);
    EXPECT_NEAR(dose.dead_on_arrival, 6e6 * 0.96 * (1 - 0.85 * 0.9), 1e-6);
    EXPECT_NEAR(dose.delivered, 6e6 * 0.96 * 0.85 * 0.9, 1e-6);
    EXPECT_NEAR(dose.leaked + dose.dead_on_arrival + dose.delivered, dose.loaded, 1e-6);
    EXPECT_NEAR(dose.viable / dose.delivered, 1, 1e-13);
    EXPECT_NEAR(dose.dead / dose.dead_on_arrival, 1, 1e-13);
    const QuantityRecord &cells = run.quantity("NPMSC, cells");
    EXPECT_NEAR(cells.whole.integral / dose.delivered, 1, 1e-13);
    EXPECT_NEAR(cells.regions[0].integral / dose.delivered, 1, 1e-13); // all in the nucleus
    EXPECT_GE(cells.whole.minimum, 0);
  }
}

TEST(Injection, TheCarrierIsBookedAndMixesByVolumes)
{
  const CaseRun run(test_file("data/doses.prm"));
  const BalanceRecord &glucose = run.balance("glucose");
  EXPECT_GT(glucose.injected, 0);
  EXPECT_NEAR(glucose.stored / glucose.injected, 1, 1e-10); // the disc is closed
  // The bolus on this mesh is at most four times as dense as the dose.
  EXPECT_LE(run.quantity_at(0, "glucose").whole.maximum,
            (4 * 0.8 + 4 * 25) / (0.8 + 4) * (1 + 1e-12));
  EXPECT_GE(run.quantity_at(0, "glucose").whole.minimum, 4 * (1 - 1e-12));

  const CaseRun same(test_file("data/doses.prm"), {"Injections/cells/Carrier glucose=4 mM"});
  EXPECT_NEAR(same.balance("glucose").injected, 0, 1e-9);
}

TEST(Injection, DosesAddUpAndEachKeepsItsTime)
{
  const CaseRun run(test_file("data/doses.prm"),
                    {"Injections/later/Species=glucose", "Injections/later/Amount=3 umol",
                     "Injections/later/Volume=0.5 mL", "Injections/later/Site=5 mm, 0 mm, 0 mm",
                     "Injections/later/Time=17 min", "Injections/again/Species=NPMSC",
                     "Injections/again/Amount=1e6", "Injections/again/Volume=0.5 mL",
                     "Injections/again/Site=5 mm, 0 mm, 0 mm", "Injections/again/Time=23 min",
                     "Injections/cells/Carrier glucose=as tissue"});
  run.moment(17 * 60); // hit exactly
  run.moment(23 * 60);
  EXPECT_NEAR(run.balance("glucose").injected, 3000, 1e-9); // nmol
  EXPECT_NEAR(run.balance("glucose").stored, 3000, 1e-6);
  EXPECT_NEAR(run.dose("again").viable, 1e6, 1e-6);
  EXPECT_NEAR(run.dose("cells").viable, 6e6 * 0.96 * 0.85 * 0.9, 1e-6);
}

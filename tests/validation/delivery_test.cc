// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause

// How cells are delivered: cases of the cookbook give the numbers that their headers tell, and
// repeated doses and the systemic route follow what is known in closed form.

#include "config/user_error.h"
#include "support/case_run.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

using namespace lacuna;

namespace
{
  using Overrides = std::vector<std::string>;

  constexpr double day = 86400; // s

  std::string cookbook_file(const std::string &name)
  {
    return LACUNA_SOURCE_DIR "/parameter-files/cookbook/" + name + ".prm";
  }

  CaseRun cookbook(const std::string &name, const Overrides &overrides = {})
  {
    return CaseRun(cookbook_file(name), overrides);
  }

  double amount(const CaseRun &run, double days, const std::string &quantity)
  {
    return run.quantity_at(days * day, quantity).whole.integral;
  }

  /** Integral of an amount over time up to the end (times days), exact for exponential decay. */
  double integral_over_time(const CaseRun &run, const std::string &quantity)
  {
    double sum = 0, last_time = 0, last = 0;
    for (const Moment &moment : run.moments())
      for (const QuantityRecord &record : moment.record.quantities)
        if (record.name == quantity)
        {
          const double value = record.whole.integral, time = moment.time / day;
          if (last > 0 && value > 0)
            sum += (time - last_time) * (std::abs(last - value) > 1e-6 * last
                                             ? (last - value) / std::log(last / value)
                                             : value);
          last      = value;
          last_time = time;
        }
    return sum;
  }

  double alive_from_all_doses(const CaseRun &run)
  {
    double sum = 0;
    for (const char *dose : {"dose", "dose 2", "dose 3"})
      sum += run.dose(dose).viable;
    return sum;
  }
} // namespace

TEST(Delivery, LeakByCarrierDwellAndVolume)
{
  struct Row
  {
    Overrides overrides;
    double leaked, delivered, alive; ///< millions
  };
  const Row rows[] = {
      {{}, 0.235, 4.90, 0.74},
      {{"Laws/injection/Carrier=saline"}, 2.473, 3.00, 0.56},
      {{"Laws/injection/Carrier=saline", "Laws/injection/Dwell=300 s"}, 0.910, 4.33, 0.69},
      {{"Injections/dose 1/Volume=1 mL"}, 0.259, 4.88, 0.46}};
  for (const Row &row : rows)
  {
    const CaseRun run      = cookbook("injection-mechanics", row.overrides);
    const DoseRecord &dose = run.dose("dose 1");
    EXPECT_NEAR(dose.leaked / 1e6, row.leaked, 1e-3);
    EXPECT_NEAR(dose.delivered / 1e6, row.delivered, 5e-3);
    EXPECT_NEAR(dose.viable / 1e6, row.alive, 0.01);
    EXPECT_NEAR(dose.loaded, dose.leaked + dose.dead_on_arrival + dose.delivered, 1e-3);
  }
}

TEST(Delivery, LessFluidRaisesThePeakDensity)
{
  const auto peak = [](const char *volume)
  {
    return place_doses(cookbook_file("injection-mechanics"),
                       {std::string("Injections/dose 1/Volume=") + volume})
        .front()
        .peak;
  };
  EXPECT_GT(peak("1 mL"), 1.9 * peak("2 mL"));
  EXPECT_GT(peak("2 mL"), 1.4 * peak("3 mL"));
}

TEST(Delivery, AHealthyDiscRefuses2mL)
{
  try
  {
    cookbook("injection-mechanics", {"Laws/injection/Discogram grade=0"});
    FAIL();
  }
  catch (const UserError &error)
  {
    EXPECT_THAT(error.what(), testing::HasSubstr("so that 1.16 mL bring it to"));
  }
  EXPECT_NO_THROW(cookbook("injection-mechanics",
                           {"Laws/injection/Discogram grade=0", "Injections/dose 1/Volume=1.16 mL",
                            "Time/End=1 min", "Output/Field times="}));
}

TEST(Delivery, TheNeedleKillsLittleInAHumanDisc)
{
  // 1.58 mm^2 of cross-section and 16 mm of track, partly through the denser annulus.
  const CaseRun run = cookbook("injection-mechanics", {"Time/End=1 min", "Output/Field times="});
  const double dead = run.dose("residents").dead;
  EXPECT_NEAR(dead, 0.15e6, 0.01e6);
  EXPECT_LT(dead / amount(run, 0, "resident cells"), 0.006);
  EXPECT_GT(run.quantity("needle damage").whole.maximum, 0);
  EXPECT_LE(run.quantity("needle damage").whole.maximum, 1);
}

TEST(Delivery, ThreeMonthlyDosesOrOne)
{
  const CaseRun three = cookbook("repeated-doses");
  const CaseRun one =
      cookbook("repeated-doses", {"Injections/dose/Repeats=1", "Injections/dose/Interval=none",
                                  "Injections/dose/Amount=6e6"});
  EXPECT_NEAR(amount(three, 29, "NPMSC, dose") / 1e6, 0.23, 0.01);
  EXPECT_NEAR(amount(one, 29, "NPMSC, dose") / 1e6, 0.42, 0.01);
  EXPECT_NEAR(alive_from_all_doses(three) / 1e6, 0.35, 0.01);
  EXPECT_NEAR(one.dose("dose").viable / 1e6, 0.18, 0.01);
  EXPECT_NEAR(three.dose("residents").viable / 1e6, 150.4, 0.1);
  EXPECT_NEAR(one.dose("residents").viable / 1e6, 150.2, 0.1);

  // Each dose punctures the disc once more, at the same site.
  const double once  = one.quantity("needle damage").whole.maximum,
               often = three.quantity("needle damage").whole.maximum;
  EXPECT_NEAR(often, 1 - std::pow(1 - once, 3), 1e-9);
  EXPECT_GT(three.quantity("needle damage").whole.mean,
            2.5 * one.quantity("needle damage").whole.mean);
}

TEST(Delivery, DosesAtAConstantHazard)
{
  struct Row
  {
    double hazard, integral, left; ///< 1/d; days per cell; share after 30 d
  };
  for (const Row &row : {Row{0.05, 20, 0.22}, Row{0.15, 6.7, 0.011}, Row{0.30, 3.3, 1e-4}})
  {
    Overrides overrides = {
        "Laws/NPMSC/Starvation hazard=0 /d",      "Laws/NPMSC/Acid hazard=0 /d",
        "Laws/NPMSC/Hyperosmolarity hazard=0 /d", "Laws/NPMSC/Glucose uptake=0 fmol/h",
        "Laws/NPMSC/Oxygen uptake=0 fmol/h",      "Initial state/Equilibration of residents=none"};
    overrides.push_back("Laws/NPMSC/Baseline hazard=" + std::to_string(row.hazard) + " /d");
    const CaseRun run      = cookbook("repeated-doses", overrides);
    const double delivered = run.dose("dose").delivered;
    // What comes after 90 days is the rest of the exponential.
    const double rest     = run.dose("dose").viable / row.hazard;
    const double integral = (integral_over_time(run, "NPMSC, dose") + rest) / delivered;
    EXPECT_NEAR(integral, 1 / row.hazard, 1e-6);
    EXPECT_NEAR(integral, row.integral, 0.05);
    for (const auto &[dose, days] : {std::pair("NPMSC, dose", 30), std::pair("NPMSC, dose 2", 60)})
    {
      const double left = amount(run, days, dose) / delivered;
      EXPECT_NEAR(left, std::exp(-30 * row.hazard), 1e-9);
      EXPECT_NEAR(left, row.left, 0.25 * row.left);
    }
    EXPECT_EQ(run.dose("dose 3").delivered, delivered);
  }
}

TEST(Delivery, TheBloodLoadsOnlyTheFacesOfADisc)
{
  const CaseRun run = cookbook("systemic-route");
  EXPECT_NEAR(amount(run, 1, "MSC") / 1e6, 3.38, 0.02);
  EXPECT_NEAR(amount(run, 3, "MSC") / 1e6, 1.98, 0.02);
  EXPECT_NEAR(amount(run, 7, "MSC") / 1e6, 0.445, 0.003);
  const auto &regions = run.quantity("MSC").regions;
  for (std::size_t r = 0; r + 1 < regions.size(); ++r)
    EXPECT_EQ(regions[r].maximum, 0);
  // Of the endplates, only the nodes at their faces.
  const auto cells   = run.point_values("MSC");
  const auto region  = run.point_regions();
  const auto at_face = std::count_if(cells.begin(), cells.end(), [](double n) { return n > 0; });
  EXPECT_GT(at_face, 0);
  EXPECT_LT(at_face, std::count(region.begin(), region.end(), regions.size() - 1));
}

TEST(Delivery, RoutesThroughTheBlood)
{
  const auto alive = [](const std::string &option)
  { return amount(cookbook("systemic-route", {"Laws/vein/" + option}), 7, "MSC"); };
  EXPECT_NEAR(alive("Route=portal vein") / 1e6, 3.55, 0.03);
  EXPECT_NEAR(alive("Route=peripheral vein, Muse") / 1e6, 25.4, 0.2);
  EXPECT_NEAR(alive("Agent=heparin") / 1e6, 0.743, 0.006);
}

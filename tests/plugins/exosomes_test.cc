// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "config/user_error.h"
#include "law_harness.h"

#include <algorithm>
#include <utility>

using lacuna::LawAtPoint;
using lacuna::LawValues;
using lacuna::printed;

namespace
{
  /** Protective effect when the vesicles inside the cells are in balance with `density` vesicles
   * per mL outside. */
  double steady_effect(LawAtPoint &law, double density)
  {
    law.set("exosomes", density).set("internalised exosomes", 1).set("NP cells", 0);
    law.set("internalised exosomes",
            law.gain("internalised exosomes") / law.loss("internalised exosomes"));
    return 1 - law.signal();
  }

  struct Course
  {
    double peak = 0, peak_day = 0, days_above = 0, last_day_above = 0, integral = 0;
  };

  /** One bolus among 4e6 cells per mL, without transport: explicit midpoint steps of 0.05 h. */
  Course bolus(double vesicles_per_mL)
  {
    LawAtPoint law("exosomes");
    constexpr double step = 0.05, threshold = 0.25;
    double free = vesicles_per_mL, inside = 0;
    Course course;
    law.set("NP cells", 4e6);
    for (double hour = 0; hour < 24 * 60; hour += step)
    {
      law.set("exosomes", free).set("internalised exosomes", inside);
      const double effect = 1 - law.signal();
      course.integral += effect * step / 24;
      if (effect > course.peak)
      {
        course.peak     = effect;
        course.peak_day = hour / 24;
      }
      if (effect > threshold)
      {
        course.days_above += step / 24;
        course.last_day_above = hour / 24;
      }
      const double middle_free   = free + 0.5 * step * law.rate("exosomes");
      const double middle_inside = inside + 0.5 * step * law.rate("internalised exosomes");
      law.set("exosomes", middle_free).set("internalised exosomes", middle_inside);
      free += step * law.rate("exosomes");
      inside += step * law.rate("internalised exosomes");
    }
    return course;
  }
} // namespace

TEST(Exosomes, OwnsTwoSpecies)
{
  LawAtPoint law("exosomes");
  const auto &owned = law.law->owns;
  ASSERT_EQ(owned.size(), 2u);
  EXPECT_EQ(owned[0].name, "exosomes");
  EXPECT_TRUE(owned[0].mobile);
  EXPECT_EQ(owned[0].basis, lacuna::Basis::tissue);
  EXPECT_NEAR(owned[0].diffusivity, 0.66e-12, 1e-24);
  EXPECT_EQ(owned[1].name, "internalised exosomes");
  EXPECT_EQ(owned[1].basis, lacuna::Basis::per_cell);
  EXPECT_EQ(owned[1].population, "NP cells");
}

TEST(Exosomes, SteadyUptake)
{
  LawAtPoint law("exosomes");
  law.set("exosomes", 5e10).set("internalised exosomes", 1);
  EXPECT_DOUBLE_EQ(law.gain("internalised exosomes"), 500); // vesicles per cell and hour
  EXPECT_NEAR(law.gain("internalised exosomes") / law.loss("internalised exosomes"), 17300, 50);
  EXPECT_TRUE(printed(steady_effect(law, 5e10), ".51"));
  EXPECT_TRUE(printed(steady_effect(law, 1e10), ".21"));
  EXPECT_TRUE(printed(steady_effect(law, 1e11), ".62"));
}

TEST(Exosomes, OneBolus)
{
  const Course small = bolus(2e10), large = bolus(1e11);
  EXPECT_TRUE(printed(small.peak, ".12"));
  EXPECT_NEAR(small.peak_day, 1, 0.15);
  EXPECT_TRUE(printed(large.peak, ".38"));
  EXPECT_TRUE(printed(large.days_above, "2.58"));
  EXPECT_TRUE(printed(large.last_day_above, "2.8"));
  EXPECT_TRUE(printed(large.integral, "1.4"));
}

TEST(Exosomes, LossOutside)
{
  LawAtPoint law("exosomes", {{{"Binding rate", 0.01}}, {}});
  law.set("exosomes", 1e10).set("NP cells", 4e6);
  EXPECT_NEAR(law.loss("exosomes"), (std::log(2.) / 48 + 0.01 + 0.04) * 1e10, 1);
  EXPECT_EQ(law.gain("exosomes"), 0);
}

TEST(Exosomes, SecretionByALivingGraft)
{
  LawAtPoint law("exosomes", {{}, {{"Secreting population", "NPMSC"}}});
  law.set("NPMSC", 6e6 / 5.); // 6e6 cells in 5 mL
  EXPECT_NEAR(law.gain("exosomes") * 24, 3.6e9, 1);
}

TEST(Exosomes, CargosMultiplySurvivors)
{
  const auto factor = [](const std::string &cargo)
  {
    LawAtPoint law("exosomes", {{}, {{"Cargo", cargo}}});
    steady_effect(law, 5e10);
    return law.signal();
  };
  const double effect = 1 - factor("miR-21");
  EXPECT_TRUE(printed(factor("miR-21"), ".49"));
  EXPECT_TRUE(printed(factor("miR-21, miR-194-5p"), ".29"));
  EXPECT_NEAR(factor("circ_0050205"), 1 - 0.6 * effect, 1e-14);
  EXPECT_NEAR(factor("miR-34a"), 1 + 0.5 * effect, 1e-14) << "the cargo of aged cells harms";
  EXPECT_EQ(factor("none"), 1) << "the effect vanishes when the cargo is knocked down";
  EXPECT_NEAR(factor("own"), 1 - 0.8 * effect, 1e-14);
}

TEST(Exosomes, UnknownCargoIsRefused)
{
  try
  {
    LawAtPoint law("exosomes", {{}, {{"Cargo", "miR-21, miR-22"}}});
    FAIL();
  }
  catch (const lacuna::UserError &error)
  {
    EXPECT_EQ(std::string(error.what()).rfind("law 'test' knows no cargo 'miR-22'; write one", 0),
              0u);
  }
}

TEST(Exosomes, ExactDerivatives)
{
  LawAtPoint law("exosomes",
                 {{}, {{"Cargo", "miR-21, miR-155"}, {"Secreting population", "NPMSC"}}});
  law.set("exosomes", 3e10)
      .set("internalised exosomes", 8e3)
      .set("NP cells", "1/mL", 4e6)
      .set("NP cells", "1/uL", 5e3)
      .set("NPMSC", 1e6);
  law.expect_exact_derivatives();
}

namespace
{
  /** So many cells of one dose, among so many of all doses. */
  LawAtPoint with_cells(LawAtPoint &law, double of_dose, double of_all)
  {
    law.set("NP cells", "1/mL", of_dose);
    for (const auto &read : law.law->reads)
      if (read.unit == "1/uL")
        law.set("NP cells", "1/uL", 1e-3 * of_all);
    return std::move(law);
  }

  /** A law with that cargo and signals of their own for every kind of death, at an effect of .51.
   */
  LawAtPoint with_cargo(const std::string &cargo, const std::string &kinds = "several")
  {
    LawAtPoint law("exosomes", {{}, {{"Cargo", cargo}, {"Kinds of death", kinds}}});
    law.set("exosomes", 5e10).set("internalised exosomes", 5e10 * 1e-8 * 24 / std::log(2.));
    return with_cells(law, 4e6, 4e6);
  }

  /** Every signal that a cargo provides, and no other. */
  void expect_signals(const std::string &cargo,
                      const std::vector<std::pair<std::string, double>> &expected)
  {
    SCOPED_TRACE(cargo);
    LawAtPoint law = with_cargo(cargo);
    for (const auto &[process, value] : expected)
    {
      const std::string target = process == "rejuvenation"        ? "senescent cells"
                                 : process == "oxidant clearance" ? "hydrogen peroxide"
                                                                  : "NP cells";
      EXPECT_NEAR(law.signal(process, target), value, 1e-6) << process;
    }
    EXPECT_EQ(law.law->provides.size(), expected.size());
  }

  struct GelCourse
  {
    double peak = 0, integral = 0, integral_40_days = 0;
  };

  /** A gel depot among 4e6 cells per mL, without transport: explicit midpoint steps of 0.5 h. */
  GelCourse gel(double vesicles_per_mL)
  {
    LawAtPoint law("exosomes", {{}, {{"Depot species", "exosome depot"}}});
    const std::string names[] = {"exosome depot", "exosomes", "internalised exosomes"};
    constexpr double step     = 0.5;
    double state[]            = {vesicles_per_mL, 0, 0};
    GelCourse course;
    law.set("NP cells", 4e6);
    const auto rates = [&](const double *at, double *rate)
    {
      for (int i = 0; i < 3; ++i)
        law.set(names[i], at[i]);
      for (int i = 0; i < 3; ++i)
        rate[i] = law.rate(names[i]);
    };
    for (double hour = 0; hour < 24 * 150; hour += step)
    {
      double rate[3], middle[3];
      rates(state, rate);
      const double effect = 1 - law.signal();
      course.peak         = std::max(course.peak, effect);
      course.integral += effect * step / 24;
      course.integral_40_days += hour < 24 * 40 ? effect * step / 24 : 0;
      for (int i = 0; i < 3; ++i)
        middle[i] = state[i] + 0.5 * step * rate[i];
      rates(middle, rate);
      for (int i = 0; i < 3; ++i)
        state[i] += step * rate[i];
    }
    return course;
  }
} // namespace

TEST(Exosomes, GelDepot)
{
  const GelCourse course = gel(1e11);
  EXPECT_TRUE(printed(course.peak, ".10"));
  EXPECT_TRUE(printed(course.integral, "1.96"));
  EXPECT_TRUE(printed(course.integral_40_days, "1.8"));
  EXPECT_NEAR(course.integral / bolus(1e11).integral, 1.43, 0.01) << "a gel beats a bolus";
}

TEST(Exosomes, DepotIsEmptiedIntoTheTissue)
{
  LawAtPoint law("exosomes", {{{"Depot half-life", 10}}, {{"Depot species", "gel"}}});
  law.set("gel", 1e10);
  EXPECT_NEAR(law.loss("gel"), std::log(2.) / 240 * 1e10, 1);
  EXPECT_DOUBLE_EQ(law.gain("exosomes"), law.loss("gel"));
  EXPECT_FALSE(law.law->owns.back().mobile);
}

TEST(Exosomes, SeveralPopulationsSecrete)
{
  LawAtPoint law("exosomes", {{}, {{"Secreting population", "BMSC, AMSC"}}});
  law.set("BMSC", 1e6).set("AMSC", 2e5);
  EXPECT_NEAR(law.gain("exosomes") * 24, 3.6e9, 1);
  // A living graft gives in about 6 days what a bolus of 2e10 per mL brings.
  EXPECT_NEAR(2e10 / 3.6e9, 6, 0.5);
}

TEST(Exosomes, SpreadByDiffusion)
{
  const double D = LawAtPoint("exosomes").law->owns[0].diffusivity, day = 86400; // m^2/s, s
  EXPECT_TRUE(printed(1e3 * std::sqrt(4 * D * 7 * day), "1.3"));
  EXPECT_TRUE(printed(1e3 * std::sqrt(4 * D * 28 * day), "2.5"));
}

TEST(Exosomes, EveryCargoChangesItsProcesses)
{
  const double e = .8 * 17312.340490667561 / (17312.340490667561 + 1e4);
  EXPECT_TRUE(printed(e, ".51"));
  const auto less = [e](double weight) { return 1 - weight * e; };
  expect_signals("miR-21", {{"apoptosis", less(1)}, {"inflammatory death", less(1)}});
  expect_signals("miR-155", {{"apoptosis", less(.8)}, {"oxidant clearance", 1 + .8 * e}});
  expect_signals("miR-532-5p",
                 {{"inflammatory death", less(.8)}, {"matrix degradation", less(.8)}});
  expect_signals(
      "miR-129-5p",
      {{"apoptosis", less(.8)}, {"matrix degradation", less(.8)}, {"cytokine release", less(.8)}});
  expect_signals(
      "miR-199a",
      {{"apoptosis", less(.8)}, {"senescence", less(.8)}, {"matrix degradation", less(.8)}});
  expect_signals("miR-194-5p", {{"NF-kB gain", less(.8)}});
  expect_signals("circ_0072464", {{"oxidative death", less(.6)},
                                  {"proliferation", 1 + .5 * .6 * e},
                                  {"oxidant clearance", 1 + .6 * e}});
  expect_signals("circ_0050205", {{"oxidative death", less(.6)}, {"matrix degradation", less(.6)}});
  expect_signals("miR-142-3p", {{"cytokine release", less(.6)}});
  expect_signals("Akt-mTOR EV", {{"apoptosis", less(.6)}, {"cytokine release", less(.6)}});
  expect_signals("ER-stress EV", {{"apoptosis", less(.8)}});
  expect_signals("miR-105-5p", {{"senescence", less(1)}, {"rejuvenation", e}});
  expect_signals("antagomiR-4450", {{"apoptosis", less(.6)}});
  expect_signals("AMSC-EV", {{"matrix synthesis", 1 + 2 * e},
                             {"matrix degradation", less(1)},
                             {"inflammatory death", less(1)}});
  expect_signals("vasorin",
                 {{"proliferation", 1 + .5 * .6 * e}, {"matrix synthesis", 1 + 2 * .6 * e}});
  for (const char *harmful : {"miR-34a", "let-7b"})
    expect_signals(harmful, {{"apoptosis", less(-.5)},
                             {"inflammatory death", less(-.5)},
                             {"oxidative death", less(-.5)},
                             {"senescence", less(-.5)}});
  expect_signals("none", {{"apoptosis", 1}});
}

// What is not of the population alone is shared among its doses.
TEST(Exosomes, DosesShareWhatIsNotTheirsAlone)
{
  LawAtPoint law     = with_cargo("miR-105-5p, circ_0072464");
  const double whole = law.signal("oxidant clearance", "hydrogen peroxide") - 1,
               back  = law.signal("rejuvenation", "senescent cells");
  law                = with_cells(law, 1e6, 4e6);
  EXPECT_NEAR(law.signal("oxidant clearance", "hydrogen peroxide") - 1, whole / 4, 1e-6);
  EXPECT_NEAR(law.signal("rejuvenation", "senescent cells"), back / 4, 1e-6);
  EXPECT_GT(whole, 0.3);
  law = with_cells(law, 0, 4e6); // a dose that is not yet given
  EXPECT_EQ(law.signal("oxidant clearance", "hydrogen peroxide"), 1);
  EXPECT_EQ(law.signal("rejuvenation", "senescent cells"), 0);
}

TEST(Exosomes, CargosCombineOverProcesses)
{
  LawAtPoint law = with_cargo("miR-21, miR-194-5p");
  EXPECT_TRUE(printed(law.signal("apoptosis", "NP cells"), ".49"));
  // The hazard of cells under TNF: what is left of death, times what is left of the drive.
  EXPECT_TRUE(printed(
      law.signal("inflammatory death", "NP cells") * law.signal("NF-kB gain", "NP cells"), ".29"));
  EXPECT_TRUE(printed(with_cargo("miR-21, miR-194-5p", "one").signal(), ".29"));
  EXPECT_EQ(with_cargo("miR-21, miR-194-5p", "one").law->provides.size(), 1u);
  // Never below zero, however many.
  LawAtPoint all =
      with_cargo("miR-21, miR-155, miR-532-5p, miR-129-5p, miR-199a, miR-194-5p", "one");
  all.set("internalised exosomes", 1e12);
  EXPECT_GT(all.signal(), 0);
  EXPECT_LT(all.signal(), 0.002);
}

TEST(Exosomes, OwnCargoWithProcessesOfItsOwn)
{
  LawAtPoint law("exosomes",
                 {{{"Own cargo weight", -1}},
                  {{"Cargo", "own"}, {"Own cargo processes", "matrix synthesis, rejuvenation"}}});
  law.set("internalised exosomes", 1e12).set("NP cells", 4e6);
  EXPECT_NEAR(law.signal("matrix synthesis", "NP cells"), 0.2, 1e-6) << "not below zero";
  EXPECT_EQ(law.signal("rejuvenation", "senescent cells"), 0);
  EXPECT_THROW(LawAtPoint("exosomes", {{}, {{"Cargo", "own"}, {"Own cargo processes", "ageing"}}}),
               lacuna::UserError);
}

// The effect does not know glucose, oxygen or pH, and vesicles eat nothing.
TEST(Exosomes, NutrientsDoNotMatter)
{
  LawAtPoint law("exosomes", {{}, {{"Depot species", "gel"}, {"Secreting population", "BMSC"}}});
  for (const auto &read : law.law->reads)
    for (const char *nutrient : {"glucose", "oxygen", "lactate", "pH", "osmolarity"})
      EXPECT_NE(read.name, nutrient);
}

TEST(Exosomes, ExactDerivativesWithADepot)
{
  LawAtPoint law("exosomes", {{},
                              {{"Cargo", "circ_0072464, miR-105-5p, AMSC-EV, let-7b"},
                               {"Kinds of death", "several"},
                               {"Secreting population", "NPMSC, BMSC"},
                               {"Depot species", "exosome depot"}}});
  law.set("exosomes", 3e10)
      .set("internalised exosomes", 8e3)
      .set("exosome depot", 5e10)
      .set("NP cells", "1/mL", 3e6)
      .set("NP cells", "1/uL", 4e3)
      .set("NPMSC", 1e6)
      .set("BMSC", 3e5);
  law.expect_exact_derivatives();
}

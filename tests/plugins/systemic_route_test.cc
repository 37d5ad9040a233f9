// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "../../plugins/systemic-route/compartments.h"
#include "config/user_error.h"
#include "law_harness.h"

#include <algorithm>
#include <map>

using lacuna::LawAtPoint;
using lacuna::LawValues;
using lacuna::printed;

namespace
{
  constexpr double dose = 100e6;

  LawValues route(const std::string &name, std::map<std::string, double> numbers = {},
                  const std::string &agent = "none")
  {
    return {numbers,
            {{"Route", name}, {"Agent", agent}, {"Faces", "endplate"}, {"Population", "MSC"}}};
  }

  /** A tissue of 10 mm^3 behind 5 mm^2 of face, well mixed: 1 cell in it is 100 per mL. */
  LawAtPoint tissue(const LawValues &values)
  {
    LawAtPoint law("systemic-route", values);
    law.set("face:endplate", 0.5).set("face area:endplate", 5);
    return law; // an unused signal is neutral
  }

  /** Cells alive in that tissue after some days, as a share of one dose: Runge-Kutta steps that are
   * short while cells of the first passage arrive. */
  double alive(const LawValues &values, double days)
  {
    LawAtPoint law    = tissue(values);
    const auto change = [&](double time, double density)
    { return law.set("time", time).set("MSC", density).rate("MSC"); };
    double density = 0;
    for (double time = 0; time < days - 1e-12;)
    {
      const double h  = std::min(time < 0.15 ? 1e-3 : 0.05, days - time);
      const double k1 = change(time, density), k2 = change(time + h / 2, density + h / 2 * k1);
      const double k3 = change(time + h / 2, density + h / 2 * k2);
      const double k4 = change(time + h, density + h * k3);
      density += h / 6 * (k1 + 2 * k2 + 2 * k3 + k4);
      time += h;
    }
    return density / 100 / dose;
  }

  std::string refusal(const LawValues &values)
  {
    try
    {
      LawAtPoint law("systemic-route", values);
    }
    catch (const lacuna::UserError &error)
    {
      return error.what();
    }
    return "not refused";
  }
} // namespace

TEST(SystemicRoute, AliveInTheTarget)
{
  const LawValues vein = route("peripheral vein");
  EXPECT_TRUE(printed(100 * alive(vein, 1), "3.4"));
  EXPECT_TRUE(printed(100 * alive(vein, 3), "2.0"));
  EXPECT_TRUE(printed(100 * alive(vein, 7), "0.44"));
  EXPECT_TRUE(printed(100 * alive(route("peripheral vein, Muse"), 7), "25"));
}

TEST(SystemicRoute, WorstAndBestCase)
{
  // Without later arrivals: (1 - f_L) f_T (1 - f_death), of which 70 to 90 % die.
  const auto first_passage = [](double lung, double target, double hazard)
  {
    return alive(route("peripheral vein", {{"Lung share", lung},
                                           {"Target share", target},
                                           {"Lung exit rate", 0},
                                           {"Target hazard", hazard}}),
                 3);
  };
  EXPECT_TRUE(printed(100 * first_passage(0.8, 0.05, -std::log(0.1) / 3), "0.1"));
  EXPECT_TRUE(printed(100 * first_passage(0.5, 0.1, -std::log(0.3) / 3), "1.5"));
}

TEST(SystemicRoute, CellsEnterOnlyThroughTheFace)
{
  LawAtPoint law = tissue(route("peripheral vein"));
  law.set("time", 0.5);
  EXPECT_GT(law.gain("MSC"), 0);
  law.set("face:endplate", 0);
  EXPECT_EQ(law.gain("MSC"), 0) << "away from its faces a disc has no vessels";
}

TEST(SystemicRoute, EverySquareMillimetreLetsInAsMany)
{
  const LawValues two{{}, {{"Faces", "front, back"}}};
  LawAtPoint law("systemic-route", two), one = tissue(route("peripheral vein"));
  law.set("face area:front", 3).set("face area:back", 2).set("face:front", 0.5).set("time", 0.5);
  EXPECT_NEAR(law.gain("MSC"), one.set("time", 0.5).gain("MSC"), 1e-6);
  const double front = law.gain("MSC");
  law.set("face:front", 0).set("face:back", 0.25);
  EXPECT_NEAR(law.gain("MSC"), 0.5 * front, 1e-6);
}

TEST(SystemicRoute, RoutesAreRanked)
{
  for (const double days : {0.1, 1., 3., 7., 14., 56.})
  {
    EXPECT_GT(alive(route("portal vein"), days), alive(route("peripheral vein"), days));
    EXPECT_GT(alive(route("peripheral vein, Muse"), days), alive(route("peripheral vein"), days));
    EXPECT_GT(alive(route("peripheral vein", {}, "heparin"), days),
              alive(route("peripheral vein"), days));
  }
  EXPECT_GT(alive(route("intra-articular"), 1), alive(route("portal vein"), 1));
}

TEST(SystemicRoute, AtFirstMostCellsAreInTheLung)
{
  const Compartments vein{0.65, 0.1, 0.3, 0.6, 288};
  for (const double days : {0.01, 0.05, 0.2, 0.5, 1.})
    EXPECT_LT(alive(route("peripheral vein"), days), 0.15 * vein.in_lung(days)) << days;
  EXPECT_NEAR(vein.in_lung(1.), 0.65 * std::exp(-0.9), 5e-3);
  EXPECT_EQ(vein.in_lung(-1.), 0);
  EXPECT_EQ(vein.arrival_rate(0.), 0) << "a jump would stop the time steps";
  EXPECT_EQ(vein.arrival_rate(-1.), 0);
}

TEST(SystemicRoute, AllThatPassesOrLeavesTheLungArrives)
{
  const double arrived =
      alive(route("peripheral vein", {{"Target hazard", 0}, {"Lung death rate", 0}}), 60);
  EXPECT_NEAR(arrived, 0.1, 1e-6);
  const std::map<std::string, double> steps{{"Target hazard", 0}, {"Lung death rate", 0},
                                            {"Rolling", 0.5},     {"Activation", 0.8},
                                            {"Adhesion", 0.5},    {"Transmigration", 0.25}};
  EXPECT_NEAR(alive(route("peripheral vein", steps), 60), 0.1 * 0.05, 1e-7);
}

TEST(SystemicRoute, DosesAreRepeated)
{
  const std::map<std::string, double> train{
      {"First dose", 2}, {"Number of doses", 3}, {"Interval", 7}};
  LawAtPoint law = tissue(route("peripheral vein", train)), once = tissue(route("peripheral vein"));
  const auto single = [&](double time) { return once.set("time", time).gain("MSC"); };
  EXPECT_EQ(law.set("time", 1.99).gain("MSC"), 0);
  EXPECT_NEAR(law.set("time", 3).gain("MSC"), single(1), 1e-6);
  EXPECT_NEAR(law.set("time", 17).gain("MSC"), single(15) + single(8) + single(1), 1e-6);
}

TEST(SystemicRoute, ResponseHasAWindow)
{
  const DoseWindow window{122e6, 0.45};
  EXPECT_TRUE(printed(window.response(70e6), "0.47"));
  EXPECT_TRUE(printed(window.response(100e6), "0.91"));
  EXPECT_TRUE(printed(window.response(150e6), "0.90"));
  EXPECT_TRUE(printed(window.response(190e6), "0.62"));
  EXPECT_EQ(window.response(0), 0);
  LawValues values                   = route("peripheral vein", {{"Cells per dose", 70e6}});
  values.texts["Responding process"] = "cytokine release";
  LawAtPoint law                     = tissue(values);
  EXPECT_NEAR(law.signal("cytokine release", "MSC"), window.response(70e6), 1e-14);
}

TEST(SystemicRoute, LeavesDeathToAnotherLaw)
{
  LawAtPoint law = tissue(route("peripheral vein"));
  law.set("MSC", 1e6).set("apoptosis", 0.5);
  EXPECT_DOUBLE_EQ(law.loss("MSC"), 0.2e6);
  LawAtPoint immortal("systemic-route", route("peripheral vein", {{"Target hazard", 0}}));
  immortal.set("MSC", 1e6).set("face area:endplate", 5);
  EXPECT_EQ(immortal.loss("MSC"), 0);
  EXPECT_THROW(immortal.set("apoptosis", 1), std::logic_error) << "so that the host lets both act";
}

TEST(SystemicRoute, RefusesWhatCannotBe)
{
  EXPECT_EQ(refusal({{}, {{"Faces", ""}}}),
            "law 'test' has no face through which cells could come; write for example 'set Faces = "
            "superior endplate'.");
  EXPECT_EQ(refusal({{{"Number of doses", 1.5}}, {}}),
            "law 'test' cannot give 1.5 doses; write a whole number.");
  EXPECT_EQ(refusal({{{"Largest dose", 50e6}}, {}}),
            "law 'test' refuses 1e+08 cells at once, more than the 'Largest dose' of 5e+07; give "
            "fewer, in several doses.");
  EXPECT_EQ(refusal(route("intra-articular", {}, "PEG")),
            "law 'test' with 'Agent = PEG' sends more than everything, 1.42 of the cells, to the "
            "target; write 'set Target share = 0.66' or less, or 'set Agent = none'.");
}

TEST(SystemicRoute, ExactDerivatives)
{
  LawAtPoint law = tissue(route("peripheral vein", {{"Number of doses", 2}, {"Interval", 3}}));
  for (const double time : {0.01, 0.7, 3.2})
  {
    law.set("time", time).set("MSC", 1e5).set("apoptosis", 0.7);
    law.expect_exact_derivatives();
  }
}

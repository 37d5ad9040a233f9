// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "../../plugins/injection-mechanics/pressure.h"
#include "config/user_error.h"
#include "law_harness.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <utility>

using lacuna::LawAtPoint;
using lacuna::LawValues;
using lacuna::printed;
using testing::HasSubstr;

namespace
{
  constexpr double psi = 6.894757; // kPa

  PressureVessel disc(double psi_per_mL, double leak_time = 6000)
  {
    return {psi_per_mL * psi, 300, leak_time, 345, 3};
  }

  lacuna_dose dose_of(double volume, double cells = 6e6)
  {
    lacuna_dose dose{};
    dose.size      = sizeof(dose);
    dose.name      = "dose 1";
    dose.species   = "MSC";
    dose.loaded    = cells;
    dose.volume    = volume;
    dose.viability = dose.needle_survival = dose.retained_fraction = 1;
    return dose;
  }

  lacuna_dose delivered(const LawValues &values, lacuna_dose dose)
  {
    LawAtPoint law("injection-mechanics", values);
    law.law->deliver(dose);
    return dose;
  }

  double leak(const std::string &carrier, double dwell, double volume = 2)
  {
    const LawValues values{{{"Elastance", 200}, {"Largest pressure", 500}, {"Dwell", dwell}},
                           {{"Carrier", carrier}}};
    return 1 - delivered(values, dose_of(volume)).retained_fraction;
  }

  std::string refusal(const LawValues &values, const lacuna_dose &dose)
  {
    try
    {
      delivered(values, dose);
    }
    catch (const lacuna::UserError &error)
    {
      return error.what();
    }
    return "not refused";
  }
} // namespace

TEST(InjectionMechanics, AllowedVolumesOfTheGrades)
{
  EXPECT_TRUE(printed(disc(43.0).allowed_volume(), "1.16"));
  EXPECT_TRUE(printed(disc(39.5).allowed_volume(), "1.27"));
  EXPECT_TRUE(printed(disc(30.5).allowed_volume(), "1.64"));
  EXPECT_TRUE(printed(disc(13.2).volume_at_largest_pressure(), "3.79"));
  EXPECT_TRUE(printed(disc(6.9).volume_at_largest_pressure(), "7.25"));
  EXPECT_EQ(disc(13.2).allowed_volume(), 3);
  EXPECT_EQ(disc(6.9).allowed_volume(), 3);

  // The same numbers through the law: it takes just less and refuses just more.
  const std::pair<const char *, double> allowed[] = {
      {"0", 1.1637}, {"1", 1.2668}, {"2", 1.6406}, {"4", 3}, {"5", 3}};
  for (const auto &[grade, volume] : allowed)
  {
    const LawValues values{{}, {{"Discogram grade", grade}}};
    EXPECT_EQ(refusal(values, dose_of(volume - 1e-3)), "not refused") << grade;
    EXPECT_THAT(refusal(values, dose_of(volume + 1e-3)), HasSubstr("refuses")) << grade;
  }
}

TEST(InjectionMechanics, PeakPressuresOfTheGrades)
{
  constexpr double rate = 1. / 60; // mL/s
  EXPECT_TRUE(printed(disc(43.0).peak_pressure(2, rate), "489"));
  EXPECT_TRUE(printed(disc(30.5).peak_pressure(2, rate), "347"));
  EXPECT_TRUE(printed(disc(13.2).peak_pressure(2, rate), "150"));
  EXPECT_TRUE(printed(disc(48 / psi).peak_pressure(2, rate), "79")); // 6.9 psi/mL, rounded
  EXPECT_NEAR(disc(6.9).peak_pressure(2, rate), 78.4, 0.05);
}

TEST(InjectionMechanics, LeakByDwellAndCarrier)
{
  const char *const saline[] = {"0.41", "0.28", "0.15", "0.06"};
  const char *const gel[]    = {"0.039", "0.026", "0.014", "0.005"};
  const double dwell[]       = {0, 120, 300, 600};
  for (int i = 0; i < 4; ++i)
  {
    EXPECT_TRUE(printed(leak("saline", dwell[i]), saline[i])) << dwell[i];
    EXPECT_TRUE(printed(leak("gel", dwell[i]), gel[i])) << dwell[i];
  }
}

TEST(InjectionMechanics, LeakFallsWithDwellAndViscosity)
{
  double last = 1;
  for (double dwell = 0; dwell <= 1200; dwell += 60)
  {
    EXPECT_LT(leak("saline", dwell), last);
    EXPECT_LT(leak("gel", dwell), leak("saline", dwell));
    last = leak("saline", dwell);
  }
  EXPECT_GT(leak("saline", 0), 0.3) << "almost all that is still under pressure, if unsealed";
}

TEST(InjectionMechanics, ClosedFormSolvesTheEquation)
{
  // C dP/dt = Q - P/R_p - P/R_t with R_t only after withdrawal, in steps of 1 ms by midpoints.
  const PressureVessel vessel = disc(29, 300);
  const double volume = 2, rate = 1. / 60, dwell = 60, step = 1e-2;
  const double injection_ends = volume / rate, withdrawal = injection_ends + dwell;
  double pressure = 0, leaked = 0, peak = 0;
  for (double time = 0.5 * step; time < withdrawal + 3000; time += step)
  {
    const double inflow = time < injection_ends ? rate * vessel.elastance : 0;
    const double escape =
        1 / vessel.permeation_time + (time < withdrawal ? 0 : 1 / vessel.leak_time);
    const double middle = pressure + 0.5 * step * (inflow - escape * pressure);
    if (time > withdrawal)
      leaked += step * middle / (vessel.leak_time * vessel.elastance);
    pressure += step * (inflow - escape * middle);
    peak = std::max(peak, pressure);
  }
  EXPECT_NEAR(peak / vessel.peak_pressure(volume, rate), 1, 1e-6);
  EXPECT_NEAR(leaked / volume, vessel.leak_fraction(volume, rate, dwell), 1e-5);
}

TEST(InjectionMechanics, AHealthyDiscRefuses2ML)
{
  EXPECT_EQ(refusal({}, dose_of(2)),
            "law 'test' refuses the 2 mL of dose 'dose 1': a disc of discogram grade 0 resists "
            "with 296 kPa/mL, so that 1.16 mL bring it to the 'Largest pressure' of 345 kPa (this "
            "dose, at 1 mL/min, would bring it to 489 kPa); write 'set Volume = 1.16 mL' or less "
            "in 'Injections/dose 1', or another 'Discogram grade' if the disc is a softer one.");
  EXPECT_EQ(refusal({{}, {{"Discogram grade", "5"}}}, dose_of(3.5)),
            "law 'test' refuses the 3.5 mL of dose 'dose 1': 3 mL, its 'Largest volume', is the "
            "most that is injected at once, however soft the disc; write 'set Volume = 3.00 mL' "
            "or less in 'Injections/dose 1'.");
  EXPECT_EQ(refusal({{{"Elastance", 1e5}}, {}}, dose_of(2)),
            "law 'test' refuses the 2 mL of dose 'dose 1': the disc resists with 1e+05 kPa/mL, so "
            "that 0.00345 mL bring it to the 'Largest pressure' of 345 kPa (this dose, at 1 "
            "mL/min, would bring it to 1.65e+05 kPa); inject less, or another 'Elastance' if the "
            "disc is a softer one.");
}

TEST(InjectionMechanics, LowersSharesWithoutReplacingThem)
{
  lacuna_dose dose       = dose_of(1);
  dose.viability         = 0.85;
  dose.retained_fraction = 0.5;
  dose.needle_survival   = 0.9;
  const lacuna_dose result =
      delivered({{{"Survival in the needle", 0.9}}, {{"Carrier", "saline"}}}, dose);
  EXPECT_EQ(result.viability, 0.85) << "that of the thawed cells is the dose's own";
  EXPECT_DOUBLE_EQ(result.needle_survival, 0.81);
  EXPECT_NEAR(result.retained_fraction / 0.5, 1 - disc(43, 300).leak_fraction(1, 1. / 60, 0),
              1e-12);
}

TEST(InjectionMechanics, ReportsWhatItFound)
{
  char report[512] = "";
  lacuna_dose dose = dose_of(2);
  dose.report      = report;
  dose.report_size = sizeof(report);
  delivered({{{"Dwell", 120}}, {{"Discogram grade", "4"}, {"Carrier", "saline"}}}, dose);
  EXPECT_STREQ(report,
               "2 mL of dose 'dose 1' bring a disc of 91 kPa/mL, which may take 3 mL, to 150 "
               "kPa; 101 kPa are left when the needle is withdrawn, and 28 % of the dose "
               "leak.");
}

TEST(InjectionMechanics, ActsOnTheDosesItIsTold)
{
  const lacuna_dose point = delivered({}, dose_of(0));
  EXPECT_EQ(point.retained_fraction, 1) << "a dose without volume passes no needle";
  const LawValues others{{}, {{"Doses", "dose 2, dose 3"}}};
  EXPECT_EQ(delivered(others, dose_of(2)).retained_fraction, 1);
  const LawValues this_one{{}, {{"Doses", "dose 2, dose 1"}}};
  EXPECT_LT(delivered(this_one, dose_of(1)).retained_fraction, 1);
  EXPECT_EQ(refusal(this_one, dose_of(0)),
            "law 'test' cannot inject dose 'dose 1', which has no volume; write for example 'set "
            "Volume = 1 mL' in 'Injections/dose 1', or leave it out of 'Doses'.");
}

TEST(InjectionMechanics, RefusesASuspensionAboveTheCap)
{
  const LawValues capped{{{"Largest cell density", 10e6}}, {}};
  EXPECT_EQ(refusal(capped, dose_of(1, 10e6)), "not refused");
  EXPECT_EQ(refusal(capped, dose_of(0.5, 6e6)),
            "law 'test' refuses the 6e+06 cells of dose 'dose 1' in 0.5 mL: that is 1.2e+07 per "
            "mL, above the 'Largest cell density' of 1e+07 per mL; load at most 5e+06 cells, or "
            "take more fluid.");
}

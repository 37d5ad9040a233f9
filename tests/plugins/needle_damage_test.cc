// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "../../plugins/needle-damage/track.h"
#include "config/user_error.h"
#include "law_harness.h"

using lacuna::LawAtPoint;
using lacuna::LawValues;
using lacuna::printed;

namespace
{
  constexpr double pi = 3.14159265358979323846;

  lacuna_dose at_the_origin(double x = 0, double y = 0, double z = 0)
  {
    lacuna_dose dose{};
    dose.size    = sizeof(dose);
    dose.name    = "dose 1";
    dose.species = "MSC";
    dose.loaded  = 6e6;
    dose.x       = x;
    dose.y       = y;
    dose.z       = z;
    return dose;
  }

  /** What one puncture at the origin leaves at a place (mm). */
  struct Left
  {
    double damage, cells;
  };
  Left puncture(LawAtPoint &law, double x, double y, double z = 0, double damage_before = 0)
  {
    law.set("x", x).set("y", y).set("z", z);
    law.set("needle damage", damage_before).set("NP cells", 4e6);
    return {law.after(at_the_origin(), "needle damage"),
            law.after(at_the_origin(), "NP cells") / 4e6};
  }

  /** Integral around `length` of the track (mm^3), by shells of 1 um. */
  template <class Share>
  double around_the_track(const LawValues &values, double length, const Share &share)
  {
    LawAtPoint law("needle-damage", values);
    double volume = 0;
    for (double r = 0.0005; r < 10; r += 0.001)
      volume += share(puncture(law, r, -20)) * 2 * pi * r * 0.001 * length;
    return volume;
  }
  double killed_volume(const LawValues &values, double length)
  {
    return around_the_track(values, length, [](const Left &left) { return 1 - left.cells; });
  }
  double damaged_volume(const LawValues &values, double length)
  {
    return around_the_track(values, length, [](const Left &left) { return left.damage; });
  }
  double killed_volume(const std::string &gauge, double layer, double length = 15)
  {
    return killed_volume({{{"Killed layer", layer}}, {{"Gauge", gauge}}}, length);
  }
} // namespace

TEST(NeedleDamage, FallsOffAroundTheAxis)
{
  LawAtPoint law("needle-damage", {{{"Damage at the needle", 0.8}}, {}});
  const double core = 0.41 + 0.3;
  EXPECT_DOUBLE_EQ(puncture(law, 0, -5).damage, 0.8);
  EXPECT_DOUBLE_EQ(puncture(law, core, -5).damage, 0.8);
  EXPECT_NEAR(puncture(law, core + 0.5, -5).damage, 0.8 * std::exp(-1), 1e-12);
  EXPECT_NEAR(puncture(law, 0, core + 1).damage, 0.8 * std::exp(-2), 1e-12) << "before the tip";
  EXPECT_NEAR(puncture(law, 0, -20, core + 1).damage, 0.8 * std::exp(-2), 1e-12);
  EXPECT_EQ(puncture(law, 0.70, -5).cells, 0);
  EXPECT_EQ(puncture(law, 0.72, -5).cells, 1);
  EXPECT_EQ(puncture(law, 0, 0.72).cells, 1) << "the needle ends at the site";
}

TEST(NeedleDamage, FollowsTheDirection)
{
  LawAtPoint law("needle-damage",
                 {{{"Direction x", -3}, {"Direction y", 0}, {"Direction z", 4}}, {}});
  EXPECT_EQ(puncture(law, 6, 0, -8).damage, 1) << "10 mm behind the tip, on the axis";
  EXPECT_LT(puncture(law, -6, 0, 8).damage, 1e-6);
  EXPECT_NEAR(puncture(law, 6 + 0.8 * 1.71, 0, -8 + 0.6 * 1.71).damage, std::exp(-2), 1e-12);
}

TEST(NeedleDamage, NeedleAgainstHeight)
{
  constexpr double diameter_21 = 0.82;
  EXPECT_TRUE(printed(diameter_21 / 10, "0.08")); // a human disc
  EXPECT_TRUE(printed(diameter_21 / 1, "0.82"));  // of a rat's tail
  LawAtPoint law("needle-damage", {{{"Killed layer", 0}}, {{"Gauge", "21"}}});
  EXPECT_EQ(puncture(law, diameter_21 / 2 - 1e-6, -1).cells, 0);
  EXPECT_EQ(puncture(law, diameter_21 / 2 + 1e-6, -1).cells, 1);
}

TEST(NeedleDamage, MechanicalEffectGrowsWithTheRatio)
{
  EXPECT_DOUBLE_EQ(stiffness_loss(0.08), 0.04);
  EXPECT_DOUBLE_EQ(stiffness_loss(0.4), 0.2);
  EXPECT_DOUBLE_EQ(stiffness_loss(0.82), 0.2) << "-20 % in rats, whatever the needle";
  LawAtPoint law("needle-damage", {{{"Disc height", 10}}, {}});
  char report[512] = "";
  lacuna_dose dose = at_the_origin();
  dose.report      = report;
  dose.report_size = sizeof(report);
  law.law->deliver(dose);
  EXPECT_STREQ(report,
               "the needle of dose 'dose 1', 0.82 mm, is 0.082 times as thick as the disc is "
               "high, which takes about 4.1 % of its stiffness.");
}

TEST(NeedleDamage, KilledVolumes)
{
  EXPECT_TRUE(printed(killed_volume("25", 0.1), "6"));
  EXPECT_TRUE(printed(killed_volume("25", 0.5), "27"));
  EXPECT_TRUE(printed(killed_volume("21", 0.1), "12"));
  EXPECT_TRUE(printed(killed_volume("21", 0.5), "39"));
  EXPECT_NEAR(killed_volume("18", 0.1), 25.5, 0.1);
  EXPECT_TRUE(printed(killed_volume("18", 0.5), "61"));
}

TEST(NeedleDamage, IsNegligibleInAHumanDiscAndDominantInARat)
{
  constexpr double human = 10e3; // mm^3
  EXPECT_GT(killed_volume("25", 0.1) / human, 0.0005);
  EXPECT_LT(killed_volume("18", 0.5) / human, 0.0062);
  EXPECT_LT(3 * killed_volume("18", 0.5) / human, 0.0185);
  // Across the height: of 10 mm hardly anything dies, of the 1 mm of a rat's tail everything.
  LawAtPoint law("needle-damage", {{{"Killed layer", 0.1}}, {{"Gauge", "21"}}});
  EXPECT_EQ(puncture(law, 0, -1, 0.5).cells, 0);
  EXPECT_EQ(puncture(law, 0, -1, 1).cells, 1);
  EXPECT_LT(puncture(law, 0, -1, 5).damage, 1e-3);
}

TEST(NeedleDamage, EachDoseAdds)
{
  constexpr double d0 = 0.3;
  LawAtPoint law("needle-damage", {{{"Damage at the needle", d0}}, {}});
  double damage = 0;
  for (int n = 1; n <= 5; ++n)
  {
    const double before = damage;
    damage              = puncture(law, 0, -1, 0, damage).damage; // at the same site
    EXPECT_NEAR(damage, 1 - std::pow(1 - d0, n), 1e-14);
    EXPECT_GT(damage, before);
  }
  // At a new site what was intact of the old damage is damaged anew, and nothing heals.
  for (const double before : {0., 0.2, 0.9, 1.})
    for (const double r : {0., 0.5, 1., 3.})
    {
      const double after = puncture(law, r, -1, 0, before).damage;
      EXPECT_NEAR(1 - after, (1 - before) * (1 - puncture(law, r, -1).damage), 1e-14);
      EXPECT_GE(after, before);
      EXPECT_LE(after, 1);
    }
}

TEST(NeedleDamage, SmearingKeepsDeathsAndDamage)
{
  const double sharp = killed_volume("18", 0.3), sharp_damage = damaged_volume({}, 15);
  for (const double width : {1.1, 2.})
  {
    const LawValues smeared{{{"Smearing", width}}, {{"Gauge", "18"}}};
    EXPECT_NEAR(killed_volume(smeared, 15) / sharp, 1, 2e-3) << width;
    EXPECT_NEAR(damaged_volume({{{"Smearing", width}}, {}}, 15) / sharp_damage, 1, 2e-3) << width;
    LawAtPoint law("needle-damage", smeared);
    EXPECT_GE(puncture(law, 0, -1).cells, 0);
    EXPECT_LE(puncture(law, 0, -1).damage, 1);
  }
}

TEST(NeedleDamage, OtherDosesAndPopulations)
{
  LawAtPoint law("needle-damage", {{}, {{"Doses", "dose 2"}, {"Populations", "a, b"}}});
  law.set("needle damage", 0.1).set("a", 1).set("b", 2);
  EXPECT_EQ(law.after(at_the_origin(), "needle damage"), 0.1);
  EXPECT_EQ(law.after(at_the_origin(), "a"), 1);
  lacuna_dose second = at_the_origin();
  second.name        = "dose 2";
  EXPECT_EQ(law.after(second, "needle damage"), 1);
  EXPECT_EQ(law.after(second, "a"), 0);
  EXPECT_EQ(law.after(second, "b"), 0);
}

TEST(NeedleDamage, RefusesWhatHasNoMeaning)
{
  const auto refusal = [](const LawValues &values) -> std::string
  {
    try
    {
      LawAtPoint law("needle-damage", values);
    }
    catch (const lacuna::UserError &error)
    {
      return error.what();
    }
    return "not refused";
  };
  EXPECT_EQ(refusal({{{"Direction y", 0}}, {}}),
            "law 'test' has no direction of the needle; write for example 'set Direction y = 1'.");
  EXPECT_EQ(refusal({{{"Smearing", 0.2}}, {}}),
            "law 'test' cannot spread its damage over only 0.2 mm, because it reaches farther; "
            "write 'set Smearing = 0.93 mm' or more, or 0.");
}

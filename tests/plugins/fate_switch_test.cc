// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "config/user_error.h"
#include "law_course.h"

#include <map>
#include <utility>

using lacuna::LawAtPoint;
using lacuna::LawCourse;
using lacuna::LawValues;
using lacuna::printed;

namespace
{
  using Numbers = std::map<std::string, double>;

  LawValues values_of(const Numbers &numbers, const Numbers &more = {})
  {
    LawValues values;
    for (const Numbers &some : {numbers, more})
      for (const auto &[name, value] : some)
        values.numbers[name] = value;
    return values;
  }

  struct Regulators
  {
    double x, y;
  };
  constexpr Regulators undecided{0.8353, 0.8353}, fat{0.02, 1.78}, bone{1.78, 0.02};

  Regulators follow(LawAtPoint &law, const Regulators &start, double days)
  {
    law.set("Runx2", start.x).set("PPAR-gamma", start.y);
    LawCourse(law, {"Runx2", "PPAR-gamma"}, 0.25).advance_to(days);
    return {law.input("Runx2"), law.input("PPAR-gamma")};
  }

  Regulators settle(const Numbers &numbers, const Regulators &start, double inflammation = 0)
  {
    LawAtPoint law("fate-switch", values_of(numbers));
    law.set("inflammation", inflammation);
    return follow(law, start, 400);
  }

  bool is_bone(const Regulators &state)
  {
    return state.x - state.y > 0.5;
  }
  bool is_fat(const Regulators &state)
  {
    return state.y - state.x > 0.5;
  }

  /** The smallest drive to bone, against a drive of 1 to fat, that turns `start` to bone. */
  double smallest_drive(const Regulators &start, double self, double largest)
  {
    double low = 1, high = largest;
    while (high - low > 2e-4)
    {
      const double drive = 0.5 * (low + high);
      LawAtPoint law(
          "fate-switch",
          values_of({{"Self-activation", self}, {"BMP2", 1}, {"Weight of BMP2", drive - 1}}));
      (is_bone(follow(law, start, 800)) ? high : low) = drive;
    }
    return high;
  }

  /** Rate at which x is produced by its drive alone: at x = y = 0. */
  double drive_to_bone(const Numbers &numbers, double inflammation = 0)
  {
    LawAtPoint law("fate-switch", values_of(numbers));
    return law.set("inflammation", inflammation).gain("Runx2");
  }
  double drive_to_fat(const Numbers &numbers)
  {
    return LawAtPoint("fate-switch", values_of(numbers)).gain("PPAR-gamma");
  }
} // namespace

TEST(FateSwitch, ThreeStates)
{
  const Regulators middle = settle({}, {0.8, 0.8});
  EXPECT_TRUE(printed(middle.x, "0.835"));
  EXPECT_TRUE(printed(middle.y, "0.835"));
  const Regulators back = settle({}, {0.85, 0.82});
  EXPECT_TRUE(printed(back.x, "0.835")) << "the undecided state is stable";
  const Regulators adipocyte = settle({}, {0, 2}), osteoblast = settle({}, {2, 0});
  EXPECT_TRUE(printed(adipocyte.x, "0.02"));
  EXPECT_TRUE(printed(adipocyte.y, "1.78"));
  EXPECT_NEAR(osteoblast.x, adipocyte.y, 1e-9);
  EXPECT_NEAR(osteoblast.y, adipocyte.x, 1e-9);
}

TEST(FateSwitch, DriveThatDecides)
{
  EXPECT_NEAR(smallest_drive(undecided, 0.8, 1.2), 1.060, 0.0006);
}

TEST(FateSwitch, DriveThatTurnsFatToBone)
{
  EXPECT_NEAR(smallest_drive(fat, 0.8, 8), 6.37, 0.006);
  EXPECT_NEAR(smallest_drive({0.0456, 1.381}, 0.4, 8), 3.54, 0.006);
}

TEST(FateSwitch, WeakSelfActivationDecidesByItself)
{
  const Regulators state = settle({{"Self-activation", 0.4}}, {0.612, 0.6121});
  EXPECT_TRUE(is_fat(state)) << "the undecided state is a saddle";
}

TEST(FateSwitch, ElectromagneticField)
{
  const auto gain = [](double frequency) {
    return drive_to_bone({{"Field frequency", frequency}, {"Field strength", 1.1}});
  };
  EXPECT_TRUE(printed(gain(12), "1.32"));
  EXPECT_TRUE(printed(gain(15), "1.34"));
  EXPECT_TRUE(printed(gain(50), "1.05"));
  EXPECT_EQ(drive_to_bone({}), 1);
}

TEST(FateSwitch, DrivesToBone)
{
  for (const char *name : {"BMP2", "Wnt", "Hedgehog", "Oxy133"})
    EXPECT_TRUE(is_bone(settle({{name, 1}}, undecided))) << name;
  EXPECT_TRUE(is_bone(settle({{"Field strength", 1.1}}, undecided)));
  EXPECT_TRUE(is_bone(settle({{"miR-27b", 1}}, undecided)));
}

TEST(FateSwitch, DrivesToFat)
{
  for (const char *name : {"BMP4", "Ageing", "Pro-adipogenic microRNA", "KDM5A"})
    EXPECT_TRUE(is_fat(settle({{name, 1}}, undecided))) << name;
  EXPECT_TRUE(is_fat(settle({}, undecided, 0.5))) << "inflammation";
  EXPECT_TRUE(is_fat(settle({{"KDM4B and KDM6B", 0}}, undecided)));
  EXPECT_DOUBLE_EQ(drive_to_bone({}, 1), 0.4);
  EXPECT_DOUBLE_EQ(drive_to_fat({{"BMP4", 1}, {"Ageing", 0.5}}), 2.5);
  EXPECT_THROW(LawAtPoint("fate-switch", values_of({{"miR-27b", 1}, {"Weight of miR-27b", 2}})),
               lacuna::UserError);
}

TEST(FateSwitch, NotchTakesFromWnt)
{
  EXPECT_DOUBLE_EQ(drive_to_bone({{"Wnt", 1}}), 2);
  EXPECT_DOUBLE_EQ(drive_to_bone({{"Wnt", 1}, {"Notch", 0.4}}), 1.6);
  EXPECT_DOUBLE_EQ(drive_to_bone({{"Notch", 1}}), 1);
  // It holds the undecided state against a drive that would decide without it.
  const Numbers pushed = {{"BMP2", 1}, {"Weight of BMP2", 0.1}};
  EXPECT_TRUE(is_bone(settle(pushed, undecided)));
  Numbers held           = pushed;
  held["Notch"]          = 0.5;
  const Regulators state = settle(held, undecided);
  EXPECT_FALSE(is_bone(state)) << state.x << ' ' << state.y;
}

TEST(FateSwitch, Bounded)
{
  for (const double drive : {0., 1., 5.})
  {
    const Regulators state = settle({{"BMP2", 1}, {"Weight of BMP2", drive}}, {5, 5});
    EXPECT_LT(state.x + state.y, 2 * 0.8 + (1 + drive) + 1);
    EXPECT_GT(std::min(state.x, state.y), 0);
  }
}

TEST(FateSwitch, MicroRNA335And138SlowBoth)
{
  for (const char *name : {"Runx2", "PPAR-gamma"})
  {
    LawAtPoint quick("fate-switch"), slow("fate-switch", values_of({{"miR-335 and miR-138", 1}}));
    for (LawAtPoint *law : {&quick, &slow})
      law->set("Runx2", 1.2).set("PPAR-gamma", 0.5);
    EXPECT_DOUBLE_EQ(slow.rate(name), 0.5 * quick.rate(name));
  }
}

TEST(FateSwitch, ExcessOfRunx2BlocksMaturation)
{
  LawValues values;
  values.texts["Species z"] = "Osterix stage";
  LawAtPoint law("fate-switch", values);
  const auto stage = [&](double x) { return law.set("Runx2", x).gain("Osterix stage"); };
  EXPECT_GT(stage(2), stage(0.5));
  EXPECT_GT(stage(2), stage(4));
  values.numbers["Osterix"] = 0;
  EXPECT_EQ(LawAtPoint("fate-switch", values).set("Runx2", 2).gain("Osterix stage"), 0);
}

TEST(FateSwitch, DecidedProgenitorsCommit)
{
  LawValues values            = values_of({{"Commitment rate", 0.1}});
  values.texts["Osteoblasts"] = "osteoblasts";
  values.texts["Adipocytes"]  = "adipocytes";
  LawAtPoint law("fate-switch", values);
  const auto fluxes = [&](const Regulators &state)
  {
    law.set("BMSC", 1e6).set("Runx2", state.x).set("PPAR-gamma", state.y);
    EXPECT_NEAR(law.gain("osteoblasts") + law.gain("adipocytes"), law.loss("BMSC"), 1e-6);
    return std::make_pair(law.gain("osteoblasts"), law.gain("adipocytes"));
  };
  EXPECT_LT(fluxes(undecided).first, 10) << "the undecided stay";
  EXPECT_NEAR(fluxes(bone).first, 1e5, 1);
  EXPECT_NEAR(fluxes(fat).second, 1e5, 1);
  EXPECT_LT(fluxes(fat).first, 1e-6);
  law.set("inflammation", 0.3).set("Runx2", 1.4).set("PPAR-gamma", 0.85);
  law.expect_exact_derivatives();
  values.numbers.erase("Commitment rate");
  EXPECT_THROW(LawAtPoint("fate-switch", values), lacuna::UserError);
}

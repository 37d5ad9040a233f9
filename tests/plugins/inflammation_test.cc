// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "config/user_error.h"
#include "law_harness.h"

#include <algorithm>
#include <map>

using lacuna::LawAtPoint;
using lacuna::LawValues;
using lacuna::printed;

namespace
{
  constexpr double density = 4e6; // resident cells per mL, the reference of the feedback gain

  LawValues values(std::map<std::string, double> numbers,
                   std::map<std::string, std::string> texts = {})
  {
    return {std::move(numbers), std::move(texts)};
  }

  double drive(LawAtPoint &law)
  {
    return law.signal("inflammation", "NP cells");
  }

  /** The drive in a mixed tissue after some days: IL-1 and TNF begin so that u has the given value.
   * Classical Runge-Kutta steps of a day. */
  double drive_after(double days, double u, LawAtPoint &law)
  {
    constexpr double step     = 1;
    const std::string names[] = {"IL-1", "TNF"};
    double state[]            = {0.8 * u * 0.5, 0.2 * u * 2};
    law.set("NP cells", density);
    const auto rates = [&](const double *at, double *rate)
    {
      for (int i = 0; i < 2; ++i)
        law.set(names[i], at[i]);
      for (int i = 0; i < 2; ++i)
        rate[i] = law.rate(names[i]);
    };
    for (double day = 0; day < days - 0.5 * step; day += step)
    {
      double k1[2], k2[2], k3[2], k4[2], moved[2];
      rates(state, k1);
      for (int i = 0; i < 2; ++i)
        moved[i] = state[i] + 0.5 * step * k1[i];
      rates(moved, k2);
      for (int i = 0; i < 2; ++i)
        moved[i] = state[i] + 0.5 * step * k2[i];
      rates(moved, k3);
      for (int i = 0; i < 2; ++i)
        moved[i] = state[i] + step * k3[i];
      rates(moved, k4);
      for (int i = 0; i < 2; ++i)
        state[i] += step / 6 * (k1[i] + 2 * k2[i] + 2 * k3[i] + k4[i]);
    }
    law.set("IL-1", state[0]).set("TNF", state[1]);
    return drive(law);
  }
} // namespace

TEST(Inflammation, DriveByIl1AndTsg6)
{
  LawAtPoint law("inflammation", values({}, {{"TSG-6 populations", "BMSC"}}));
  const struct
  {
    double il1;
    const char *alone, *with_tsg6;
  } table[] = {{0.1, ".17", ".03"}, {1, ".67", ".25"}, {10, ".95", ".77"}};
  for (const auto &row : table)
  {
    law.set("IL-1", row.il1).set("TSG-6", 0);
    EXPECT_TRUE(printed(drive(law), row.alone));
    law.set("TSG-6", 5);
    EXPECT_TRUE(printed(drive(law), row.with_tsg6));
  }
  // TSG-6 shifts the response to higher doses, and does not lower what much IL-1 does.
  law.set("IL-1", 6e5);
  EXPECT_GT(drive(law), 0.999);
  LawAtPoint without("inflammation");
  law.set("IL-1", 6 * 0.7).set("TSG-6", 5);
  without.set("IL-1", 0.7);
  EXPECT_DOUBLE_EQ(drive(law), drive(without));
}

TEST(Inflammation, Il1DominatesTnf)
{
  LawAtPoint law("inflammation");
  for (const double concentration : {0.01, 0.1, 1., 10., 100.})
  {
    const double by_il1 = drive(law.set("IL-1", concentration).set("TNF", 0));
    const double by_tnf = drive(law.set("IL-1", 0).set("TNF", concentration));
    EXPECT_GT(by_il1, by_tnf);
  }
}

TEST(Inflammation, DegenerateDiscsFeelMore)
{
  LawAtPoint law("inflammation", values({}, {{"Receptors", "degenerate"}})),
      healthy("inflammation");
  law.set("IL-1", 0.1);
  healthy.set("IL-1", 80. / 30 * 0.1);
  EXPECT_DOUBLE_EQ(drive(law), drive(healthy));
  // The gain of the feedback is what the file says, in every disc.
  LawAtPoint same("inflammation", values({{"Feedback gain", 2}}, {{"Receptors", "degenerate"}}));
  same.set("IL-1", 30. / 80 * 0.8 * 0.5).set("TNF", 0.2 * 2);
  EXPECT_NEAR(drive(same), 0.5, 1e-14);
}

TEST(Inflammation, AlarmAddsToTheDrive)
{
  LawAtPoint law("inflammation");
  law.set("DAMP", 1);
  EXPECT_DOUBLE_EQ(drive(law), 0.5);
  law.set("IL-1", 0.5);
  EXPECT_DOUBLE_EQ(drive(law), 2. / 3);
  EXPECT_TRUE(printed(law.loss("DAMP"), ".5545"));
}

TEST(Inflammation, DecayLengths)
{
  const auto length = [](const LawAtPoint &law)
  { return 1e3 * std::sqrt(law.law->owns[0].diffusivity / law.law->owns[0].decay); };
  EXPECT_TRUE(printed(length(LawAtPoint("inflammation")), "5.1"));
  EXPECT_TRUE(printed(length(LawAtPoint("inflammation", values({{"Diffusivity", 1e-11}}))), "2.3"));
  EXPECT_TRUE(printed(std::log(2.) / 0.1664, "4.2"));
  EXPECT_TRUE(printed(std::log(2.) / 0.5545, "1.25"));
}

// A tenth of 4e6 cells per mL, each releasing 1e-3 pg a day of a cytokine with a half-life of a
// day.
TEST(Inflammation, SecretingCells)
{
  LawAtPoint law("inflammation", values({{"IL-1 decay", std::log(2.)}, {"Feedback gain", 0}},
                                        {{"Senescent cells", "senescent cells"}}));
  law.set("senescent cells", 0.1 * 4e6).set("IL-1", 1);
  EXPECT_TRUE(printed(1e3 * law.gain("IL-1") / law.loss("IL-1"), "577")); // pg/mL
  EXPECT_DOUBLE_EQ(law.gain("TNF"), law.gain("IL-1"));
}

TEST(Inflammation, DamageAndDeadCells)
{
  LawAtPoint law("inflammation",
                 values({{"Release by dead cells", 1e-3}},
                        {{"Damage", "needle damage"}, {"Dead cells", "dead cells"}}));
  law.set("NP cells", 4e6).set("needle damage", 0.5);
  EXPECT_NEAR(law.gain("IL-1"), 1e-6 * 0.5 * 4e6, 1e-12); // ng/mL per day
  law.set("dead cells", 1e6);
  EXPECT_NEAR(law.gain("IL-1"), 1e-6 * 0.5 * 4e6 + 1, 1e-12);
  law.set("cytokine release", 0.5);
  EXPECT_NEAR(law.gain("IL-1"), 0.5 * 1e-6 * 0.5 * 4e6 + 1, 1e-12);
}

TEST(Inflammation, FeedbackGainIsWhatTheFileSays)
{
  for (const double gain : {0.7, 1.5, 3.})
  {
    LawAtPoint law("inflammation", values({{"Feedback gain", gain}}));
    law.set("NP cells", density).set("IL-1", 1e9); // full drive
    const double u = law.gain("IL-1") / (0.1664 * 0.5) + law.gain("TNF") / (0.1664 * 2);
    EXPECT_NEAR(u, gain, 1e-6);
    law.set("IL-1", 0.4).set("TNF", 0.4);
    const double before = law.gain("IL-1");
    EXPECT_NEAR(law.set("NF-kB gain", 0.5).gain("IL-1"), 0.5 * before, 1e-15);
    EXPECT_NEAR(law.set("cytokine release", 0.5).gain("IL-1"), 0.25 * before, 1e-15);
  }
  // With IL-1 alone the gain is s1 rho/(lambda K1).
  LawAtPoint alone("inflammation", values({{"TNF release", 0}}));
  alone.set("NP cells", density).set("IL-1", 1e9);
  EXPECT_NEAR(alone.gain("IL-1") / (0.1664 * 0.5), 0.7, 1e-6);
}

TEST(Inflammation, DiesOutBelowAGainOfOne)
{
  for (const double gain : {0.3, 0.7, 0.9})
  {
    LawAtPoint law("inflammation", values({{"Feedback gain", gain}}));
    EXPECT_LT(drive_after(600, 20, law), 1e-3) << gain;
  }
}

TEST(Inflammation, SustainsItselfAbove)
{
  for (const double gain : {1.5, 3.})
  {
    LawAtPoint law("inflammation", values({{"Feedback gain", gain}}));
    const double u = gain - 1;
    for (const double start : {0.01, 20.})
      EXPECT_NEAR(drive_after(600, start, law), u / (1 + u), 1e-3) << gain;
  }
}

TEST(Inflammation, Tsg6SwitchesItOff)
{
  constexpr double gain = 3;
  LawAtPoint law("inflammation",
                 values({{"Feedback gain", gain}}, {{"TSG-6 populations", "BMSC"}}));
  for (const double tsg6 : {0., 1., 1.9, 2.1, 5.})
  {
    law.set("TSG-6", tsg6);
    const double u = std::max(gain / (1 + tsg6) - 1, 0.);
    EXPECT_NEAR(drive_after(1500, 20, law), u / (1 + u), 2e-3) << tsg6;
  }
}

TEST(Inflammation, SecondOrderHasTwoEnds)
{
  const auto texts = values({}, {{"Hill order", "2"}});
  for (const double gain : {1.5, 1.9})
  {
    LawAtPoint law("inflammation", values({{"Feedback gain", gain}}, texts.texts));
    EXPECT_LT(drive_after(600, 20, law), 1e-3) << gain;
  }
  for (const double gain : {2.1, 3.})
  {
    LawAtPoint law("inflammation", values({{"Feedback gain", gain}}, texts.texts));
    const double root = std::sqrt(gain * gain / 4 - 1), upper = gain / 2 + root,
                 lower = gain / 2 - root;
    EXPECT_LT(drive_after(600, 0.9 * lower, law), 1e-3) << gain;
    EXPECT_NEAR(drive_after(600, 1.1 * lower, law), upper * upper / (1 + upper * upper), 1e-3)
        << gain;
  }
}

TEST(Inflammation, AMillionCellsBringTsg6ToOne)
{
  LawAtPoint law("inflammation", values({}, {{"TSG-6 populations", "BMSC, AMSC"}}));
  law.set("BMSC", 7e5).set("AMSC", 3e5).set("IL-1", 1e9).set("TSG-6", 1);
  EXPECT_NEAR(law.gain("TSG-6") / law.loss("TSG-6"), 1, 1e-6);
  EXPECT_NEAR(law.loss("TSG-6"), std::log(2.) / 0.5, 1e-12);
  law.set("IL-1", 0); // a tenth is released at rest
  EXPECT_NEAR(law.gain("TSG-6") / law.loss("TSG-6"), 0.1, 1e-12);
}

TEST(Inflammation, BooksOfMatrix)
{
  LawAtPoint law("inflammation", values({}, {{"Matrix", "yes"}}));
  law.set("NP cells", density);
  EXPECT_DOUBLE_EQ(law.gain("new matrix"), 1);
  EXPECT_EQ(law.gain("MMP"), 0);
  law.set("IL-1", 0.5); // half the drive
  EXPECT_NEAR(law.gain("new matrix"), 1 - 0.7 * 0.5, 1e-14);
  EXPECT_NEAR(law.gain("MMP"), 0.5, 1e-14);
  law.set("matrix synthesis", 3).set("matrix degradation", 0.4).set("NF-kB gain", 0.5);
  EXPECT_NEAR(law.gain("new matrix"), 3 * (1 - 0.7 * 0.25), 1e-14);
  EXPECT_NEAR(law.gain("MMP"), 0.4 * 0.25, 1e-14);
  law.set("NP cells", density / 2);
  EXPECT_NEAR(law.gain("new matrix"), 1.5 * (1 - 0.7 * 0.25), 1e-14);
  // However harmful a signal is: no matrix is unmade by making it.
  law.set("IL-1", 1e9).set("NF-kB gain", 2);
  EXPECT_GE(law.gain("new matrix"), 0);
}

TEST(Inflammation, OwnsWhatTheFileAsksFor)
{
  const auto names = [](const LawAtPoint &law)
  {
    std::string result;
    for (const auto &species : law.law->owns)
      result += species.name + ";";
    return result;
  };
  EXPECT_EQ(names(LawAtPoint("inflammation")), "IL-1;TNF;DAMP;");
  const LawAtPoint all("inflammation", values({{"Clearance at supply", 1e-8}},
                                              {{"Matrix", "yes"}, {"TSG-6 populations", "BMSC"}}));
  EXPECT_EQ(names(all), "IL-1;TNF;DAMP;TSG-6;MMP;new matrix;");
  EXPECT_EQ(all.law->owns[0].supply, lacuna::DeclaredSpecies::Supply::exchange);
  EXPECT_DOUBLE_EQ(all.law->owns[0].exchange, 1e-8);
  EXPECT_EQ(LawAtPoint("inflammation").law->owns[0].supply,
            lacuna::DeclaredSpecies::Supply::closed);
}

TEST(Inflammation, EveryPopulationFeelsTheSameDrive)
{
  LawAtPoint law("inflammation", values({}, {{"Also felt by", "BMSC, senescent cells"}}));
  law.set("IL-1", 1).set("TNF", 0.3);
  EXPECT_EQ(law.signal("inflammation", "BMSC"), drive(law));
  EXPECT_EQ(law.signal("inflammation", "senescent cells"), drive(law));
}

TEST(Inflammation, ExactDerivatives)
{
  for (const char *order : {"1", "2"})
  {
    LawAtPoint law("inflammation",
                   values({{"Matrix degradation", 0.1}, {"Release by dead cells", 1e-7}},
                          {{"Matrix", "yes"},
                           {"Hill order", order},
                           {"TSG-6 populations", "BMSC, AMSC"},
                           {"Senescent cells", "senescent cells"},
                           {"Dead cells", "dead cells"},
                           {"Damage", "needle damage"},
                           {"Also felt by", "BMSC"}}));
    law.set("IL-1", 0.3).set("TNF", 0.7).set("TSG-6", 0.5).set("DAMP", 0.2).set("MMP", 3);
    law.set("new matrix", 20).set("NP cells", 3e6).set("BMSC", 1e6).set("AMSC", 2e5);
    law.set("senescent cells", 3e5).set("dead cells", 2e5).set("needle damage", 0.4);
    law.set("NF-kB gain", 0.8).set("cytokine release", 0.7).set("matrix synthesis", 1.4);
    law.set("matrix degradation", 0.6);
    law.expect_exact_derivatives();
  }
}

// What is lost vanishes with its species, and an undershoot drives nothing.
TEST(Inflammation, StaysPositive)
{
  LawAtPoint law("inflammation", values({{"Matrix degradation", 0.1}},
                                        {{"Matrix", "yes"}, {"TSG-6 populations", "BMSC"}}));
  law.set("NP cells", 4e6).set("BMSC", 1e6);
  for (const char *name : {"IL-1", "TNF", "DAMP", "TSG-6", "MMP", "new matrix"})
  {
    EXPECT_EQ(law.loss(name), 0) << name;
    EXPECT_GE(law.gain(name), 0) << name;
  }
}

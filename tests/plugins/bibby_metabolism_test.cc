// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "law_harness.h"

using lacuna::LawAtPoint;
using lacuna::LawValues;
using lacuna::printed;

namespace
{
  /** With 1e9 cells per mL a rate in mM/h is the rate of one cell in fmol/h. */
  constexpr double one_cell = 1e9;

  LawAtPoint bibby(double oxygen_pressure, double pH, const LawValues &values)
  {
    LawAtPoint law("bibby-metabolism", values);
    law.set("NP cells", one_cell)
        .set("oxygen", "kPa", oxygen_pressure)
        .set("pH", pH)
        .set("glucose", 4);
    return law;
  }

  const LawValues as_published = {{{"Glucose limiter constant", 0}}, {}};
} // namespace

TEST(BibbyMetabolism, WorkedExamples)
{
  struct Row
  {
    double oxygen_pressure, pH;
    const char *oxygen, *lactate, *glucose;
  };
  const Row rows[] = {{5, 7.4, "5.459944", "158.697520", "79.348760"},
                      {5, 7.2, "5.274513", "131.762360", "65.881180"},
                      {5, 6.8, "4.839208", "90.830942", "45.415471"},
                      {1, 7.2, "1.420950", "79.854003", "39.927001"},
                      {1, 6.8, "1.358277", "55.047695", "27.523848"},
                      {0.5, 6.6, "0.697601", "42.374637", "21.187319"},
                      {0, 7.4, "0", "82.434167", "41.217084"},
                      {20, 7.4, "11.384620", "198.740509", "99.370255"},
                      {10, 7.0, "7.567376", "157.590516", "78.795258"}};
  for (const Row &row : rows)
  {
    SCOPED_TRACE(std::to_string(row.oxygen_pressure) + " kPa, pH " + std::to_string(row.pH));
    LawAtPoint law = bibby(row.oxygen_pressure, row.pH, as_published);
    EXPECT_TRUE(printed(law.loss("oxygen"), row.oxygen));
    EXPECT_TRUE(printed(law.gain("lactate"), row.lactate));
    EXPECT_TRUE(printed(law.loss("glucose"), row.glucose));
    EXPECT_EQ(law.gain("oxygen"), 0);
    EXPECT_EQ(law.loss("lactate"), 0);
    EXPECT_EQ(law.gain("glucose"), 0);
  }
}

TEST(BibbyMetabolism, Jacobian)
{
  LawAtPoint law = bibby(5, 7.2, as_published);
  EXPECT_TRUE(printed(-law.slope("oxygen", "oxygen", "kPa"), "0.7152141"));
  EXPECT_TRUE(printed(-law.slope("oxygen", "pH"), "0.9752834"));
  EXPECT_TRUE(printed(law.slope("lactate", "oxygen", "kPa"), "13.4397608"));
  EXPECT_TRUE(printed(law.slope("lactate", "pH"), "122.538995"));
  law.expect_exact_derivatives();
  bibby(1.3, 6.7, {}).expect_exact_derivatives();
}

TEST(BibbyMetabolism, VolumetricRates)
{
  LawAtPoint law = bibby(5, 7.2, as_published);
  law.set("NP cells", 4e6);
  EXPECT_TRUE(printed(law.rate("oxygen") / 3600, "-5.860570e-6")); // mM/s
  EXPECT_TRUE(printed(law.rate("lactate") / 3600, "1.464026e-4"));
  EXPECT_TRUE(printed(law.rate("glucose") / 3600, "-7.320131e-5"));
  EXPECT_TRUE(printed(law.rate("oxygen") / 3600 / 0.010268, "-5.707606e-4")); // kPa/s
}

TEST(BibbyMetabolism, ReferenceOfNativeCells)
{
  LawAtPoint law = bibby(5, 7, as_published);
  EXPECT_TRUE(printed(law.gain("lactate"), "109"));
  EXPECT_TRUE(printed(law.loss("glucose"), "55"));
  EXPECT_TRUE(printed(law.loss("oxygen"), "5.1"));
  law.set("oxygen", "kPa", 1);
  EXPECT_TRUE(printed(law.gain("lactate"), "66"));
  EXPECT_TRUE(printed(law.loss("glucose"), "33"));
  EXPECT_TRUE(printed(law.loss("oxygen"), "1.4"));
}

TEST(BibbyMetabolism, LimiterStopsGlycolysisWithoutGlucose)
{
  LawAtPoint law = bibby(5, 7.2, {});
  EXPECT_NEAR(law.loss("glucose"), 65.881180 * 4 / 4.18, 1e-6);
  law.set("glucose", 0);
  EXPECT_EQ(law.loss("glucose"), 0);
  EXPECT_EQ(law.gain("lactate"), 0);
  EXPECT_LT(law.slope("glucose", "glucose"), 0);
  EXPECT_TRUE(printed(law.loss("oxygen"), "5.274513")) << "oxygen uptake has no limiter";
}

TEST(BibbyMetabolism, Multipliers)
{
  LawAtPoint law = bibby(
      5, 7.2,
      {{{"Glucose limiter constant", 0}, {"Oxygen multiplier", 3}, {"Glycolysis multiplier", 2}},
       {}});
  EXPECT_NEAR(law.loss("oxygen"), 3 * 5.274513, 2e-6);
  EXPECT_NEAR(law.loss("glucose"), 2 * 65.881180, 2e-6);
}

TEST(BibbyMetabolism, ContinuesSmoothlyWhereOnlyIteratesCome)
{
  LawAtPoint law = bibby(-0.1, 4.5, {});
  EXPECT_LT(law.loss("oxygen"), 0);
  law.set("glucose", -0.1);
  EXPECT_LT(law.loss("glucose"), 0);
  law.expect_exact_derivatives();
  law.set("oxygen", "kPa", 5);
  EXPECT_GT(law.loss("oxygen"), 0);
}

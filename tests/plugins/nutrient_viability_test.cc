// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "law_harness.h"

#include <utility>

using lacuna::LawAtPoint;
using lacuna::LawValues;
using lacuna::printed;

namespace
{
  constexpr double density = 4e6;

  LawValues sharp(LawValues values = {})
  {
    values.numbers["Glucose width"] = 0;
    values.numbers["pH width"]      = 0;
    return values;
  }

  /** First-order death rate in 1/d. */
  double death_rate(LawAtPoint &law, double glucose, double pH)
  {
    law.set("glucose", glucose).set("pH", pH).set("NP cells", density);
    return law.loss("NP cells") / density;
  }

  double viability(LawAtPoint &law, double glucose, double pH, double days)
  {
    return std::exp(-death_rate(law, glucose, pH) * days);
  }
} // namespace

TEST(NutrientViability, StarvationRates)
{
  LawAtPoint law("nutrient-viability", sharp());
  EXPECT_TRUE(printed(-death_rate(law, 0.25, 7.2), "-1.11111"));
  EXPECT_TRUE(printed(-death_rate(law, 0.1, 7.2), "-2.66667"));
  EXPECT_TRUE(printed(-death_rate(law, 0, 7.2), "-5.0"));
  EXPECT_TRUE(printed(viability(law, 0.25, 7.2, 1), "0.329193"));
}

TEST(NutrientViability, HeldGlucose)
{
  LawAtPoint law("nutrient-viability", sharp());
  struct Row
  {
    double glucose;
    const char *after_1, *after_3, *after_7;
  };
  const Row rows[] = {{0.4, "0.7165313106", "0.3678794412", "0.09697196786"},
                      {0.25, "0.3291929878", "0.03567399335", "0.0004189421234"},
                      {0.05, "0.02732372245", "2.039950341e-05", "1.137048674e-11"},
                      {0, "0.006737946999", "3.059023205e-07", "6.30511676e-16"}};
  for (const Row &row : rows)
  {
    EXPECT_TRUE(printed(viability(law, row.glucose, 7.2, 1), row.after_1));
    EXPECT_TRUE(printed(viability(law, row.glucose, 7.2, 3), row.after_3));
    EXPECT_TRUE(printed(viability(law, row.glucose, 7.2, 7), row.after_7));
  }
}

TEST(NutrientViability, AcidAndBoth)
{
  LawAtPoint law("nutrient-viability", sharp({{{"Critical pH", 6.78}}, {}}));
  EXPECT_TRUE(printed(viability(law, 4, 6.7, 1), "0.7220015451"));
  EXPECT_TRUE(printed(viability(law, 4, 6.7, 3), "0.3763694644"));
  EXPECT_TRUE(printed(viability(law, 4, 6.7, 7), "0.1022743879"));
  EXPECT_TRUE(printed(viability(law, 0.25, 6.7, 1), "0.2376778458"));
  EXPECT_TRUE(printed(viability(law, 0.25, 6.7, 3), "0.01342660177"));
  EXPECT_TRUE(printed(viability(law, 0.25, 6.7, 7), "4.284704924e-05"));
  EXPECT_TRUE(printed(std::log(2) / death_rate(law, 4, 6.7) * 24, "51.07"));
  EXPECT_EQ(death_rate(law, 0.5, 6.78), 0);
}

TEST(NutrientViability, StarvationConstantByDensity)
{
  // At G = 0 the rate is 2 G_t/K, which gives K back.
  const std::pair<double, const char *> rows[] = {
      {1e6, "0.5095734967"},    {2e6, "0.5085493575"},  {3.1767e6, "0.255"},
      {3.6e6, "0.01060576163"}, {4e6, "0.00293723996"}, {5.55e6, "0.0003589113987"},
      {13.5e6, "0.000019"}};
  for (const auto &[initial_density, K] : rows)
  {
    LawAtPoint law("nutrient-viability",
                   sharp({{{"Initial density", initial_density}}, {{"Parameter set", "UPF"}}}));
    EXPECT_TRUE(printed(2 * 0.511 / death_rate(law, 0, 7.2), K));
  }
}

TEST(NutrientViability, ReferenceSet)
{
  LawAtPoint law("nutrient-viability", sharp({{}, {{"Parameter set", "UPF"}}}));
  EXPECT_TRUE(printed(-death_rate(law, 0.25, 7.2), "-2.003026"));
  EXPECT_TRUE(printed(viability(law, 0.25, 7.2, 1), "0.134926"));
  EXPECT_EQ(death_rate(law, 0.511, 6.78), 0);
  EXPECT_GT(death_rate(law, 0.511, 6.7799), 0);

  LawAtPoint mixed(
      "nutrient-viability",
      sharp({{{"Critical glucose", 0.6}}, {{"Parameter set", "UPF"}, {"K model", "constant"}}}));
  EXPECT_NEAR(death_rate(mixed, 0.3, 7.2), 2 * 0.3 / 0.5, 1e-12)
      << "single values override the set";
}

TEST(NutrientViability, SmoothThresholds)
{
  LawAtPoint smooth("nutrient-viability"), exact("nutrient-viability", sharp());
  EXPECT_NEAR(death_rate(smooth, 0.4, 7.2), death_rate(exact, 0.4, 7.2), 1e-5);
  EXPECT_NEAR(death_rate(smooth, 0.5, 7.2), 0.0198, 1e-4);
  EXPECT_LT(death_rate(smooth, 0.74, 7.2), 1e-12);
  EXPECT_NEAR(death_rate(smooth, 4, 6.8), 0.325728 / 2, 1e-9);
  for (const double glucose : {-0.05, 0.1, 0.495, 0.51, 2.})
  {
    smooth.set("glucose", glucose).set("pH", 6.795).set("apoptosis", 0.7);
    smooth.expect_exact_derivatives(1e-6);
  }
}

TEST(NutrientViability, ProtectionMultipliesTheDeath)
{
  LawAtPoint law("nutrient-viability");
  const double alone = death_rate(law, 0.2, 6.7);
  law.set("apoptosis", 0.4);
  EXPECT_NEAR(death_rate(law, 0.2, 6.7), 0.4 * alone, 1e-14);
  EXPECT_EQ(law.law->reads[3].target, "NP cells");
}

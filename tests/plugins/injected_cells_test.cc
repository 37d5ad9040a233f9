// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "law_harness.h"

using lacuna::LawAtPoint;
using lacuna::LawValues;
using lacuna::printed;

namespace
{
  struct Environment
  {
    double glucose, oxygen_pressure, pH, osmolarity; ///< mM, kPa, -, mOsm/L
  };

  /** A law for the cell type; resident NP cells are npmsc with other constants. */
  LawAtPoint cells(const std::string &type)
  {
    if (type == "NPMSC")
      return LawAtPoint("npmsc");
    if (type != "NPC")
      return LawAtPoint("msc", {{}, {{"Cell type", type}, {"Population", type}}});
    return LawAtPoint("npmsc", {{{"Half glucose", 0.25},
                                 {"Acid hazard", 0.142},
                                 {"Half pH", 6.30},
                                 {"Hyperosmolarity hazard", 0.05},
                                 {"Half osmolarity", 600},
                                 {"Baseline hazard", 0.002}},
                                {{"Population", "NPC"}}});
  }

  void put_into(LawAtPoint &law, const Environment &environment)
  {
    law.set("glucose", environment.glucose).set("oxygen", "kPa", environment.oxygen_pressure);
    law.set("pH", environment.pH).set("osmolarity", environment.osmolarity);
  }

  double survival(const std::string &type, const Environment &environment, double days)
  {
    LawAtPoint law = cells(type);
    put_into(law, environment);
    law.set(type, 1e6);
    return std::exp(-law.loss(type) / 1e6 * days);
  }
} // namespace

TEST(InjectedCells, survival_table)
{
  struct Row
  {
    Environment environment;
    const char *npc[2], *npmsc[2], *bmsc[2], *amsc[2]; ///< after 3 and 14 days
  };
  const Row rows[] = {
      {{5.5, 20, 7.4, 300}, {".994", ".972"}, {".985", ".930"}, {".982", ".919"}, {".982", ".920"}},
      {{3, 5, 7.1, 400}, {".992", ".965"}, {".979", ".907"}, {".952", ".793"}, {".953", ".800"}},
      {{1.5, 2, 6.8, 380}, {".985", ".932"}, {".961", ".832"}, {".873", ".531"}, {".899", ".610"}},
      {{0.5, 1, 6.5, 350}, {".781", ".315"}, {".455", ".025"}, {".071", ".000"}, {".129", ".000"}},
      {{5, 5, 6.5, 500}, {".918", ".672"}, {".830", ".420"}, {".609", ".099"}, {".609", ".099"}},
      {{5.5, 20, 7.4, 485}, {".986", ".936"}, {".954", ".803"}, {".850", ".469"}, {".850", ".469"}},
      {{5.5, 20, 6.5, 300}, {".929", ".709"}, {".867", ".514"}, {".728", ".227"}, {".728", ".227"}},
      {{1, 5, 7.4, 300}, {".985", ".933"}, {".952", ".797"}, {".779", ".311"}, {".872", ".528"}},
      {{0, 0.1, 7.4, 300}, {".054", ".000"}, {".053", ".000"}, {".071", ".000"}, {".071", ".000"}},
      {{25, 0.1, 7.4, 300},
       {".994", ".972"},
       {".985", ".930"},
       {".982", ".921"},
       {".982", ".921"}}};
  for (const Row &row : rows)
    for (int k = 0; k < 2; ++k)
    {
      const double days = k == 0 ? 3 : 14;
      SCOPED_TRACE(std::to_string(row.environment.glucose) + " mM, pH " +
                   std::to_string(row.environment.pH) + ", " + std::to_string(days) + " d");
      EXPECT_TRUE(printed(survival("NPC", row.environment, days), row.npc[k]));
      EXPECT_TRUE(printed(survival("NPMSC", row.environment, days), row.npmsc[k]));
      EXPECT_TRUE(printed(survival("BMSC", row.environment, days), row.bmsc[k]));
      EXPECT_TRUE(printed(survival("AMSC", row.environment, days), row.amsc[k]));
    }
}

TEST(InjectedCells, anchors)
{
  EXPECT_NEAR(survival("BMSC", {25, 0.1, 7.4, 300}, 14) /
                  survival("BMSC", {0.98, 0.1, 7.4, 300}, 14),
              4.5, 0.1);
  EXPECT_NEAR(survival("BMSC", {0.70, 0.1, 7.0, 350}, 3), 0.38, 0.005);
  EXPECT_NEAR(survival("BMSC", {0.58, 0.1, 7.0, 350}, 3), 0.23, 0.005);
  EXPECT_NEAR(survival("NPC", {0, 0, 7.4, 300}, 3), 0.049, 0.001);
}

TEST(InjectedCells, nucleus_cells_tolerate_acid_and_salt)
{
  for (const Environment &environment :
       {Environment{5, 5, 6.5, 350}, Environment{5, 5, 7.2, 500}, Environment{5, 5, 6.5, 500}})
    EXPECT_GT(survival("NPMSC", environment, 3), survival("AMSC", environment, 3));
}

TEST(InjectedCells, anoxia_is_harmless_while_glucose_is_plentiful)
{
  for (const std::string type : {"NPMSC", "BMSC", "AMSC"})
    EXPECT_NEAR(survival(type, {2, 0, 7.4, 300}, 3), survival(type, {2, 20, 7.4, 300}, 3), 0.02);
}

TEST(InjectedCells, starvation_kills_in_three_days)
{
  for (const std::string type : {"NPMSC", "BMSC", "AMSC"})
    EXPECT_LT(survival(type, {0, 0.5, 7.4, 300}, 3), 0.15);
}

TEST(InjectedCells, five_millimolar_glucose_is_harmless)
{
  for (const std::string type : {"NPMSC", "BMSC", "AMSC"})
    EXPECT_NEAR(survival(type, {5.6, 5, 7.4, 300}, 14), survival(type, {25, 5, 7.4, 300}, 14),
                0.005);
}

TEST(InjectedCells, acid_hurts_most_below_6_8)
{
  for (const std::string type : {"NPMSC", "BMSC", "AMSC"})
  {
    const double mild = survival(type, {5, 5, 6.8, 300}, 3);
    EXPECT_GT(mild - survival(type, {5, 5, 6.5, 300}, 3),
              survival(type, {5, 5, 7.4, 300}, 3) - mild);
  }
}

TEST(InjectedCells, starvation_and_acid_are_more_than_additive)
{
  const auto hazard = [](double glucose, double pH) {
    return -std::log(survival("NPMSC", {glucose, 5, pH, 300}, 1));
  };
  EXPECT_GT(hazard(0.3, 6.4) - hazard(5, 7.4),
            1.2 * (hazard(0.3, 7.4) - hazard(5, 7.4) + hazard(5, 6.4) - hazard(5, 7.4)));
}

TEST(InjectedCells, rank_at_low_glucose)
{
  for (double glucose = 0.25; glucose <= 1; glucose += 0.05)
  {
    const Environment low{glucose, 1, 7.2, 350};
    EXPECT_GE(survival("NPC", low, 3), survival("NPMSC", low, 3));
    EXPECT_GT(survival("NPMSC", low, 3), survival("AMSC", low, 3));
    EXPECT_GE(survival("AMSC", low, 3), survival("BMSC", low, 3));
  }
}

TEST(InjectedCells, protection_spares_the_baseline)
{
  LawAtPoint law = cells("NPMSC");
  put_into(law, {0.3, 1, 6.5, 450});
  law.set("NPMSC", 1);
  const double unprotected = law.loss("NPMSC");
  law.set("apoptosis", 0.25);
  EXPECT_NEAR(law.loss("NPMSC"), 0.005 + 0.25 * (unprotected - 0.005), 1e-14);
  law.set("apoptosis", 0);
  EXPECT_NEAR(law.loss("NPMSC"), 0.005, 1e-14);
  EXPECT_EQ(law.gain("NPMSC"), 0);
}

TEST(InjectedCells, metabolism)
{
  constexpr double day = 24;
  LawAtPoint law       = cells("BMSC"); // 1e9 cells/mL: mM/h are fmol/h per cell
  put_into(law, {0.3, 0.5, 7.2, 350});
  law.set("BMSC", 1e9);
  EXPECT_NEAR(law.loss("glucose") / day, 75, 1e-10);
  EXPECT_NEAR(law.gain("lactate") / day, 150, 1e-10);
  EXPECT_NEAR(law.loss("oxygen") / day, 15, 1e-10);
  put_into(law, {0, 0, 7.2, 350});
  EXPECT_EQ(law.rate("glucose"), 0);
  EXPECT_EQ(law.rate("lactate"), 0);
  EXPECT_EQ(law.rate("oxygen"), 0);
}

TEST(InjectedCells, expanding_cells_eat_more_than_native_ones)
{
  LawAtPoint expanding("msc", {{{"Glucose uptake", 383}, {"Oxygen uptake", 98}}, {}});
  put_into(expanding, {1000, 1000, 7, 350});
  expanding.set("MSC", 1e9);
  EXPECT_NEAR(expanding.loss("glucose") / 24 / 55, 7, 0.1);
  EXPECT_NEAR(expanding.loss("oxygen") / 24 / 5.1, 19, 0.3);
}

TEST(InjectedCells, exact_derivatives)
{
  for (const std::string type : {"NPMSC", "BMSC", "AMSC"})
  {
    LawAtPoint law = cells(type);
    law.set(type, 3e6).set("apoptosis", 0.8);
    for (const Environment &environment :
         {Environment{0.4, 1, 6.5, 480}, Environment{4, 5, 7.1, 400},
          Environment{-0.1, -0.1, 7, 400}})
    {
      put_into(law, environment);
      law.expect_exact_derivatives();
    }
  }
}

TEST(InjectedCells, a_given_constant_overrides_that_of_the_cell_type)
{
  LawAtPoint law("msc", {{{"Baseline hazard", 0.1}}, {{"Cell type", "AMSC"}}});
  put_into(law, {100, 20, 9, 200});
  EXPECT_NEAR(law.set("MSC", 1).loss("MSC"), 0.1, 1e-4);
}

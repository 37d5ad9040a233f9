// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "config/user_error.h"
#include "law_harness.h"

#include <functional>
#include <map>

using lacuna::LawAtPoint;
using lacuna::LawValues;
using lacuna::printed;

namespace
{
  struct Environment
  {
    double glucose, oxygen_pressure, pH, osmolarity; ///< mM, kPa, -, mOsm/L
  };

  using Numbers = std::map<std::string, double>;
  using Texts   = std::map<std::string, std::string>;

  const std::vector<std::string> all_types = {
      "NP cells", "AF cells", "endplate cells", "chondrocytes", "BMSC", "AMSC",
      "UC-MSC",   "PLMSC",    "iMSC",           "NPMSC",        "Muse"};
  const std::vector<std::string> stem_cells = {"NPMSC", "BMSC", "AMSC", "UC-MSC", "PLMSC", "iMSC"};

  /** The law for a population called like its cell type. */
  LawAtPoint cells(const std::string &type, const Numbers &numbers = {}, Texts texts = {})
  {
    texts["Cell type"] = type;
    return LawAtPoint("cells", {numbers, texts});
  }

  void put_into(LawAtPoint &law, const Environment &environment)
  {
    law.set("glucose", environment.glucose).set("oxygen", "kPa", environment.oxygen_pressure);
    law.set("pH", environment.pH).set("osmolarity", environment.osmolarity);
  }

  double hazard(LawAtPoint &law, const std::string &type, const Environment &environment)
  {
    put_into(law, environment);
    return law.set(type, 1e6).loss(type) / 1e6;
  }

  /** Per day; without growth and differentiation the loss is that by death. */
  double hazard(const std::string &type, const Environment &environment, const Numbers &numbers)
  {
    LawAtPoint law = cells(type, numbers);
    return hazard(law, type, environment);
  }
  double hazard(const std::string &type, const Environment &environment)
  {
    static std::map<std::string, LawAtPoint> laws; // to create one takes longer than to ask it
    if (laws.count(type) == 0)
      laws.emplace(type, cells(type));
    return hazard(laws.at(type), type, environment);
  }

  double survival(const std::string &type, const Environment &environment, double days)
  {
    return std::exp(-hazard(type, environment) * days);
  }

  const Environment perfect = {100, 20, 9, 200}, mild = {5, 5, 7.2, 350};
} // namespace

TEST(Cells, SurvivalTable)
{
  struct Row
  {
    Environment environment;
    const char *npc[2], *npmsc[2], *bmsc[2], *amsc[2], *uc[2], *muse[2]; ///< after 3 and 14 days
  };
  const Row rows[] = {{{5.5, 20, 7.4, 300},
                       {".994", ".972"},
                       {".985", ".930"},
                       {".982", ".919"},
                       {".982", ".920"},
                       {".986", ".935"},
                       {".987", ".942"}},
                      {{3, 5, 7.1, 400},
                       {".992", ".965"},
                       {".979", ".907"},
                       {".952", ".793"},
                       {".953", ".800"},
                       {".961", ".830"},
                       {".978", ".901"}},
                      {{1.5, 2, 6.8, 380},
                       {".985", ".932"},
                       {".961", ".832"},
                       {".873", ".531"},
                       {".899", ".610"},
                       {".909", ".640"},
                       {".959", ".823"}},
                      {{0.5, 1, 6.5, 350},
                       {".781", ".315"},
                       {".455", ".025"},
                       {".071", ".000"},
                       {".129", ".000"},
                       {".150", ".000"},
                       {".463", ".028"}},
                      {{5, 5, 6.5, 500},
                       {".918", ".672"},
                       {".830", ".420"},
                       {".609", ".099"},
                       {".609", ".099"},
                       {".669", ".153"},
                       {".819", ".395"}},
                      {{5.5, 20, 7.4, 485},
                       {".986", ".936"},
                       {".954", ".803"},
                       {".850", ".469"},
                       {".850", ".469"},
                       {".874", ".534"},
                       {".937", ".738"}},
                      {{5.5, 20, 6.5, 300},
                       {".929", ".709"},
                       {".867", ".514"},
                       {".728", ".227"},
                       {".728", ".227"},
                       {".776", ".305"},
                       {".876", ".540"}},
                      {{1, 5, 7.4, 300},
                       {".985", ".933"},
                       {".952", ".797"},
                       {".779", ".311"},
                       {".872", ".528"},
                       {".861", ".496"},
                       {".949", ".782"}},
                      {{0, 0.1, 7.4, 300},
                       {".054", ".000"},
                       {".053", ".000"},
                       {".071", ".000"},
                       {".071", ".000"},
                       {".120", ".000"},
                       {".265", ".002"}},
                      {{25, 0.1, 7.4, 300},
                       {".994", ".972"},
                       {".985", ".930"},
                       {".982", ".921"},
                       {".982", ".921"},
                       {".986", ".936"},
                       {".987", ".942"}}};
  for (const Row &row : rows)
    for (int k = 0; k < 2; ++k)
    {
      const double days = k == 0 ? 3 : 14;
      SCOPED_TRACE(std::to_string(row.environment.glucose) + " mM, pH " +
                   std::to_string(row.environment.pH) + ", " + std::to_string(days) + " d");
      EXPECT_TRUE(printed(survival("NP cells", row.environment, days), row.npc[k]));
      EXPECT_TRUE(printed(survival("NPMSC", row.environment, days), row.npmsc[k]));
      EXPECT_TRUE(printed(survival("BMSC", row.environment, days), row.bmsc[k]));
      EXPECT_TRUE(printed(survival("AMSC", row.environment, days), row.amsc[k]));
      EXPECT_TRUE(printed(survival("UC-MSC", row.environment, days), row.uc[k]));
      EXPECT_TRUE(printed(survival("Muse", row.environment, days), row.muse[k]));
    }
}

TEST(Cells, TypesWithoutDataTakeTheRowOfAnother)
{
  const Environment somewhere{0.4, 1, 6.6, 450};
  for (const char *type : {"AF cells", "endplate cells", "chondrocytes"})
    EXPECT_EQ(hazard(type, somewhere), hazard("NP cells", somewhere)) << type;
  for (const char *type : {"PLMSC", "iMSC"})
    EXPECT_EQ(hazard(type, somewhere), hazard("UC-MSC", somewhere)) << type;
}

TEST(Cells, ShorthandsAreTheLawOfTheirType)
{
  const Environment somewhere{0.4, 1, 6.6, 450};
  struct Shorthand
  {
    const char *law, *type, *population;
    Texts texts;
  };
  for (const Shorthand &shorthand : {Shorthand{"msc", "BMSC", "MSC", {}},
                                     {"msc", "AMSC", "MSC", {{"Cell type", "AMSC"}}},
                                     {"npmsc", "NPMSC", "NPMSC", {}}})
  {
    SCOPED_TRACE(shorthand.type);
    LawAtPoint law(shorthand.law, {{}, shorthand.texts}), full = cells(shorthand.type);
    for (auto *one : {&law, &full})
      put_into(*one, somewhere);
    law.set(shorthand.population, 2e6);
    full.set(shorthand.type, 2e6);
    EXPECT_EQ(law.loss(shorthand.population), full.loss(shorthand.type));
    EXPECT_EQ(law.loss("glucose"), full.loss("glucose"));
    EXPECT_EQ(law.gain("lactate"), full.gain("lactate"));
    EXPECT_EQ(law.loss("oxygen", "mM"), full.loss("oxygen", "mM"));
  }
}

TEST(Cells, Anchors)
{
  EXPECT_NEAR(survival("BMSC", {25, 0.1, 7.4, 300}, 14) /
                  survival("BMSC", {0.98, 0.1, 7.4, 300}, 14),
              4.5, 0.1);
  EXPECT_NEAR(survival("BMSC", {0.70, 0.1, 7.0, 350}, 3), 0.38, 0.005);
  EXPECT_NEAR(survival("BMSC", {0.58, 0.1, 7.0, 350}, 3), 0.23, 0.005);
  EXPECT_NEAR(survival("NP cells", {0, 0, 7.4, 300}, 3), 0.049, 0.001);
}

TEST(Cells, NucleusCellsTolerateAcidAndSalt)
{
  for (const Environment &environment :
       {Environment{5, 5, 6.5, 350}, Environment{5, 5, 7.2, 500}, Environment{5, 5, 6.5, 500}})
    EXPECT_GT(survival("NPMSC", environment, 3), survival("AMSC", environment, 3));
}

TEST(Cells, AnoxiaIsHarmlessWhileGlucoseIsPlentiful)
{
  for (const std::string &type : stem_cells)
    EXPECT_NEAR(survival(type, {2, 0, 7.4, 300}, 3), survival(type, {2, 20, 7.4, 300}, 3), 0.02);
}

TEST(Cells, StarvationKillsInThreeDays)
{
  for (const std::string &type : stem_cells)
    EXPECT_LT(survival(type, {0, 0.5, 7.4, 300}, 3), 0.15);
}

TEST(Cells, FiveMillimolarGlucoseIsHarmless)
{
  for (const std::string &type : stem_cells)
    EXPECT_NEAR(survival(type, {5.6, 5, 7.4, 300}, 14), survival(type, {25, 5, 7.4, 300}, 14),
                0.005);
}

TEST(Cells, AcidHurtsMostBelow68)
{
  for (const std::string &type : stem_cells)
  {
    const double mild = survival(type, {5, 5, 6.8, 300}, 3);
    EXPECT_GT(mild - survival(type, {5, 5, 6.5, 300}, 3),
              survival(type, {5, 5, 7.4, 300}, 3) - mild);
  }
}

TEST(Cells, StarvationAndAcidAreMoreThanAdditive)
{
  for (const std::string &type : all_types)
  {
    const double neither = hazard(type, {5, 5, 7.4, 300});
    const double hunger  = hazard(type, {0.3, 5, 7.4, 300}) - neither;
    const double acid    = hazard(type, {5, 5, 6.4, 300}) - neither;
    EXPECT_GT(hazard(type, {0.3, 5, 6.4, 300}) - neither, 1.05 * (hunger + acid)) << type;
  }
}

TEST(Cells, RankAtLowGlucose)
{
  for (double glucose = 0.25; glucose <= 1; glucose += 0.05)
  {
    const Environment low{glucose, 1, 7.2, 350};
    EXPECT_GE(survival("NP cells", low, 3), survival("NPMSC", low, 3));
    EXPECT_GT(survival("NPMSC", low, 3), survival("AMSC", low, 3));
    EXPECT_GE(survival("AMSC", low, 3), survival("BMSC", low, 3));
  }
}

TEST(Cells, ProtectionSparesTheBaseline)
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

TEST(Cells, NothingLivesAgain)
{
  for (const std::string &type : all_types)
  {
    LawAtPoint law = cells(type);
    put_into(law, mild);
    law.set(type, 1e6);
    EXPECT_EQ(law.gain(type), 0) << type;
    EXPECT_GT(law.loss(type), 0) << type;
    EXPECT_EQ(law.set(type, 0).loss(type), 0) << type;
  }
}

TEST(Cells, AcidHalvesNucleusCellsInAWeek)
{
  const double acid = hazard("NP cells", {5, 5, 6.2, 200}) - hazard("NP cells", {5, 5, 9, 200});
  EXPECT_TRUE(printed(std::exp(-7 * acid), "0.500"));
}

TEST(Cells, StarvationSignalActsOnTheGlucosePartOnly)
{
  const Environment hungry{0.3, 1, 6.5, 450};
  LawAtPoint law = cells("NPMSC");
  put_into(law, hungry);
  law.set("NPMSC", 1).set("starvation", 0);
  EXPECT_NEAR(law.loss("NPMSC"), hazard("NPMSC", {1e3, 1, 6.5, 450}), 1e-9);
}

TEST(Cells, SerumReplacesPartOfTheGlucose)
{
  const double full = hazard("NP cells", {0, 0, 9, 200}) - 0.002;
  EXPECT_NEAR(hazard("NP cells", {0, 0, 9, 200}, {{"Serum", 1}}) - 0.002, 0.4 * full, 1e-5);
}

TEST(Cells, LoadKillsAsMuchAsTheFileSays)
{
  EXPECT_NEAR(hazard("NPMSC", mild, {{"Mechanical hazard", 0.1}}) - hazard("NPMSC", mild), 0.1,
              1e-14);
}

TEST(Cells, CellsOfADegenerateDonorAreWorse)
{
  EXPECT_NEAR(hazard("NPMSC", perfect, {{"Donor quality", 0.5}}) - hazard("NPMSC", perfect), 0.005,
              1e-14);
  LawAtPoint law = cells("NPMSC", {{"Donor quality", 0.75}, {"Cytokine release", 4e-3}},
                         {{"Cytokine species", "IL-1"}});
  put_into(law, mild);
  EXPECT_NEAR(law.set("NPMSC", 1e6).gain("IL-1"), 1, 1e-12) << "1e-3 pg/d each: ng/mL per day";
}

TEST(Cells, InflammationKills)
{
  LawAtPoint law = cells("BMSC");
  put_into(law, mild);
  const double alone = law.set("BMSC", 1).loss("BMSC");
  law.set("inflammation", 0.5);
  EXPECT_NEAR(law.loss("BMSC") - alone, 0.05, 1e-14);
  law.set("NF-kB gain", 0.6).set("inflammatory death", 0.5);
  EXPECT_NEAR(law.loss("BMSC") - alone, 0.015, 1e-14);
  law.set("inflammation", 0).set("apoptosis", 0);
  EXPECT_NEAR(law.loss("BMSC"), 0.005, 1e-14) << "the apoptosis signal spares no other hazard";
}

TEST(Cells, OxidantsKill)
{
  LawAtPoint law = cells("NPMSC");
  put_into(law, perfect);
  const double alone         = law.set("NPMSC", 1).loss("NPMSC");
  const char *after_3_days[] = {"0.89", "0.49", "0.16"};
  int k                      = 0;
  for (const double micromolar : {75., 150., 300.})
  {
    const double cubed = std::pow(micromolar / 200, 3);
    law.set("oxidative stress", cubed / (1 + cubed));
    EXPECT_TRUE(printed(std::exp(-3 * (law.loss("NPMSC") - alone)), after_3_days[k++]));
  }
  law.set("oxidative death", 0);
  EXPECT_NEAR(law.loss("NPMSC"), alone, 1e-14);
}

TEST(Cells, ImmuneCellsComeWithADose)
{
  LawAtPoint law = cells("AMSC", {{"Immune hazard", 0.2}}, {{"Immune hazard from dose", "dose 2"}});
  put_into(law, mild);
  law.set("AMSC", 1);
  EXPECT_NEAR(law.set("since:dose 2", -1).loss("AMSC"), hazard("AMSC", mild), 1e-12);
  EXPECT_NEAR(law.set("since:dose 2", 1).loss("AMSC"), hazard("AMSC", mild) + 0.2, 1e-12);
}

TEST(Cells, MuseCellsOutliveOtherStemCells)
{
  EXPECT_TRUE(printed(-std::log(0.30) / 56, "0.0215"));
  EXPECT_LT(hazard("Muse", {3, 5, 7.1, 400}), 0.0215) << "30 % persist for 8 weeks";
  for (const char *type : {"BMSC", "AMSC", "UC-MSC", "PLMSC", "iMSC"})
    for (const double glucose : {0., 0.5, 1., 5.})
      for (const double pH : {6.5, 6.8, 7.4})
        for (const double osmolarity : {300., 400., 500.})
        {
          const Environment somewhere{glucose, 1, pH, osmolarity};
          EXPECT_LT(hazard("Muse", somewhere), hazard(type, somewhere)) << type;
        }
}

TEST(Cells, Metabolism)
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

TEST(Cells, ExpandingCellsEatMoreThanNativeOnes)
{
  LawAtPoint expanding("msc", {{{"Glucose uptake", 383}, {"Oxygen uptake", 98}}, {}});
  put_into(expanding, {1000, 1000, 7, 350});
  expanding.set("MSC", 1e9);
  EXPECT_NEAR(expanding.loss("glucose") / 24 / 55, 7, 0.1);
  EXPECT_NEAR(expanding.loss("oxygen") / 24 / 5.1, 19, 0.3);
}

TEST(Cells, ResidentsEatAsBibbySays)
{
  struct Row
  {
    double oxygen_pressure;
    const char *oxygen, *lactate, *glucose;
  };
  for (const Row &row : {Row{5, "5.1", "109", "55"}, Row{1, "1.4", "66", "33"}})
  {
    LawAtPoint law = cells("NP cells", {{"Glucose limiter constant", 0}});
    put_into(law, {4, row.oxygen_pressure, 7, 350});
    law.set("NP cells", 1e9);
    EXPECT_TRUE(printed(law.loss("oxygen", "mM") / 24, row.oxygen));
    EXPECT_TRUE(printed(law.gain("lactate") / 24, row.lactate));
    EXPECT_TRUE(printed(law.loss("glucose") / 24, row.glucose));
  }
}

TEST(Cells, MetabolismIsThatOfBibbyMetabolism)
{
  LawAtPoint law = cells("AF cells", {{"Metabolic activity", 1.5}}), reference("bibby-metabolism");
  for (LawAtPoint *one : {&law, &reference})
    one->set("glucose", 1.3).set("oxygen", "kPa", 2).set("pH", 6.9);
  law.set("osmolarity", 400).set("AF cells", 2e6);
  reference.set("NP cells", 3e6);
  EXPECT_NEAR(law.loss("oxygen", "mM"), 24 * reference.loss("oxygen", "mM"), 1e-12);
  EXPECT_NEAR(law.gain("lactate"), 24 * reference.gain("lactate"), 1e-12);
  EXPECT_NEAR(law.loss("glucose"), 24 * reference.loss("glucose"), 1e-12);
}

TEST(Cells, UptakeVanishesWithItsSubstrate)
{
  for (const std::string &type : all_types)
  {
    LawAtPoint law = cells(type);
    put_into(law, {0, 0, 7, 350});
    law.set(type, 1e7);
    EXPECT_EQ(law.loss("glucose"), 0) << type;
    EXPECT_EQ(law.gain("lactate"), 0) << type;
    EXPECT_EQ(law.loss("oxygen", "mM"), 0) << type;
    put_into(law, mild);
    EXPECT_GT(law.loss("glucose"), 0) << type;
    EXPECT_LE(law.gain("lactate"), 2 * law.loss("glucose") * (1 + 1e-14)) << type;
  }
}

TEST(Cells, StemCellsEatMoreThanNucleusCells)
{
  const auto glucose = [](const std::string &type)
  {
    LawAtPoint law = cells(type);
    put_into(law, mild);
    return law.set(type, 1e6).loss("glucose");
  };
  for (const std::string &type : stem_cells)
    EXPECT_GT(glucose(type), glucose("NP cells"));
}

TEST(Cells, MetabolismCanBeLeftToAnotherLaw)
{
  LawAtPoint law = cells("NP cells", {}, {{"Metabolism", "none"}});
  for (const auto &read : law.law->reads)
    EXPECT_TRUE(!read.changes || read.name == "NP cells") << read.name;
  put_into(law, mild);
  EXPECT_EQ(law.set("NP cells", 1).loss("NP cells"), hazard("NP cells", mild));
}

namespace
{
  /** Growth rate per day in culture, sparse. */
  double growth(const std::string &type, const Environment &environment)
  {
    LawAtPoint law = cells(type, {{"Doubling time factor", 1}}, {{"Proliferation", "yes"}});
    put_into(law, environment);
    law.input(type) = 1;
    return law.gain(type);
  }
} // namespace

TEST(Cells, Growth)
{
  const Environment culture{5.5, 5, 7.4, 300}, harsh{5.5, 5, 6.5, 500};
  EXPECT_TRUE(printed(24 * std::log(2.) / growth("UC-MSC", culture), "20.1"));
  // The factors of pH and osmolarity alone, held against where both are 1.
  EXPECT_TRUE(printed(growth("UC-MSC", harsh) / growth("UC-MSC", {5.5, 5, 9, -1000}), "0.004"));
  EXPECT_TRUE(printed(growth("UC-MSC", culture) / growth("UC-MSC", {5.5, 20, 7.4, 300}), "1.291"));
  EXPECT_GT(growth("UC-MSC", culture), growth("AMSC", culture));
  EXPECT_GT(growth("AMSC", culture), growth("BMSC", culture));
}

TEST(Cells, SaltAndAcidStopGrowthBeforeTheyKill)
{
  const Environment culture{5.5, 5, 7.4, 300};
  for (const Environment &harsher : {Environment{5.5, 5, 6.8, 300}, {5.5, 5, 7.4, 430}})
    for (const char *type : {"UC-MSC", "AMSC", "BMSC"})
    {
      EXPECT_LT(growth(type, harsher), 0.51 * growth(type, culture));
      EXPECT_LT(hazard(type, harsher) - hazard(type, culture),
                0.2 * (hazard(type, {5.5, 5, 6.2, 600}) - hazard(type, culture)));
    }
}

TEST(Cells, GrowthEndsWhenTheTissueIsFull)
{
  LawAtPoint law =
      cells("BMSC", {}, {{"Proliferation", "yes"}, {"Crowding populations", "NP cells"}});
  put_into(law, mild);
  law.set("BMSC", 1e5);
  const double alone = law.gain("BMSC");
  EXPECT_NEAR(law.set("NP cells", 5e6).gain("BMSC"), 0.5 * alone, 1e-6 * alone);
  EXPECT_LT(law.set("NP cells", 1.1e7).gain("BMSC"), 1e-6 * alone);
  EXPECT_GE(law.set("NP cells", 1e9).gain("BMSC"), 0);
}

TEST(Cells, GrowthFadesWithPassage)
{
  const auto growth_of = [](const Numbers &numbers)
  {
    LawAtPoint law = cells("AMSC", numbers, {{"Proliferation", "yes"}});
    put_into(law, mild);
    return law.set("AMSC", 1).gain("AMSC");
  };
  EXPECT_EQ(growth_of({{"Passage", 4}}), growth_of({}));
  EXPECT_NEAR(growth_of({{"Passage", 4}, {"Growth loss per passage", 0.1}}),
              std::pow(0.9, 3) * growth_of({}), 1e-14);
}

TEST(Cells, NoGrowthWithoutAKnownDoublingTime)
{
  for (const char *type : {"NPMSC", "Muse", "NP cells"})
    try
    {
      cells(type, {}, {{"Proliferation", "yes"}});
      FAIL() << type;
    }
    catch (const lacuna::UserError &error)
    {
      EXPECT_NE(std::string(error.what()).find("knows no doubling time of"), std::string::npos);
    }
  EXPECT_NO_THROW(cells("NPMSC", {{"Doubling time", 60}}, {{"Proliferation", "yes"}}));
}

namespace
{
  /** Part of the cells that has changed after 21 days, if none dies. */
  double changed(const std::string &type, double TGF, double oxygen_pressure, double osmolarity,
                 const Numbers &numbers = {})
  {
    LawAtPoint law = cells(type, numbers,
                           {{"Differentiates into", "NP-like cells"}, {"TGF species", "TGF-beta"}});
    put_into(law, {5, oxygen_pressure, 7.2, osmolarity});
    law.set(type, 1).set("TGF-beta", TGF);
    return 1 - std::exp(-21 * law.gain("NP-like cells"));
  }
} // namespace

TEST(Cells, Differentiation)
{
  EXPECT_TRUE(printed(changed("BMSC", 10, 5, 400), "0.73"));
  EXPECT_TRUE(printed(changed("BMSC", 10, 5, 500), "0.28"));
  EXPECT_TRUE(printed(changed("BMSC", 0, 5, 400), "0.15"));
  EXPECT_TRUE(printed(changed("BMSC", 10, 20, 300), "0.05"));
  EXPECT_GE(changed("NPMSC", 10, 5, 400), changed("BMSC", 10, 5, 400));
  EXPECT_LT(changed("Muse", 10, 5, 400), changed("BMSC", 10, 5, 400)) << "slow";
  EXPECT_GT(changed("PLMSC", 10, 5, 400, {{"Differentiation factor", 2}}),
            changed("PLMSC", 10, 5, 400));
}

TEST(Cells, DifferentiationIsBestNear400MosmAndLittleOxygen)
{
  double best = 0, best_osmolarity = 0;
  for (double osmolarity = 300; osmolarity <= 500; osmolarity += 10)
    if (const double part = changed("BMSC", 10, 3, osmolarity); part > best)
    {
      best            = part;
      best_osmolarity = osmolarity;
    }
  EXPECT_NEAR(best_osmolarity, 400, 10);
  for (const double oxygen_pressure : {2., 5.})
    EXPECT_GT(changed("BMSC", 10, oxygen_pressure, 400), 2 * changed("BMSC", 10, 20, 400));
}

TEST(Cells, DifferentiationKeepsTheNumberOfCells)
{
  LawAtPoint law = cells("UC-MSC", {}, {{"Differentiates into", "NP-like cells"}});
  put_into(law, mild);
  law.set("UC-MSC", 3e6);
  EXPECT_NEAR(law.loss("UC-MSC") - law.gain("NP-like cells"), 3e6 * hazard("UC-MSC", mild), 1e-4);
  law.set("differentiation", 0);
  EXPECT_EQ(law.gain("NP-like cells"), 0);
  EXPECT_THROW(cells("UC-MSC", {}, {{"Differentiates into", "UC-MSC"}}), lacuna::UserError);
}

TEST(Cells, TheDeadAreCountedAndAlarm)
{
  LawAtPoint law = cells("BMSC", {}, {{"Dead cells", "dead cells"}, {"Alarm species", "DAMP"}});
  put_into(law, {0.5, 1, 6.5, 350});
  law.set("BMSC", 1e6).set("inflammation", 0.3);
  const double deaths = law.loss("BMSC");
  EXPECT_EQ(law.gain("dead cells"), deaths);
  EXPECT_NEAR(law.gain("DAMP"), 0.3 * deaths / 4e5, 1e-12);
  EXPECT_NEAR(law.set("dead cells", 1000).loss("dead cells"), 100, 1e-9) << "0.1 per day";
  ASSERT_EQ(law.law->owns.size(), 1u);
  EXPECT_FALSE(law.law->owns[0].mobile);
}

TEST(Cells, FrozenCellsMigrateLess)
{
  LawAtPoint law = cells("UC-MSC", {{"Migration after freezing", 0.6}});
  EXPECT_EQ(law.signal("chemotaxis", "UC-MSC"), 0.6);
  EXPECT_TRUE(cells("UC-MSC").law->provides.empty());
}

TEST(Cells, ExactDerivatives)
{
  for (const std::string &type : all_types)
  {
    LawAtPoint law = cells(type);
    law.set(type, 3e6).set("apoptosis", 0.8).set("starvation", 0.9);
    for (const Environment &environment :
         {Environment{0.4, 1, 6.5, 480}, Environment{4, 5, 7.1, 400},
          Environment{-0.1, -0.1, 7, 400}})
    {
      put_into(law, environment);
      law.expect_exact_derivatives();
    }
  }
}

TEST(Cells, ExactDerivativesWithEverythingOn)
{
  LawAtPoint law = cells("UC-MSC",
                         {{"Glucose steepness", 3.3},
                          {"Mechanical hazard", 0.05},
                          {"Donor quality", 0.7},
                          {"Immune hazard", 0.1}},
                         {{"Proliferation", "yes"},
                          {"Crowding populations", "NP cells, UC-MSC"},
                          {"Differentiates into", "NP-like cells"},
                          {"TGF species", "TGF-beta"},
                          {"Dead cells", "dead cells"},
                          {"Alarm species", "DAMP"},
                          {"Cytokine species", "IL-1"}});
  law.set("UC-MSC", 3e6).set("NP cells", 4e6).set("TGF-beta", 2).set("apoptosis", 0.8);
  law.set("starvation", 0.9).set("inflammation", 0.4).set("NF-kB gain", 0.7);
  law.set("inflammatory death", 0.9).set("oxidative stress", 0.2).set("oxidative death", 0.6);
  law.set("proliferation", 1.2).set("differentiation", 0.9);
  for (const Environment &environment :
       {Environment{0.4, 1, 6.5, 480}, Environment{4, 5, 7.1, 400}})
  {
    put_into(law, environment);
    law.expect_exact_derivatives();
  }
}

TEST(Cells, RangesOfTheData)
{
  for (const std::string &type : {std::string("NP cells"), std::string("BMSC")})
  {
    const LawAtPoint law = cells(type);
    ASSERT_EQ(law.law->ranges.size(), 2u);
    EXPECT_EQ(law.law->ranges[0].minimum, type == "BMSC" ? 6.5 : 6.2);
    EXPECT_EQ(law.law->ranges[0].maximum, 7.4);
    EXPECT_EQ(law.law->ranges[1].minimum, 280);
    EXPECT_EQ(law.law->ranges[1].maximum, 600);
  }
}

TEST(Cells, AGivenConstantOverridesThatOfTheCellType)
{
  LawAtPoint law("msc", {{{"Baseline hazard", 0.1}}, {{"Cell type", "AMSC"}}});
  put_into(law, {100, 20, 9, 200});
  EXPECT_NEAR(law.set("MSC", 1).loss("MSC"), 0.1, 1e-4);
}

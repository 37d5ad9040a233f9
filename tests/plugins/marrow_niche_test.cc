// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "config/user_error.h"
#include "law_course.h"

#include <map>

using lacuna::LawAtPoint;
using lacuna::LawCourse;
using lacuna::LawValues;
using lacuna::printed;

namespace
{
  using Numbers           = std::map<std::string, double>;
  constexpr double year   = 365.242198781; // d
  const char *const rest  = "quiescent HSC";
  const char *const cycle = "cycling HSC";

  LawValues values_of(const Numbers &numbers, const std::map<std::string, std::string> &texts = {})
  {
    LawValues values;
    for (const auto &[name, value] : numbers)
      values.numbers[name] = value;
    for (const auto &[name, value] : texts)
      values.texts[name] = value;
    return values;
  }

  /** Share of cells in G0 where as many leave as come back. */
  double in_g0(double tgf, const std::string &organism = "human")
  {
    LawAtPoint law("marrow-niche", values_of({{"TGF-beta", tgf}}, {{"Organism", organism}}));
    law.set(rest, 1).set(cycle, 0);
    const double leave = law.loss(rest);
    law.set(rest, 0).set(cycle, 1);
    const double back = law.gain(rest);
    return back / (back + leave);
  }

  /** Where gain and loss of the damage balance, for this share of cells in G0. */
  double damage(const Numbers &numbers, double g0)
  {
    LawAtPoint law("marrow-niche", values_of(numbers));
    law.set("HSC DNA damage", 1).set(rest, g0).set(rest, "1/mm^3", g0 / 1e3).set(cycle, 1 - g0);
    return law.gain("HSC DNA damage") / law.loss("HSC DNA damage");
  }

  struct Blood
  {
    double share, largest;
  };

  LawAtPoint person(Numbers numbers, double seed, const std::string &known = "")
  {
    numbers["Seed"] = seed;
    return LawAtPoint("marrow-niche",
                      values_of(numbers, {{"Clones", "yes"}, {"Known clones", known}}));
  }

  Blood at_age(LawAtPoint &law, double age)
  {
    law.set("time", age * year);
    return {law.gain("clonal share"), law.gain("largest clone")};
  }

  /** Mean over many people. */
  std::vector<Blood> mean(const std::vector<double> &ages, const Numbers &numbers = {})
  {
    constexpr int people = 400;
    std::vector<Blood> result(ages.size(), Blood{0, 0});
    for (int seed = 1; seed <= people; ++seed)
    {
      LawAtPoint law = person(numbers, seed);
      for (std::size_t i = 0; i < ages.size(); ++i)
      {
        const Blood blood = at_age(law, ages[i]);
        result[i].share += blood.share / people;
        result[i].largest += blood.largest / people;
      }
    }
    return result;
  }
} // namespace

TEST(MarrowNiche, ShareInG0)
{
  EXPECT_TRUE(printed(in_g0(1), "0.78"));
  EXPECT_TRUE(printed(in_g0(0.5), "0.64"));
  EXPECT_TRUE(printed(in_g0(0.25), "0.47"));
  EXPECT_TRUE(printed(in_g0(1, "mouse"), "0.92"));
  EXPECT_TRUE(printed(in_g0(0.5, "mouse"), "0.85"));
  EXPECT_TRUE(printed(in_g0(0.25, "mouse"), "0.74"));
}

TEST(MarrowNiche, TgfAsAField)
{
  LawAtPoint law("marrow-niche", values_of({}, {{"TGF-beta field", "TGF"}}));
  law.set(cycle, 1).set("TGF", 0.5);
  EXPECT_NEAR(law.gain(rest), 0.5 * 3.5 / year, 1e-9);
}

TEST(MarrowNiche, DamageFollowsCycling)
{
  EXPECT_NEAR(damage({}, in_g0(1)), 1, 1e-6) << "young";
  const double old = damage({}, in_g0(0.25));
  EXPECT_GT(old, 2);
  EXPECT_LT(old, 3) << "as gamma-H2AX in old cells";
  EXPECT_GT(damage({{"Ageing", 1}, {"Repair loss", 0.3}}, 0.47), old);
}

TEST(MarrowNiche, SenolyticTreatment)
{
  EXPECT_LE(damage({{"Senolytic treatment", 1}}, 0.47) / damage({}, 0.47), 0.7 + 1e-12);
  const auto offspring = [](double treatment)
  {
    LawAtPoint law("marrow-niche",
                   values_of({{"Senolytic treatment", treatment}}, {{"Myeloid cells", "myeloid"}}));
    return law.set(cycle, 1).gain("myeloid");
  };
  EXPECT_DOUBLE_EQ(offspring(1), 2 * offspring(0));
}

TEST(MarrowNiche, SelfRenewal)
{
  LawAtPoint law("marrow-niche",
                 values_of({{"Half-inhibiting lactate", 5}, {"Half-inhibiting adipocytes", 1e6}},
                           {{"Adipocytes", "adipocytes"}}));
  law.set(cycle, 1);
  const auto growth = [&](double lactate, double adipocytes)
  {
    law.set("lactate", lactate).set("adipocytes", adipocytes);
    return law.rate(cycle) + law.gain(rest); // without the return to G0
  };
  EXPECT_NEAR(growth(0, 0), 0, 1e-15) << "their number stays";
  EXPECT_NEAR(growth(5, 0), -0.5 / year, 1e-9);
  EXPECT_LT(growth(5, 1e6), growth(5, 0));
  EXPECT_LT(growth(0, 1e6), growth(0, 1e5));
  EXPECT_THROW(LawAtPoint("marrow-niche", values_of({}, {{"Adipocytes", "adipocytes"}})),
               lacuna::UserError);
}

TEST(MarrowNiche, Branching)
{
  const std::map<std::string, std::string> lineages = {
      {"Myeloid cells", "myeloid"}, {"Lymphoid cells", "lymphoid"}, {"SASP", "SASP"}};
  LawAtPoint young("marrow-niche", values_of({}, lineages)),
      old("marrow-niche", values_of({{"Ageing", 1},
                                     {"IL-33", 1},
                                     {"Myeloid bias of ageing", 0.2},
                                     {"Myeloid bias of IL-33", 0.1},
                                     {"Myeloid bias of SASP", 0.2}},
                                    lineages));
  for (LawAtPoint *law : {&young, &old})
    law->set(cycle, 1).set("SASP", 1);
  EXPECT_DOUBLE_EQ(young.gain("myeloid"), young.gain("lymphoid"));
  EXPECT_NEAR(old.gain("myeloid") / (old.gain("myeloid") + old.gain("lymphoid")), 0.9, 1e-12);
  EXPECT_NEAR(young.gain("myeloid") + young.gain("lymphoid"), 1 / year, 1e-9) << "one per division";
  EXPECT_THROW(LawAtPoint("marrow-niche", values_of({{"Myeloid bias of SASP", 0.6}}, lineages)),
               lacuna::UserError);
}

TEST(MarrowNiche, Deaths)
{
  LawAtPoint law("marrow-niche", values_of({{"Death by damage", 0.01},
                                            {"Death by inflammation", 0.1},
                                            {"mTOR", 2},
                                            {"Senescence by damage", 1}}));
  law.set(rest, 1).set("HSC DNA damage", 2).set("inflammation", 0.5);
  EXPECT_NEAR(law.loss(rest), 1 / year + 0.04 + 0.05, 1e-9);
  law.set("NF-kB gain", 0);
  EXPECT_NEAR(law.loss(rest), 1 / year + 0.04, 1e-9);
  EXPECT_DOUBLE_EQ(law.signal("senescence", cycle), 2);
}

TEST(MarrowNiche, Homing)
{
  const auto retained = [](double ageing, const char *species)
  {
    LawAtPoint law("marrow-niche", values_of({{"Ageing of injected cells", ageing}}));
    lacuna_dose dose{};
    dose.size              = sizeof(dose);
    dose.name              = "graft";
    dose.species           = species;
    dose.retained_fraction = 0.8;
    law.law->deliver(dose);
    return dose.retained_fraction / 0.8;
  };
  EXPECT_DOUBLE_EQ(retained(0, rest), 1);
  EXPECT_DOUBLE_EQ(retained(1, rest), 0.25);
  EXPECT_DOUBLE_EQ(retained(1, "MSC"), 1) << "others home as they did";
}

TEST(MarrowNiche, TowardsBone)
{
  const auto enrichment = [](double ageing)
  {
    LawAtPoint law("marrow-niche", values_of({{"Ageing", ageing}}, {{"Endosteal field", "SDF-1"}}));
    EXPECT_DOUBLE_EQ(law.motility(), 0.016);
    law.set("SDF-1", 10);
    const double near_bone = law.attraction();
    law.set("SDF-1", 0);
    return std::exp(near_bone - law.attraction());
  };
  EXPECT_TRUE(printed(enrichment(0), "2.5"));
  EXPECT_TRUE(printed(enrichment(1), "1.6"));
  LawAtPoint old("marrow-niche", values_of({{"Ageing", 1}}, {{"Endosteal field", "SDF-1"},
                                                             {"Vascular field", "vessels"}}));
  old.set("SDF-1", 0).set("vessels", 1);
  EXPECT_DOUBLE_EQ(old.attraction(), 0.5);
  old.set("SDF-1", 2).set(rest, 100).set(rest, "1/mm^3", 0.1).set(cycle, 30);
  old.expect_exact_derivatives();
}

TEST(Clones, OneCloneReachesOnePercent)
{
  const auto age = [](const std::string &known)
  {
    LawAtPoint law = person({{"Clone arrivals", 0}}, 1, known);
    double low = 0, high = 150;
    while (high - low > 1e-3)
    {
      const double middle                               = 0.5 * (low + high);
      (at_age(law, middle).largest < 0.01 ? low : high) = middle;
    }
    return high;
  };
  EXPECT_TRUE(printed(age("0.08 from 0"), "86"));
  EXPECT_TRUE(printed(age("0.15 from 0"), "46"));
  EXPECT_NEAR(age("0.15 from 20"), 20 + age("0.15 from 0"), 0.01);
}

TEST(Clones, CompeteAsTheirFitnessSays)
{
  LawAtPoint law =
      person({{"Clone arrivals", 0}, {"Clone threshold", 1e-6}}, 1, "0.30 from 0, 0.35 from 0");
  // df/dt = (s - mean s) f for the largest, from the closed form.
  const double age = 40, h = 1e-3, cells = 1e5;
  const double one = std::exp(0.30 * age) / cells, two = std::exp(0.35 * age) / cells;
  const double mean_fitness = (0.30 * one + 0.35 * two) / (1 + one + two);
  const double f            = at_age(law, age).largest;
  EXPECT_NEAR(f, two / (1 + one + two), 1e-12);
  EXPECT_NEAR((at_age(law, age + h).largest - at_age(law, age - h).largest) / (2 * h),
              (0.35 - mean_fitness) * f, 1e-7);
  EXPECT_NEAR(at_age(law, age).share, (one + two) / (1 + one + two), 1e-6);
}

TEST(Clones, FewClonesRuleOldBlood)
{
  const std::vector<double> ages = {40, 50, 55, 60, 65, 70, 75};
  const std::vector<Blood> blood = mean(ages);
  EXPECT_LT(blood[0].share, 0.02);
  EXPECT_NEAR(blood[1].share, 0.07, 0.015);
  EXPECT_NEAR(blood[4].share, 0.34, 0.035);
  EXPECT_NEAR(blood[5].share, 0.46, 0.035);
  EXPECT_NEAR(blood[6].share, 0.58, 0.035);
  EXPECT_NEAR(blood[6].largest, 0.34, 0.04);
  EXPECT_LT(blood[3].share, 0.25) << "polyclonal below 60 years";
  EXPECT_GT(blood[4].share - blood[3].share, blood[2].share - blood[1].share) << "and then abrupt";
  EXPECT_GT(blood[2].share - blood[1].share, 0.5 * (blood[1].share - blood[0].share));
}

TEST(Clones, EarlierWithFewerCellsOrFitterClones)
{
  const double usual = mean({65})[0].share;
  EXPECT_GT(mean({65}, {{"Stem cells", 2e4}})[0].share, usual);
  EXPECT_GT(mean({65}, {{"Clone fitness", 0.09}})[0].share, usual);
  EXPECT_NEAR(mean({75}, {{"Clone arrivals", 20}, {"Clone fitness", 0.07}})[0].share, 0.59, 0.035);
}

TEST(Clones, AreFoundedEarly)
{
  // Hardly a clone that arises after 40 years is large at 75: without those before, blood is mixed.
  constexpr int people = 100;
  double late = 0, all = 0;
  for (int seed = 1; seed <= people; ++seed)
  {
    LawAtPoint law = person({}, seed), shifted = person({}, seed + 1000);
    all += at_age(law, 75).share / people;
    late += at_age(shifted, 35).share / people; // as many years after the first mutant
  }
  EXPECT_LT(late, 0.02 * all);
}

TEST(Clones, TransplantOfYoungCellsResets)
{
  LawAtPoint alone   = person({}, 5),
             treated = person({{"Transplant age", 70}, {"Transplanted share", 0.9}}, 5);
  EXPECT_DOUBLE_EQ(at_age(treated, 69.9).share, at_age(alone, 69.9).share);
  EXPECT_NEAR(at_age(treated, 70.01).largest, 0.1 * at_age(alone, 70.01).largest, 1e-4);
  EXPECT_LT(at_age(treated, 75).share, 0.3 * at_age(alone, 75).share);
}

TEST(Clones, OneSeedOnePerson)
{
  LawAtPoint one = person({}, 7), same = person({}, 7), other = person({}, 8);
  EXPECT_EQ(at_age(one, 75).share, at_age(same, 75).share);
  EXPECT_NE(at_age(one, 75).share, at_age(other, 75).share);
  EXPECT_THROW(person({}, 1, "0.08 at 0"), lacuna::UserError);
}

TEST(MarrowNiche, ExactDerivatives)
{
  LawAtPoint law("marrow-niche", values_of({{"Half-inhibiting lactate", 5},
                                            {"Half-inhibiting adipocytes", 1e6},
                                            {"Death by damage", 0.01},
                                            {"Death by inflammation", 0.1},
                                            {"Myeloid bias of SASP", 0.3},
                                            {"Senescence by damage", 0.5}},
                                           {{"Adipocytes", "adipocytes"},
                                            {"Myeloid cells", "myeloid"},
                                            {"Lymphoid cells", "lymphoid"},
                                            {"SASP", "SASP"}}));
  law.set(rest, 800)
      .set(rest, "1/mm^3", 0.8)
      .set(cycle, 200)
      .set("HSC DNA damage", 1.3)
      .set("lactate", 3)
      .set("adipocytes", 4e5)
      .set("SASP", 0.7)
      .set("inflammation", 0.4);
  law.expect_exact_derivatives();
}

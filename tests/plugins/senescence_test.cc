// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "config/user_error.h"
#include "law_course.h"

#include <utility>

using lacuna::LawAtPoint;
using lacuna::LawCourse;
using lacuna::LawValues;
using lacuna::printed;

namespace
{
  constexpr double reference = 4e6, released = 133; // 1/mL; drug in units of its EC50
  const double release = std::log(2.) / 7, clearance = std::log(2.) / 14;
  const double in_particles = released * (release + clearance) / release;

  const LawValues with_drug = {{}, {{"Drug", "drug"}, {"Drug depot", "drug depot"}}};

  LawValues with(LawValues values, const std::vector<std::pair<std::string, double>> &numbers)
  {
    for (const auto &[name, value] : numbers)
      values.numbers[name] = value;
    return values;
  }

  /** An aged tissue: 65 % healthy and 18 % senescent cells of the reference density, and SASP. */
  struct Tissue
  {
    explicit Tissue(const LawValues &values = {}, double step = 0.05)
        : law("senescence", values), course(law, species_of(values), step)
    {
      law.set("NP cells", 0.65 * reference)
          .set("senescent cells", 0.18 * reference)
          .set("SASP", 1.8);
    }

    static std::vector<std::string> species_of(const LawValues &values)
    {
      std::vector<std::string> result = {"NP cells", "senescent cells", "SASP"};
      for (const char *name : {"Drug", "Drug depot", "Progenitors", "Secondary senescent cells"})
        if (values.texts.count(name) != 0)
          result.push_back(values.texts.at(name));
      return result;
    }

    Tissue &after(double days)
    {
      course.advance_to(days);
      if (follows_total)
        law.set("NP cells", "1/mm^3", law.input("NP cells", "1/mL") / 1e3);
      return *this;
    }
    Tissue &give(const std::string &drug, double amount)
    {
      law.input(drug) += amount;
      return *this;
    }
    double healthy() { return law.input("NP cells", "1/mL") / reference; }
    double senescent() { return law.input("senescent cells") / reference; }
    double fraction() { return senescent() / (senescent() + healthy()); }

    LawAtPoint law;
    LawCourse course;
    bool follows_total = false;
  };

  /** The free drug in equal weekly doses; senescent fraction after `days`. */
  double free_doses(int n, double days)
  {
    Tissue tissue(with_drug, 0.05);
    for (int i = 0; i < n; ++i)
      tissue.after(7. * i).give("drug", released / n);
    return tissue.after(days).fraction();
  }

  double depot(double days)
  {
    return Tissue(with_drug).give("drug depot", in_particles).after(days).fraction();
  }

  double untreated(double days)
  {
    return Tissue().after(days).fraction();
  }
} // namespace

TEST(Senescence, OwnsWhatIsNamed)
{
  LawAtPoint bare("senescence"), full("senescence", with_drug);
  ASSERT_EQ(bare.law->owns.size(), 1u);
  EXPECT_EQ(bare.law->owns[0].name, "SASP");
  EXPECT_NEAR(bare.law->owns[0].diffusivity, 5e-11, 1e-24);
  ASSERT_EQ(full.law->owns.size(), 3u);
  EXPECT_TRUE(full.law->owns[1].mobile);
  EXPECT_FALSE(full.law->owns[2].mobile) << "particles stay";
  LawValues drifting = with(with_drug, {{"Depot diffusivity", 1}});
  EXPECT_TRUE(LawAtPoint("senescence", drifting).law->owns[2].mobile);
}

TEST(Senescence, SpreadsWithoutTreatment)
{
  EXPECT_TRUE(printed(Tissue().fraction(), "0.217"));
  EXPECT_NEAR(untreated(84), 0.328, 0.002); // 0.3294
}

TEST(Senescence, ParticlesClearAndCellsComeBack)
{
  EXPECT_TRUE(printed(depot(3), "0.056"));
  EXPECT_TRUE(printed(depot(28), "0.009"));
  EXPECT_TRUE(printed(depot(84), "0.058"));
  EXPECT_GT(depot(84), depot(28)) << "rebound";
  EXPECT_LT(depot(84), untreated(84));
}

TEST(Senescence, FreeDrug)
{
  EXPECT_TRUE(printed(free_doses(1, 3), "0.127"));
  EXPECT_NEAR(free_doses(1, 28), 0.164, 0.0015); // 0.1653
  EXPECT_NEAR(free_doses(3, 21), 0.072, 0.0012); // 0.0732
}

TEST(Senescence, FormOfTheSameDrug)
{
  for (const double day : {28., 84.})
  {
    SCOPED_TRACE(day);
    EXPECT_LT(depot(day), free_doses(3, day));
    EXPECT_LT(free_doses(3, day), free_doses(1, day));
    EXPECT_LT(free_doses(1, day), untreated(day));
  }
}

TEST(Senescence, SaturatingDrugForThreeDays)
{
  const auto left = [](double largest_kill)
  {
    LawValues values = with(with_drug, {{"Largest kill rate", largest_kill}});
    values = with(values, {{"Removal rate", 0}, {"Baseline rate", 0}, {"Bystander rate", 0}});
    LawAtPoint law("senescence", values);
    law.set("drug", 1e6).set("senescent cells", 17.9);
    LawCourse(law, {"senescent cells"}, 0.02).advance_to(3);
    return law.input("senescent cells");
  };
  EXPECT_TRUE(printed(left(0.6), "3.0"));
  EXPECT_NEAR(left(0.4), 5.33, 0.08); // 5.39
  EXPECT_NEAR(-std::log(0.3), 1.204, 1e-3) << "the 70 % that an explant lost are k t of 1.21";
}

TEST(Senescence, HealthyCellsThatTheDrugCosts)
{
  // Three days of saturating drug.
  LawAtPoint law("senescence", with_drug);
  law.set("drug", 1e6).set("NP cells", 1).set("senescent cells", 0);
  EXPECT_LT(3 * law.loss("NP cells") - 3 * 5e-4, 0.05);

  // A whole course: the particles' drug acts so long that they kill more, and yet save healthy
  // cells.
  const auto lost = [](const LawValues &values, const char *drug, double amount, double days)
  {
    Tissue tissue(values);
    double killed = 0, before = 0;
    tissue.give(drug, amount);
    for (double day = 0; day < days; day += 0.05)
    {
      tissue.after(day);
      const double effect = std::pow(tissue.law.input("drug"), 2);
      before              = 0.6 * effect / (1 + effect);
      killed += 0.05 * before * values.numbers.at("Off-target share") * tissue.healthy();
    }
    return killed / 0.65;
  };
  const LawValues usual   = with(with_drug, {{"Off-target share", 0.02}}),
                  careful = with(with_drug, {{"Off-target share", 0.0075}});
  EXPECT_LT(lost(usual, "drug", released, 84), 0.05);
  EXPECT_LT(lost(usual, "drug depot", in_particles, 3), 0.05);
  EXPECT_NEAR(lost(usual, "drug depot", in_particles, 84), 0.12, 0.01);
  EXPECT_LT(lost(careful, "drug depot", in_particles, 84), 0.05);

  Tissue treated(usual), alone(usual);
  treated.give("drug depot", in_particles).after(84);
  EXPECT_GT(treated.healthy(), alone.after(84).healthy());
}

TEST(Senescence, NothingToTreat)
{
  const LawValues values = with(with_drug, {{"Baseline rate", 0}});
  Tissue treated(values), alone(values);
  for (Tissue *tissue : {&treated, &alone})
    tissue->law.set("senescent cells", 0).set("SASP", 0);
  treated.give("drug depot", in_particles).after(28);
  alone.after(28);
  EXPECT_EQ(treated.senescent(), 0);
  EXPECT_EQ(treated.law.input("SASP"), 0);
  EXPECT_EQ(alone.healthy(), 0.65);
  EXPECT_LE(treated.healthy(), alone.healthy()) << "without senescent cells there is no benefit";
}

TEST(Senescence, DoseBeforeAnInjury)
{
  LawValues values       = with(with_drug, {{"Damage rate", 0.05}});
  values.texts["Damage"] = "damage";
  const auto on_day_40   = [&](double day_of_dose)
  {
    Tissue tissue(values);
    for (double day = 0; day < 40; day += 1)
    {
      tissue.law.set("damage", day < 7 ? 0 : 1 * std::exp(-(day - 7) / 7)); // injured on day 7
      if (day == day_of_dose)
        tissue.give("drug depot", in_particles);
      tissue.after(day + 1);
    }
    return tissue.fraction();
  };
  EXPECT_LT(on_day_40(0), 0.5 * on_day_40(-1)) << "against none";
  const auto burden = [&](double day_of_dose)
  {
    Tissue tissue(values);
    double sum = 0;
    for (double day = 0; day < 40; day += 1)
    {
      tissue.law.set("damage", day < 7 ? 0 : 1 * std::exp(-(day - 7) / 7));
      if (day == day_of_dose)
        tissue.give("drug depot", in_particles);
      tissue.after(day + 1);
      sum += tissue.law.input("SASP");
    }
    return sum;
  };
  EXPECT_LT(burden(0), burden(21)) << "and the tissue bore less SASP than with a late dose";
}

TEST(Senescence, ProgenitorsFollowSasp)
{
  LawValues values            = with_drug;
  values.texts["Progenitors"] = "progenitors";
  const auto course           = [&](double amount)
  {
    Tissue tissue(values);
    tissue.follows_total = true;
    std::vector<double> progenitors;
    tissue.give("drug depot", amount);
    for (int day = 0; day <= 84; ++day)
    {
      tissue.after(day);
      progenitors.push_back(tissue.law.input("progenitors") / reference);
    }
    return std::make_pair(progenitors, tissue.fraction());
  };
  const auto treated = course(in_particles), alone = course(0);
  EXPECT_EQ(treated.first.front(), 0);
  EXPECT_NEAR(treated.first.back(), 0.025, 0.0005);
  EXPECT_NEAR(treated.second, 0.054, 0.0054);
  EXPECT_LT(alone.first.back(), 0.25 * treated.first.back()) << "not while SASP remains";

  // Waking needs SASP to fall, which takes its lifetime of a day.
  LawAtPoint law("senescence", values);
  law.set("SASP", 1.8);
  const double braked = law.gain("progenitors");
  law.set("SASP", 0);
  EXPECT_NEAR(braked / law.gain("progenitors"), 1 / (1 + 3.6 * 3.6), 1e-12);
  EXPECT_LT(treated.first[1] - treated.first[0], 0.5 * (treated.first[7] - treated.first[6]));
}

TEST(Senescence, SecondaryCellsSecreteLess)
{
  LawValues values                          = {};
  values.texts["Secondary senescent cells"] = "secondary cells";
  Tissue split(values), whole;
  split.after(84);
  whole.after(84);
  EXPECT_LT(split.law.input("SASP"), whole.law.input("SASP")) << "the spread limits itself";
  EXPECT_GT(split.law.input("secondary cells"), 0);

  LawAtPoint law("senescence", values);
  law.set("senescent cells", reference);
  EXPECT_DOUBLE_EQ(law.gain("SASP"), 10);
  law.set("senescent cells", 0).set("secondary cells", reference);
  EXPECT_DOUBLE_EQ(law.gain("SASP"), 3);
}

TEST(Senescence, SaturatingRemovalWithAge)
{
  LawValues values                = with({}, {{"Density of one unit", 1e5}, {"Bystander rate", 0}});
  values.numbers["Baseline rate"] = 0;
  values.numbers["Age at start"]  = 1;
  values.texts["Removal"]         = "saturating";
  LawAtPoint law("senescence", values);
  law.set("NP cells", reference).set("senescent cells", 1.375e5);
  EXPECT_NEAR(law.gain("senescent cells"), 0.15e5, 1e-6);
  EXPECT_NEAR(law.loss("senescent cells"), 0.15e5, 1e-6)
      << "in balance at kappa eta t/(beta - eta t)";
  law.set("time", 366);
  EXPECT_GT(law.gain("senescent cells"), 0.27e5) << "after 1.8 years no load is in balance";
  LawValues bare;
  bare.texts["Removal"] = "saturating";
  EXPECT_THROW(LawAtPoint("senescence", bare), lacuna::UserError);
}

TEST(Senescence, Signals)
{
  LawAtPoint law("senescence");
  law.set("NP cells", 1).set("senescent cells", 1).set("SASP", 0);
  EXPECT_DOUBLE_EQ(law.loss("NP cells"), 5e-4);
  law.set("oxidative senescence", 0.5).set("senescence", 0.2);
  EXPECT_DOUBLE_EQ(law.loss("NP cells"), (5e-4 + 0.005) * 0.2);
  law.set("rejuvenation", 1);
  EXPECT_DOUBLE_EQ(law.gain("NP cells"), 0.05);
  EXPECT_DOUBLE_EQ(law.loss("senescent cells"), 0.055);
}

TEST(Senescence, InflamedJointsAndParticles)
{
  for (const double sign : {-0.5, 0.5})
  {
    LawAtPoint law("senescence", with(with_drug, {{"Inflamed clearance", sign}}));
    law.set("drug depot", 1).set("inflammation", 0);
    EXPECT_NEAR(law.loss("drug depot"), release + clearance, 1e-15);
    law.set("inflammation", 1);
    EXPECT_NEAR(law.loss("drug depot"), release + (1 + sign) * clearance, 1e-15);
  }
}

TEST(Senescence, ReservoirBesideTheTissue)
{
  LawValues values = with({{}, {{"Drug", "drug"}, {"Reservoir face", "surface"}}},
                          {{"Reservoir dose", released}, {"Reservoir permeability", 2}});
  values.texts["Reservoir dose times"] = "1, 8";
  LawAtPoint law("senescence", values);
  const auto outside = [&](double day)
  {
    law.set("time", day);
    return law.gain("drug") / 2;
  };
  EXPECT_EQ(outside(3), 0) << "away from the face";
  law.set("face:surface", 1).set("drug", 1);
  EXPECT_EQ(outside(0.5), 0);
  EXPECT_NEAR(law.loss("drug"), 2 + 6 * std::log(2.), 1e-12);
  // The fluid's balance: what particles release is lost with a half-life of 4 h.
  const double h = 1e-4, day = 3, left = released * std::exp(-(release + clearance) * (day - 1));
  EXPECT_NEAR((outside(day + h) - outside(day - h)) / (2 * h),
              release * left - 6 * std::log(2.) * outside(day), 1e-5);
  EXPECT_GT(outside(9), outside(3)) << "a second dose";

  values.texts["Reservoir form"] = "free";
  LawAtPoint free("senescence", values);
  free.set("face:surface", 1).set("time", 1 + 4. / 24);
  EXPECT_NEAR(free.gain("drug") / 2, released / 2, 1e-9);
  values.numbers.erase("Reservoir dose");
  EXPECT_THROW(LawAtPoint("senescence", values), lacuna::UserError);
  EXPECT_THROW(LawAtPoint("senescence", {{}, {{"Drug depot", "drug depot"}}}), lacuna::UserError);
}

TEST(Senescence, ExactDerivatives)
{
  LawValues values = with(with_drug, {{"Damage rate", 0.1}, {"Inflamed clearance", 0.5}});
  values.texts["Progenitors"]               = "progenitors";
  values.texts["Secondary senescent cells"] = "secondary cells";
  values.texts["Damage"]                    = "damage";
  LawAtPoint law("senescence", values);
  law.set("NP cells", 3e6)
      .set("NP cells", "1/mm^3", 3e3)
      .set("senescent cells", 5e5)
      .set("secondary cells", 2e5)
      .set("progenitors", 4e4)
      .set("SASP", 1.2)
      .set("drug", 0.7)
      .set("drug depot", 5)
      .set("damage", 0.3)
      .set("inflammation", 0.4)
      .set("senescence", 0.8)
      .set("oxidative senescence", 0.3)
      .set("rejuvenation", 0.2);
  law.expect_exact_derivatives();
}

TEST(SaspToxicity, GraftForTwoWeeks)
{
  const auto survival = [](double sasp)
  {
    LawAtPoint law("sasp-toxicity");
    law.set("SASP", sasp).set("MSC", 1);
    law.expect_exact_derivatives();
    LawCourse(law, {"MSC"}, 0.05).advance_to(14);
    return law.input("MSC");
  };
  EXPECT_TRUE(printed(survival(1.8), "0.18"));
  EXPECT_TRUE(printed(survival(0.05), "0.40"));
}

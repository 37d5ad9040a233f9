// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "law_harness.h"

#include <map>
#include <set>

using lacuna::LawAtPoint;
using lacuna::LawValues;
using lacuna::printed;

namespace
{
  LawAtPoint treated(const std::string &treatment, std::map<std::string, double> numbers = {})
  {
    LawAtPoint law("preconditioning", {std::move(numbers), {{"Treatment", treatment}}});
    law.set("MSC", 1e6).set("age", 0);
    return law;
  }

  std::set<std::string> processes(const std::string &treatment)
  {
    std::set<std::string> result;
    const LawAtPoint law = treated(treatment);
    for (const auto &signal : law.law->provides)
      result.insert(signal.process + " of " + signal.target);
    return result;
  }
} // namespace

TEST(Preconditioning, FiveDaysOfAPrimedCell)
{
  LawAtPoint law      = treated("hypoxia");
  const double hazard = 0.16; // per day
  EXPECT_TRUE(printed(std::exp(-5 * hazard), ".45"));
  EXPECT_TRUE(printed(std::exp(-5 * hazard * law.signal("apoptosis", "MSC")), ".67"));
}

TEST(Preconditioning, MemoryFades)
{
  LawAtPoint law = treated("CoCl2");
  EXPECT_DOUBLE_EQ(law.signal("apoptosis", "MSC"), 0.5);
  EXPECT_DOUBLE_EQ(law.signal("chemotaxis", "MSC"), 2.5);
  EXPECT_DOUBLE_EQ(law.signal("proliferation", "MSC"), 1.3);
  law.set("age", 5);
  EXPECT_NEAR(law.signal("apoptosis", "MSC"), 1 - 0.5 * std::exp(-1.), 1e-14);
  double before = 0.5;
  for (const double day : {1., 3., 10., 30., 100.})
  {
    const double now = law.set("age", day).signal("apoptosis", "MSC");
    EXPECT_GT(now, before);
    before = now;
  }
  EXPECT_NEAR(before, 1, 1e-8);
}

// Gene modification does not fade, and nothing acts before the dose.
TEST(Preconditioning, GenesStay)
{
  LawAtPoint law = treated("CXCR4");
  for (const double day : {0., 10., 1000.})
  {
    EXPECT_DOUBLE_EQ(law.set("age", day).signal("chemotaxis", "MSC"), 3);
    EXPECT_DOUBLE_EQ(law.signal("apoptosis", "MSC"), 0.9);
    EXPECT_DOUBLE_EQ(law.signal("proliferation", "MSC"), 1.1);
  }
  for (const char *treatment : {"CXCR4", "hypoxia", "Matrilin-3"})
  {
    LawAtPoint early = treated(treatment);
    early.set("age", -3);
    for (std::size_t k = 0; k < early.law->provides.size(); ++k)
      EXPECT_EQ(early.signal(k), 1) << treatment;
  }
}

// The signal on lack of glucose is a further factor: together with apoptosis half the reduction.
TEST(Preconditioning, PrimingIsNoFood)
{
  for (const char *treatment : {"hypoxia", "H2O2", "rapamycin", "CCR2"})
  {
    LawAtPoint law         = treated(treatment);
    const double reduction = 1 - law.signal("apoptosis", "MSC");
    EXPECT_NEAR(law.signal("apoptosis", "MSC") * law.signal("starvation", "MSC"), 1 - reduction / 2,
                1e-14);
    // Hazards that the environmental one does not hold, each once.
    EXPECT_DOUBLE_EQ(law.signal("inflammatory death", "MSC"), 1 - reduction);
    EXPECT_DOUBLE_EQ(law.signal("oxidative death", "MSC"), 1 - reduction);
  }
  // Without glucose, 0.9 per day: 93 % die in 3 days, primed 87 %.
  LawAtPoint primed = treated("hypoxia");
  const double hazard =
      0.9 * primed.signal("apoptosis", "MSC") * primed.signal("starvation", "MSC");
  EXPECT_NEAR(std::exp(-3 * 0.9), 0.07, 0.005);
  EXPECT_NEAR(std::exp(-3 * hazard), 0.13, 0.005);
}

TEST(Preconditioning, EveryTreatment)
{
  const std::set<std::string> deaths = {"apoptosis of MSC", "starvation of MSC",
                                        "inflammatory death of MSC", "oxidative death of MSC"};
  const auto with                    = [&](std::set<std::string> more)
  {
    more.insert(deaths.begin(), deaths.end());
    return more;
  };
  const std::string chemotaxis = "chemotaxis of MSC", growth = "proliferation of MSC";
  EXPECT_EQ(processes("hypoxia"), with({chemotaxis, growth}));
  EXPECT_EQ(processes("CoCl2"), with({chemotaxis, growth}));
  EXPECT_EQ(processes("H2O2"), with({growth}));
  for (const char *drug : {"IL-1", "rapamycin", "UTMB", "TC14012"})
    EXPECT_EQ(processes(drug), with({chemotaxis})) << drug;
  for (const char *gene : {"CXCR4", "CCR2", "c-Met"})
    EXPECT_EQ(processes(gene), with({chemotaxis, growth})) << gene;
  for (const char *antioxidant : {"melatonin", "vitamin E"})
    EXPECT_EQ(processes(antioxidant), std::set<std::string>{"oxidative death of MSC"});
  EXPECT_EQ(processes("PEG"), std::set<std::string>());
  EXPECT_EQ(processes("none"), std::set<std::string>());
  EXPECT_EQ(processes("Matrilin-3"), std::set<std::string>{"proliferation of NP cells"});
  EXPECT_EQ(processes("HIF-1alpha"), std::set<std::string>()) << "nothing is compressed";

  EXPECT_DOUBLE_EQ(treated("H2O2").signal("apoptosis", "MSC"), 0.6);
  EXPECT_DOUBLE_EQ(treated("melatonin").signal("oxidative death", "MSC"), 0.7);
  EXPECT_DOUBLE_EQ(treated("UTMB").signal("chemotaxis", "MSC"), 2);
  LawAtPoint drug = treated("vitamin E");
  EXPECT_NEAR(drug.set("age", 3).signal(), 1 - 0.3 * std::exp(-1.), 1e-14);
}

TEST(Preconditioning, UnderCompression)
{
  LawAtPoint law("preconditioning",
                 {{}, {{"Treatment", "HIF-1alpha"}, {"Compressed tissue", "yes"}}});
  law.set("age", 100);
  EXPECT_DOUBLE_EQ(law.signal("apoptosis", "MSC"), 0.6);
}

TEST(Preconditioning, ResidentsGrowWhereTheTreatedAre)
{
  LawAtPoint law = treated("Matrilin-3");
  EXPECT_NEAR(law.set("MSC", 1e12).signal(), 1.3, 1e-6);
  EXPECT_NEAR(law.set("MSC", 1e5).signal(), 1.15, 1e-12);
  EXPECT_EQ(law.set("MSC", 0).signal(), 1);
  law.set("MSC", 1e12).set("age", 7);
  EXPECT_NEAR(law.signal(), 1 + 0.3 * std::exp(-1.), 1e-6);
  LawAtPoint everywhere = treated("Matrilin-3", {{"Half density", 0}});
  EXPECT_DOUBLE_EQ(everywhere.set("MSC", 0).signal(), 1.3);
}

TEST(Preconditioning, OwnTreatment)
{
  EXPECT_EQ(processes("own"), std::set<std::string>());
  LawAtPoint law = treated("own", {{"Hazard reduction", 0.2},
                                   {"Cytokine reduction", 0.5},
                                   {"Resident proliferation gain", 0.1},
                                   {"Memory", 2}});
  law.set("age", 2);
  EXPECT_NEAR(law.signal("apoptosis", "MSC"), 1 - 0.2 * std::exp(-1.), 1e-14);
  EXPECT_NEAR(law.signal("cytokine release", "MSC"), 1 - 0.5 * std::exp(-1.), 1e-14);
  // What the file says comes before the table.
  EXPECT_DOUBLE_EQ(treated("hypoxia", {{"Hazard reduction", 0.3}}).signal("apoptosis", "MSC"), 0.7);
}

TEST(Preconditioning, ExactDerivatives)
{
  for (const char *treatment : {"hypoxia", "Matrilin-3", "CCR2"})
  {
    LawAtPoint law = treated(treatment, {{"Resident proliferation gain", 0.2}});
    law.set("age", 2).set("MSC", 2e5);
    law.expect_exact_derivatives();
  }
}

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause

// Parameters that only act together with others: what is refused when one of them is changed alone
// gives answers of its own when all are.

#include "commands/run.h"
#include "effects/effect_case.h"
#include "effects/working_folder.h"
#include "support/case_run.h"
#include "support/test_law.h"

#include <gtest/gtest.h>

namespace lacuna
{
  namespace
  {
    std::string core(const std::string &file)
    {
      return test_file("effects/cases/core/" + file);
    }

    std::vector<std::string> law_with_species()
    {
      return {"Laws/species/Law=" + test_law("transports")};
    }

    /** Runs a case with each of the lists of overrides, and expects no two to be alike. */
    void expect_answers_of_their_own(const std::string &file,
                                     const std::vector<std::vector<std::string>> &variants)
    {
      std::vector<Outcome> outcomes;
      for (const auto &variant : variants)
      {
        std::vector<std::string> overrides = law_with_species();
        overrides.insert(overrides.end(), variant.begin(), variant.end());
        outcomes.push_back(outcome_of(file, overrides));
        ASSERT_TRUE(outcomes.back().answered()) << outcomes.back().sentence;
      }
      for (std::size_t i = 0; i < outcomes.size(); ++i)
        for (std::size_t k = 0; k < i; ++k)
          EXPECT_TRUE(differ(outcomes[i].answers, outcomes[k].answers, false))
              << variants[i].back() << " and " << variants[k].back();
    }
  } // namespace

  TEST(Shapes, GiveAnswersOfTheirOwn)
  {
    std::vector<Outcome> outcomes;
    for (const char *shape :
         {"box", "ball", "cylinder", "tube", "elliptic-cylinder", "disc", "mesh-file"})
      outcomes.push_back(outcome_of(core("shape-" + std::string(shape) + ".prm"), {}));
    for (std::size_t i = 0; i < outcomes.size(); ++i)
      for (std::size_t k = 0; k < i; ++k)
        EXPECT_TRUE(differ(outcomes[i].answers, outcomes[k].answers, false)) << i << " " << k;
  }

  TEST(BoundaryTypes, GiveAnswersOfTheirOwn)
  {
    const std::pair<const char *, const char *> units[] = {
        {"oxygen", "mM"},           {"glucose", "mM"},        {"lactate", "mM"},
        {"tracer", "mM"},           {"free factor", "ng/mL"}, {"pore factor", "ng/mL"},
        {"tissue factor", "ng/mL"}, {"sized factor", "ng/mL"}};
    for (const auto &[species, unit] : units)
    {
      const std::string at    = "Boundary conditions/left/" + std::string(species) + "/";
      const std::string value = at + "Value=3 " + unit;
      const std::string flux  = std::string(unit) == "mM" ? "mol/m^2/s" : "(ng/mL) m/s";
      expect_answers_of_their_own(
          core("fixed.prm"), {{at + "Type=closed"},
                              {value, at + "Type=fixed"},
                              {value, at + "Exchange coefficient=1e-7 m/s", at + "Type=exchange"},
                              {at + "Flux=1e-9 " + flux, at + "Type=flux"}});
    }
  }

  TEST(Acidity, OfNumbersOfOnesOwnIsAnother)
  {
    expect_answers_of_their_own(
        core("fixed.prm"),
        {{"Acidity/Closure=UPF"},
         {"Acidity/Closure=Soukane"},
         {"Acidity/Intercept=7.2", "Acidity/Slope=-0.08 /mM", "Acidity/Closure=given"}});
  }

  TEST(DoseShapes, GiveAnswersOfTheirOwn)
  {
    const std::string dose = "Injections/dose/";
    expect_answers_of_their_own(core("dose.prm"),
                                {{dose + "Shape=ellipsoid"},
                                 {dose + "Shape=ellipsoid", dose + "Edge width=0.2 mm"},
                                 {dose + "Shape=point"},
                                 {dose + "Standard deviation=0.7 mm", dose + "Shape=Gaussian"}});
  }

  TEST(FinishedRuns, BeginWhereTheirFolderSays)
  {
    const WorkingFolder folder;
    for (const char *const end : {"0.02", "0.1"})
    {
      std::vector<std::string> overrides = law_with_species();
      overrides.push_back("Time/End=" + std::string(end) + " d");
      ASSERT_EQ(run({core("fixed.prm"), overrides, end, false, true}, MPI_COMM_WORLD), 0);
    }
    const std::string place = std::filesystem::current_path().string() + "/";
    expect_answers_of_their_own(
        core("exchange.prm"),
        {{"Initial state/Start=values"},
         {"Initial state/Run folder=" + place + "0.02", "Initial state/Start=finished run"},
         {"Initial state/Run folder=" + place + "0.1", "Initial state/Start=finished run"}});
  }

  TEST(Controls, AreTakenFromTheRunThatIsNamed)
  {
    const WorkingFolder folder;
    std::vector<Outcome> outcomes;
    for (const char *const density : {"4e6", "2e6"})
    {
      std::vector<std::string> overrides = law_with_species();
      overrides.push_back("Cells/cells/Density in gel=" + std::string(density) + " /mL");
      overrides.push_back("Injections/Control=only");
      ASSERT_EQ(run({core("dose.prm"), overrides, density, false, true}, MPI_COMM_WORLD), 0);
      overrides.back() = "Injections/Control=finished run";
      overrides.push_back("Injections/Control run=" +
                          (std::filesystem::current_path() / density).string());
      outcomes.push_back(files_of(core("dose.prm"), overrides));
      EXPECT_TRUE(outcomes.back().answered()) << outcomes.back().sentence;
    }
    EXPECT_TRUE(differ(outcomes[0].answers, outcomes[1].answers, false));
  }
} // namespace lacuna

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "config/compare_parameters.h"
#include "study/case_outcome.h"
#include "study/csv_reader.h"
#include "study/plan_record.h"
#include "study/results.h"
#include "study/sample_design.h"
#include "study/schedule.h"
#include "study/selection.h"
#include "support/temporary_folder.h"

#include <gmock/gmock.h>

#include <set>

using namespace lacuna;
using testing::ElementsAre;
using testing::HasSubstr;

namespace
{
  /** A slab with a dose of cells; no law. */
  const char *const slab = R"(
subsection Geometry
  set Shape = box
  subsection Box
    set Layers = nucleus: 4 mm / 8
  end
end
subsection Cells
  subsection NPMSC
  end
end
subsection Boundary conditions
  subsection right
    subsection oxygen
      set Type = fixed
      set Value = 5.1 kPa
    end
    subsection glucose
      set Type = fixed
      set Value = 4 mM
    end
    subsection lactate
      set Type = fixed
      set Value = 0.8 mM
    end
  end
end
subsection Injections
  set Control = yes
  subsection dose 1
    set Species = NPMSC
    set Amount = 1e4
    set Volume = 1 uL
    set Site = 2 mm, 0.5 mm, 0.5 mm
    set Regions = nucleus
  end
end
subsection Time
  set End = 30 d
end
)";

  const char *const volumes = R"(
  subsection volume
    set Parameter = Injections/dose 1/Volume
    set Values    = 1 uL, 0.002 mL, 4 uL
  end
)";

  const char *const amounts = R"(
  subsection cells
    set Parameter = Injections/dose 1/Amount
    set Range     = 1e4, 1e6
    set Steps     = 3
    set Spacing   = logarithmic
  end
)";

  const char *const grades = R"(
  subsection grade
    subsection Levels
      subsection III
        subsection Tissue
          subsection nucleus
            set Porosity = 0.76
          end
        end
      end
      subsection IV
        subsection Tissue
          subsection nucleus
            set Porosity             = 0.72
            set Fixed charge density = 150 mEq/L
          end
        end
      end
    end
  end
)";

  std::string axes(const std::string &content)
  {
    return "set Case = slab.prm\nsubsection Axes\n" + content + "end\n";
  }

  LawDeclaration no_law(const std::string &law, const std::filesystem::path &)
  {
    throw UserError("the law '" + law + "' was not found");
  }

  class Study : public WithTemporaryFolder
  {
  protected:
    Study() { write("slab.prm", slab); }

    StudyFile read(const std::string &content, const std::vector<std::string> &overrides = {}) const
    {
      return read_study(write("study.prm", content), overrides);
    }
    StudyPlan plan(const std::string &content) const
    {
      return plan_study(read(content), {}, no_law);
    }
    std::string message_of(const std::string &content) const
    {
      return complaint([&] { plan(content); });
    }

    /** What a case leaves behind when it is done. */
    void finish(const StudyPlan &plan, unsigned int index, const std::string &history) const
    {
      const PlannedCase &planned = plan.cases.at(index);
      const auto run             = place::case_folder(planned.number);
      write(run / "summary.json", R"({"status": "done"})");
      write(run / "parameters.prm", planned.input);
      write(run / "history.csv", history);
      write_outcome(folder / place::case_outcome(planned.number), planned.name(),
                    {CaseOutcome::Status::done, 0, "", 2.5});
    }
  };

  std::string asking(const std::string &quantity, const std::string &more = "")
  {
    return "subsection Answers\n  subsection asked\n    set Quantity = " + quantity + "\n    " +
           more + "\n  end\nend\n";
  }

  std::vector<std::string> labels(const StudyPlan &plan)
  {
    std::vector<std::string> result;
    for (const PlannedCase &planned : plan.cases)
      result.push_back(planned.label());
    return result;
  }

  std::vector<std::string> column(const StudyResults &results, const std::string &name)
  {
    for (const ResultColumn &column : results.columns)
      if (column.name == name)
        return column.cells;
    return {};
  }

  using StudyAxes         = Study;
  using StudyPlans        = Study;
  using StudyResultsTable = Study;
  using StudySchedule     = Study;
} // namespace

TEST_F(StudyAxes, ValuesOfOneDimensionAreNumbersInTheUnitOfTheFirst)
{
  const StudyFile study = read(axes(volumes));
  ASSERT_EQ(study.axes.size(), 1u);
  EXPECT_EQ(study.axes[0].kind, Axis::Kind::numbers);
  EXPECT_EQ(study.axes[0].unit, "uL");
  EXPECT_NEAR(study.axes[0].levels[1].number, 2, 1e-12);
}

TEST_F(StudyAxes, ARangeInAGridHasEqualRatios)
{
  const StudyFile study = read(axes(amounts));
  EXPECT_THAT(study.axes[0].levels, testing::SizeIs(3));
  EXPECT_EQ(study.axes[0].levels[0].number, 1e4);
  EXPECT_EQ(study.axes[0].levels[1].number, 1e5);
  EXPECT_EQ(study.axes[0].levels[2].number, 1e6);
}

TEST_F(StudyAxes, ValuesThatHoldCommasAreSeparatedBySemicolons)
{
  const StudyFile study = read(axes(R"(
  subsection site
    set Parameter = Injections/dose 1/Site
    set Values    = 1 mm, 0 mm, 0 mm; 2 mm, 0 mm, 0 mm
  end
)"));
  EXPECT_EQ(study.axes[0].kind, Axis::Kind::labels);
  EXPECT_EQ(study.axes[0].levels[1].label, "2 mm, 0 mm, 0 mm");
}

TEST_F(StudyAxes, ALevelSetsSeveralParameters)
{
  const StudyFile study = read(axes(grades));
  ASSERT_EQ(study.axes[0].levels.size(), 2u);
  EXPECT_EQ(study.axes[0].levels[1].label, "IV");
  EXPECT_THAT(
      assignments_of(study.axes[0].levels[1].settings),
      ElementsAre("Tissue/nucleus/Porosity=0.72", "Tissue/nucleus/Fixed charge density=150 mEq/L"));
}

TEST_F(StudyAxes, ATableGivesRowsThatAreTakenTogether)
{
  write("doses.csv", "label,Injections/dose 1/Volume [uL],Injections/dose 1/Amount\n"
                     "small,1,1e4\n\"large, twice\",2,2e4\n");
  const StudyPlan planned = plan(axes("subsection dose\n  set File = doses.csv\nend\n"));
  EXPECT_THAT(labels(planned), ElementsAre("dose = small, Injections/dose 1/Volume = 1 uL, "
                                           "Injections/dose 1/Amount = 1e4",
                                           "dose = large, twice, Injections/dose 1/Volume = 2 uL, "
                                           "Injections/dose 1/Amount = 2e4"));
}

TEST_F(StudyAxes, OverridesNameTheStudyOrItsCases)
{
  const StudyFile study =
      read(axes(volumes), {"Title=Mine", "Axes/volume/Values=1 uL, 2 uL", "Time/End=90 d"});
  EXPECT_EQ(study.title, "Mine");
  EXPECT_EQ(study.axes[0].levels.size(), 2u);
  EXPECT_THAT(assignments_of(study.changes), ElementsAre("Time/End=90 d"));
}

TEST_F(StudyPlans, AGridCombinesAllValuesAndTheFirstAxisVariesSlowest)
{
  const auto all = labels(plan(axes(std::string(volumes) + grades)));
  ASSERT_EQ(all.size(), 6u);
  EXPECT_EQ(all[0], "volume = 1 uL, grade = III");
  EXPECT_EQ(all[1], "volume = 1 uL, grade = IV");
  EXPECT_EQ(all[5], "volume = 4 uL, grade = IV");
}

TEST_F(StudyPlans, AxesThatMoveTogetherAreNotCrossed)
{
  const auto all = labels(plan(axes(std::string(volumes) + R"(
  subsection cells
    set Parameter     = Injections/dose 1/Amount
    set Values        = 1e4, 2e4, 4e4
    set Together with = volume
  end
)")));
  EXPECT_THAT(all, ElementsAre("volume = 1 uL, cells = 1e4", "volume = 0.002 mL, cells = 2e4",
                               "volume = 4 uL, cells = 4e4"));
}

TEST_F(StudyPlans, CasesThatDifferInTheirDoseOnlyShareTheUntreatedTissue)
{
  const StudyPlan planned = plan(axes(std::string(volumes) + grades));
  ASSERT_EQ(planned.untreated.size(), 2u);
  EXPECT_EQ(planned.cases[0].untreated, 1u);
  EXPECT_EQ(planned.cases[1].untreated, 2u);
  EXPECT_EQ(planned.cases[4].untreated, 1u);
  EXPECT_THAT(assignments_of(planned.untreated[0].settings),
              testing::Contains("Injections/Control=only"));
  EXPECT_THAT(planned.cases[0].assignments("/results"),
              testing::IsSupersetOf({"Injections/Control=finished run",
                                     "Injections/Control run=/results/untreated/1"}));
}

TEST_F(StudyPlans, NothingIsSharedIfThatIsNotWanted)
{
  const std::string alone = "subsection Execution\n  set Share untreated tissue = no\nend\n";
  EXPECT_TRUE(plan(axes(volumes) + alone).untreated.empty());
}

TEST_F(StudyPlans, EveryCaseIsCheckedAndMistakesAreToldWithTheirPlaceInTheStudy)
{
  const std::string message = message_of(axes(R"(
  subsection volume
    set Parameter = Injections/dose 1/Volume
    set Values    = 1 uL, 2 mM, 3 mM
  end
  subsection porosity
    set Parameter = Tissue/nucleus/Porosty
    set Values    = 0.7, 0.8
  end
)"));
  EXPECT_THAT(message, HasSubstr("study.prm: 6 of 6 cases cannot be computed; nothing was run."));
  EXPECT_THAT(message, HasSubstr("case 1 (volume = 1 uL, porosity = 0.7): study.prm:10: "
                                 "Tissue/nucleus: there is no parameter 'Porosty'"));
  EXPECT_THAT(message, HasSubstr("study.prm:6: Injections/dose 1/Volume: '2 mM'"));
}

TEST_F(StudyPlans, MistakesInTheStudyFileItself)
{
  EXPECT_THAT(message_of("set Case = slab.prm\n"), HasSubstr("there is no axis"));
  EXPECT_THAT(message_of("set Case = slap.prm\n" + std::string("subsection Axes\nend\n")),
              HasSubstr("there is no file 'slap.prm'; did you mean 'slab.prm'?"));
  EXPECT_THAT(message_of(axes("subsection volume\n  set Parameter = a/b\nend\n")),
              HasSubstr("exactly one of 'Values', 'Range', 'File' and 'subsection Levels'"));
  EXPECT_THAT(message_of(axes("subsection volume\n  set Values = 1 uL\nend\n")),
              HasSubstr("it is not said what is varied"));
  EXPECT_THAT(message_of(axes("subsection v\n  set Parameter = a/b\n  set Range = 1 uL\nend\n")),
              HasSubstr("'1 uL' is no range"));
  EXPECT_THAT(message_of(axes("subsection case\n  set Parameter = a/b\n  set Values = 1\nend\n")),
              HasSubstr("the results have a column of this name already"));
  EXPECT_THAT(message_of(axes(volumes) + "subsection Changes\n  subsection Injections\n    "
                                         "subsection dose 1\n      set Volume = 1 uL\n    end\n  "
                                         "end\nend\n"),
              HasSubstr("'Injections/dose 1/Volume' is already set at study.prm"));
  EXPECT_THAT(message_of(axes(volumes) +
                         "subsection Answers\n  subsection volume\n    set Quantity "
                         "= time\n  end\nend\n"),
              HasSubstr("Answers/volume: the results have a column of this name already"));
  EXPECT_THAT(message_of(axes(volumes) + "subsection Sampling\n  set Method = sobol\nend\n"),
              HasSubstr("there is nothing to sample"));
  EXPECT_THAT(message_of(axes(std::string(volumes) + R"(
  subsection cells
    set Parameter     = Injections/dose 1/Amount
    set Values        = 1e4, 2e4
    set Together with = volum
  end
)")),
              HasSubstr("there is no other axis 'volum'; did you mean 'volume'?"));
}

TEST_F(StudyPlans, AnAnswerNeedsAControlToCompareWithAndATimeWithinTheRun)
{
  const std::string answers = R"(
subsection Answers
  subsection lost
    set Quantity = NPMSC dose 1 viable
    set Time     = 60 d
    set Compare  = difference from untreated
  end
end
subsection Changes
  subsection Injections
    set Control = no
  end
end
)";
  const std::string message = message_of(axes(volumes) + answers);
  EXPECT_THAT(message, HasSubstr("Answers/lost/Time: it lies after the end of the case"));
  EXPECT_THAT(message, HasSubstr("the case has no control"));
}

TEST_F(StudyPlans, AnAnswerIsAColumnThatTheHistoryOfEveryCaseWillHave)
{
  const auto message = [this](const std::string &quantity, const std::string &more = "")
  { return message_of(axes(volumes) + asking(quantity, more)); };
  EXPECT_EQ(message("oxygen min nucleus"), "no error");
  EXPECT_EQ(message("time"), "no error");
  EXPECT_EQ(message("glucose largest relative defect"), "no error");
  EXPECT_EQ(message("glucose min nucleus", "set Compare = ratio to untreated"), "no error");

  const std::string text = message("oxygen min");
  EXPECT_THAT(text, HasSubstr("3 of 3 cases cannot give the answers that are asked; nothing was "
                              "run.\ncase 1 (volume = 1 uL): "));
  EXPECT_THAT(text, HasSubstr("study.prm:11: Answers/asked/Quantity: the history of this case will "
                              "have no column 'oxygen min'; it can be 'oxygen min whole' and "
                              "'oxygen min nucleus'"));
  EXPECT_EQ(text.find("case 2"), std::string::npos);

  EXPECT_THAT(message("NPMCS dose 1 viable"), HasSubstr("; did you mean 'NPMSC dose 1 viable'?"));
  EXPECT_THAT(message("glucose min nucleus [mM]"),
              HasSubstr("; write it without its unit: 'glucose min nucleus'"));
  EXPECT_THAT(message("glucose min annulus"),
              HasSubstr("; there are 'glucose min whole' and 'glucose min nucleus'"));
  EXPECT_THAT(message("survivors"), HasSubstr("; what it can be begins with 'oxygen', "));
  EXPECT_THAT(
      message("NPMSC dose 1 viable", "set Compare = ratio to untreated"),
      HasSubstr("Answers/asked/Compare: the untreated tissue has no 'NPMSC dose 1 viable'"));
}

TEST_F(StudyPlans, AnAnswerThatOnlySomeCasesCanGiveIsToldOfTheFirstThatCannot)
{
  const std::string levels  = axes(R"(
  subsection layers
    set Parameter = Geometry/Box/Layers
    set Values    = nucleus: 4 mm / 8; nucleus: 2 mm / 4, annulus: 2 mm / 4
  end
)");
  const std::string message = message_of(levels + asking("glucose min annulus"));
  EXPECT_THAT(message, HasSubstr("1 of 2 cases cannot give the answers"));
  EXPECT_THAT(message, HasSubstr("case 1 (layers = nucleus: 4 mm / 8): "));
  EXPECT_EQ(message.find("case 2"), std::string::npos);
}

TEST_F(StudyPlans, ASteadyCaseHasNoTimesToAskFor)
{
  std::string steady    = slab;
  const auto injections = steady.find("subsection Injections");
  steady = steady.substr(0, injections) + "subsection Time\n  set Mode = steady\nend\n";
  write("slab.prm", steady);
  const std::string message =
      message_of(axes("subsection glucose\n"
                      "  set Parameter = Boundary conditions/right/glucose/Value\n"
                      "  set Values = 3 mM, 4 mM\nend\n") +
                 asking("glucose min nucleus", "set Time = 1 d"));
  EXPECT_THAT(message, HasSubstr("Answers/asked/Time: the case is a steady state, which has no "
                                 "times; remove it"));
}

TEST_F(StudyPlans, KnownCasesKeepTheirNumbersWhenAnAxisGetsLonger)
{
  const StudyPlan before = plan(axes(volumes));
  write("study.json", plan_text(before, "1"));
  std::string longer = volumes;
  longer.replace(longer.find("1 uL"), 4, "0.5 uL, 1 uL");
  StudyPlan after = plan(axes(longer));
  keep_numbers(after, read_record(folder));
  ASSERT_EQ(after.cases.size(), 4u);
  EXPECT_EQ(after.cases[0].number, 4u); // 0.5 uL is new
  EXPECT_EQ(after.cases[1].number, 1u);
  EXPECT_EQ(after.cases[3].number, 3u);
}

TEST_F(StudyPlans, ThePlanIsReadBackAsItWasWritten)
{
  const StudyPlan planned = plan(axes(std::string(volumes) + grades));
  write("study.json", plan_text(planned, "1"));
  const StudyPlan again = plan_of_record(read(planned.study.text), read_record(folder));
  EXPECT_EQ(labels(again), labels(planned));
  EXPECT_EQ(assignments_of(again.cases[5].settings), assignments_of(planned.cases[5].settings));
  EXPECT_EQ(again.cases[5].untreated, planned.cases[5].untreated);
  EXPECT_EQ(plan_text(again, "1").size(), plan_text(planned, "1").size());
}

TEST_F(StudyPlans, AnotherFolderIsNoStudy)
{
  EXPECT_THAT(complaint([&] { read_record(folder); }), HasSubstr("is not the folder of a study"));
  write("study.json", "{\"schema\": 1}");
  EXPECT_THAT(complaint([&] { read_record(folder); }), HasSubstr("is damaged"));
}

TEST_F(StudyPlans, CasesAreSelectedByNumberAndByValue)
{
  const StudyPlan planned = plan(axes(std::string(volumes) + grades));
  using Numbers           = std::set<unsigned int>;
  EXPECT_EQ(selected_cases(planned, {}).size(), 6u);
  EXPECT_EQ(selected_cases(planned, {"2-3,6"}), (Numbers{2, 3, 6}));
  EXPECT_EQ(selected_cases(planned, {"grade=IV"}), (Numbers{2, 4, 6}));
  EXPECT_EQ(selected_cases(planned, {"volume = 2 uL", "grade=IV"}), (Numbers{4}));
  EXPECT_EQ(selected_cases(planned, {"1-4", "grade=IV"}), (Numbers{2, 4}));
  EXPECT_EQ(compact_list({1, 2, 3, 7, 9, 10}), "1-3,7,9-10");
  EXPECT_THAT(complaint([&] { selected_cases(planned, {"7"}); }),
              HasSubstr("there is no case 7; the cases are 1-6"));
  EXPECT_THAT(complaint([&] { selected_cases(planned, {"grad=IV"}); }),
              HasSubstr("did you mean 'grade'?"));
  EXPECT_THAT(complaint([&] { selected_cases(planned, {"grade=V"}); }),
              HasSubstr("no case has this value"));
  EXPECT_THAT(complaint(
                  [&] {
                    selected_cases(planned, {"1", "grade=IV"});
                  }),
              HasSubstr("no case fits all of --only"));
}

TEST(StudySampling, ALatinHypercubeHasOnePointInEverySlice)
{
  const auto points = sample_unit_cube(SamplingMethod::latin_hypercube, 20, 3, 7);
  for (unsigned int d = 0; d < 3; ++d)
  {
    std::set<int> slices;
    for (const auto &point : points)
      slices.insert(static_cast<int>(20 * point[d]));
    EXPECT_EQ(slices.size(), 20u);
  }
  EXPECT_EQ(points, sample_unit_cube(SamplingMethod::latin_hypercube, 20, 3, 7));
  EXPECT_NE(points, sample_unit_cube(SamplingMethod::latin_hypercube, 20, 3, 8));
}

TEST(StudySampling, ASobolSequenceFillsTheCubeMoreEvenlyThanChance)
{
  // The integral of x y z is 1/8; chance would miss it by about 0.006 with 1024 points.
  double sum = 0;
  for (const auto &point : sample_unit_cube(SamplingMethod::sobol, 1024, 3, 1))
    sum += point[0] * point[1] * point[2] / 1024;
  EXPECT_NEAR(sum, 0.125, 1e-3);
}

TEST(StudySampling, SaltellisDesignExchangesOneColumnAtATime)
{
  const unsigned int n = 8, k = 3;
  const auto points = sample_unit_cube(SamplingMethod::saltelli, n, k, 1);
  ASSERT_EQ(points.size(), n * (k + 2));
  for (unsigned int d = 0; d < k; ++d)
    for (unsigned int row = 0; row < n; ++row)
      for (unsigned int e = 0; e < k; ++e)
        EXPECT_EQ(points[(2 + d) * n + row][e], points[(e == d ? n : 0) + row][e]);
}

TEST_F(StudyResultsTable, OneRowPerCaseWithWhatWasVariedAskedAndObserved)
{
  const StudyPlan planned = plan(axes(volumes) + R"(
subsection Answers
  subsection alive
    set Quantity = NPMSC dose 1 viable
    set Time     = 15 d
  end
  subsection eaten
    set Quantity = glucose consumed
    set Compare  = difference from untreated
  end
end
)");
  finish(planned, 0,
         "time [d],dt [d],NPMSC dose 1 viable [cells],glucose consumed [nmol]\n"
         "0,0,1000,0\n10,10,800,100\n30,20,400,400\n");
  write(place::case_folder(1) / "control/history.csv",
        "time [d],dt [d],glucose consumed [nmol]\n0,0,0\n30,30,100\n");
  write(place::case_folder(1) / "errors.csv",
        "time [d],NPMSC dose 1 viable [cells],glucose consumed [nmol]\n0,0,0\n10,10,1\n30,50,4\n");
  write(place::case_folder(1) / "control/errors.csv",
        "time [d],glucose consumed [nmol]\n0,0\n30,2\n");
  write_outcome(folder / place::case_outcome(2), "case 2",
                {CaseOutcome::Status::failed, 3, "it diverged, \"badly\"", 1});
  const StudyResults results = gather_results(planned, folder);
  EXPECT_THAT(column(results, "case"), ElementsAre("1", "2", "3"));
  EXPECT_THAT(column(results, "status"), ElementsAre("done", "failed", "waiting"));
  EXPECT_THAT(column(results, "volume"), ElementsAre("1", "2", "4"));
  EXPECT_THAT(column(results, "alive"), ElementsAre("700", "nan", "nan"));
  EXPECT_THAT(column(results, "eaten"), ElementsAre("300", "nan", "nan"));
  EXPECT_THAT(column(results, "alive error"), ElementsAre("20", "nan", "nan")); // between 10 and 50
  EXPECT_THAT(column(results, "eaten error"), ElementsAre("6", "nan", "nan"));  // 4 + 2
  EXPECT_THAT(column(results, "untreated glucose consumed"), ElementsAre("100", "nan", "nan"));
  const std::string text = results_text(results);
  EXPECT_THAT(text, HasSubstr("case,folder,status,reason,volume [uL],alive [cells],"
                              "alive error [cells],eaten [nmol],eaten error [nmol],time [d],NPMSC "
                              "dose 1 viable [cells]"));
  EXPECT_THAT(text, HasSubstr("\"it diverged, \"\"badly\"\"\""));
  const auto file = write("results.csv", text);
  EXPECT_EQ(read_csv(file).rows.at(1).at(3), "it diverged, \"badly\"");
}

TEST_F(StudyResultsTable, AnAnswerNamedLikeAColumnStandsForThat)
{
  const StudyPlan planned = plan(axes(volumes) + R"(
subsection Answers
  subsection NPMSC dose 1 viable
    set Quantity = NPMSC dose 1 viable
    set Time     = 0 d
  end
end
)");
  finish(planned, 0, "time [d],dt [d],NPMSC dose 1 viable [cells]\n0,0,1000\n30,30,400\n");
  EXPECT_THAT(column(gather_results(planned, folder), "NPMSC dose 1 viable"),
              ElementsAre("1000", "nan", "nan"));
}

TEST_F(StudyResultsTable, AColumnThatARunDidNotWriteIsToldWithTheNearest)
{
  StudyPlan planned                 = plan(axes(volumes) + asking("NPMSC dose 1 viable"));
  planned.study.answers[0].quantity = "NPMSC dose 1 viabel"; // as an older version let pass
  finish(planned, 0, "time [d],dt [d],NPMSC dose 1 viable [cells]\n0,0,1000\n");
  const StudyResults results = gather_results(planned, folder);
  ASSERT_EQ(results.warnings.size(), 1u);
  EXPECT_THAT(results.warnings[0], HasSubstr("did you mean 'NPMSC dose 1 viable'?"));
}

TEST_F(StudyResultsTable, ChangedInputsOfFinishedCasesAreNoticed)
{
  const StudyPlan before = plan(axes(volumes));
  finish(before, 0, "time [d],dt [d]\n0,0\n");
  EXPECT_TRUE(changed_cases(before, folder).numbers.empty());
  std::string other = slab;
  other.replace(other.find("4 mM"), 4, "3 mM");
  write("slab.prm", other);
  const ChangedCases changed = changed_cases(plan(axes(volumes)), folder);
  EXPECT_THAT(changed.numbers, ElementsAre(1u));
  EXPECT_EQ(changed.first,
            "case 1: 'Boundary conditions/right/glucose/Value' was '4 mM' and is now '3 mM'");
}

TEST_F(StudyResultsTable, AnotherVersionOfALawIsNoticed)
{
  StudyPlan planned = plan(axes(volumes));
  finish(planned, 0, "time [d],dt [d]\n0,0\n");
  write(place::case_folder(1) / "summary.json",
        R"({"status": "done", "versions": {"law metabolism": "1.0.0"}})");
  planned.cases[0].laws = {{"metabolism", "1.0.0"}};
  EXPECT_TRUE(changed_cases(planned, folder).numbers.empty());
  planned.cases[0].laws = {{"metabolism", "1.1.0"}};
  EXPECT_EQ(changed_cases(planned, folder).first,
            "case 1: the version of law 'metabolism' was '1.0.0' and is now '1.1.0'");
}

TEST_F(StudySchedule, OneFailureStopsOnlyWhatComesAfterIt)
{
  const auto task = [&](const std::string &name, const std::string &script, int after)
  {
    return Task{name,
                "",
                {"/bin/sh", "-c", script},
                folder / name,
                folder / "logs" / name,
                folder / "outcomes" / (name + ".json"),
                after};
  };
  const std::vector<Task> tasks = {task("untreated 1", "echo 'error: no supply' >&2; exit 2", -1),
                                   task("case 1", "exit 0", 0), task("case 2", "exit 0", -1),
                                   task("case 3", "kill -KILL $$", -1)};
  const auto outcomes           = run_tasks(tasks, {2, 0}, {});
  EXPECT_EQ(outcomes[0].status, CaseOutcome::Status::failed);
  EXPECT_EQ(outcomes[0].reason, "no supply");
  EXPECT_EQ(outcomes[1].status, CaseOutcome::Status::failed);
  EXPECT_EQ(outcomes[1].reason, "untreated 1: no supply");
  EXPECT_EQ(outcomes[2].status, CaseOutcome::Status::done);
  EXPECT_EQ(outcomes[3].status, CaseOutcome::Status::stopped);
  EXPECT_THAT(outcomes[3].reason, HasSubstr("killed by signal 9"));
  const CaseOutcome written = read_outcome(folder / "outcomes/untreated 1.json", folder);
  EXPECT_EQ(written.reason, "no supply");
  EXPECT_EQ(written.exit_status, 2);
}

TEST_F(StudySchedule, ACaseThatTakesTooLongIsEnded)
{
  const Task slow{"case 1",           "", {"/bin/sleep", "60"}, folder, folder / "log",
                  folder / "outcome", -1};
  const auto outcomes = run_tasks({slow}, {1, 0.2}, {});
  EXPECT_EQ(outcomes[0].status, CaseOutcome::Status::failed);
  EXPECT_EQ(outcomes[0].reason, "it took longer than the time limit");
}

TEST_F(StudySchedule, WhatRunsIsStoppedAndTheRestWaits)
{
  const auto task = [&](const std::string &name)
  {
    return Task{name, "", {"/bin/sleep", "60"}, folder, folder / "log", folder / (name + ".json"),
                -1};
  };
  ScheduleEvents events;
  events.should_stop  = [looks = 0]() mutable { return ++looks > 3; };
  const auto outcomes = run_tasks({task("a"), task("b")}, {1, 0}, events);
  EXPECT_EQ(outcomes[0].status, CaseOutcome::Status::stopped);
  EXPECT_EQ(outcomes[1].status, CaseOutcome::Status::waiting);
  EXPECT_FALSE(std::filesystem::exists(folder / "b.json"));
}

TEST(CompareParameters, TheFirstDifferenceBesideWhatDoesNotCount)
{
  const std::string a   = "set Title = a\nsubsection Time\n  set End = 1 d\nend\n",
                    b   = "set Title = b\nsubsection Time\n  set End = 2 d\nend\n";
  const auto difference = first_difference(a, b, {"Title"});
  ASSERT_TRUE(difference);
  EXPECT_EQ(difference->path, "Time/End");
  EXPECT_EQ(difference->before, "1 d");
  EXPECT_EQ(difference->now, "2 d");
  EXPECT_FALSE(first_difference(a, b, {"Title", "Time"}));
}

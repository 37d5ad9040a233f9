// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "commands/study_folder.h"

#include "commands/study_run.h"
#include "commands/version.h"
#include "output/hdf5_table.h"
#include "output/text_file.h"
#include "study/plan_record.h"
#include "study/results.h"
#include "study/study_places.h"

namespace lacuna
{
  namespace
  {
    namespace fs = std::filesystem;
  } // namespace

  void write_plan(const StudyPlan &plan, const fs::path &folder)
  {
    write_atomically(folder / place::file, plan.study.text);
    write_atomically(folder / place::plan, plan_text(plan, program_version()));
  }

  StudyPlan plan_as_recorded(const fs::path &folder)
  {
    return plan_of_record(read_study(folder / place::file, {}), read_record(folder));
  }

  StudyCounts count_outcomes(const StudyPlan &plan, const fs::path &folder)
  {
    StudyCounts counts;
    for (const PlannedCase &planned : plan.cases)
      counts.cases[outcome_of_case(folder, planned.number).status].insert(planned.number);
    for (const UntreatedTissue &tissue : plan.untreated)
      counts.untreated[outcome_of_untreated(folder, tissue.number).status].insert(tissue.number);
    return counts;
  }

  std::string summary_line(const StudyCounts &counts)
  {
    std::string text;
    for (const auto &[status, numbers] : counts.cases)
      text +=
          (text.empty() ? "" : ", ") + std::to_string(numbers.size()) + " " + status_text(status);
    return text;
  }

  void collect(const StudyPlan &plan, const fs::path &folder, Log &log)
  {
    const StudyResults results = gather_results(plan, folder);
    for (const std::string &warning : results.warnings)
      log.warning(warning);
    write_atomically(folder / place::results, results_text(results));
    std::vector<TableColumn> columns;
    for (const ResultColumn &column : results.columns)
      columns.push_back({column.name, column.unit, column.numbers(), column.cells});
    write_hdf5_table(folder / place::hdf5, columns);
  }

  void say_end(const StudyPlan &plan, const fs::path &folder, Log &log)
  {
    const StudyCounts counts = count_outcomes(plan, folder);
    log.line(count_text(plan.cases.size(), "case") + ": " + summary_line(counts));
    log.line("Results: " + folder.string());
  }
} // namespace lacuna

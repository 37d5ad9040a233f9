// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "commands/laws_of_case.h"
#include "commands/study.h"
#include "commands/study_folder.h"
#include "commands/study_run.h"
#include "config/user_error.h"
#include "study/plan_record.h"
#include "study/study_places.h"
#include "study/tasks.h"

#include <algorithm>
#include <cstdio>

// A study that goes on: all that is not finished, or the part that one job of a batch system has.

namespace lacuna
{
  namespace
  {
    namespace fs = std::filesystem;

    /** The study as it stands in its file now, with the numbers that its cases had. */
    StudyPlan plan_again(const StudyRecord &record, const fs::path &folder)
    {
      std::error_code ignored;
      const bool there = fs::exists(record.study_file, ignored);
      StudyPlan plan   = plan_study(there ? read_study(record.study_file, record.overrides)
                                          : read_study(folder / place::file, {}),
                                  record.overrides, law_lookup());
      keep_numbers(plan, record);
      return plan;
    }

    /** Finished cases that the study does not have any more. */
    std::size_t count_lost(const StudyPlan &plan, const StudyRecord &record, const fs::path &folder)
    {
      std::set<unsigned int> kept;
      for (const PlannedCase &planned : plan.cases)
        kept.insert(planned.number);
      return static_cast<std::size_t>(
          std::count_if(record.cases.begin(), record.cases.end(),
                        [&](const PlannedCase &planned) {
                          return kept.count(planned.number) == 0 &&
                                 outcome_of_case(folder, planned.number).finished();
                        }));
    }

    void check_changes(const ChangedCases &changed, std::size_t lost, const StudyRecord &record)
    {
      if (changed.numbers.empty() && lost == 0)
        return;
      const std::string file = record.study_file.string();
      std::string text = "The study has changed since it was begun (" + file + ", or its case).";
      if (!changed.numbers.empty())
        text += "\n  " + count_text(changed.numbers.size(), "finished case") +
                " would be computed with another input; " + changed.first + ".";
      if (lost > 0)
        text +=
            "\n  " + count_text(lost, "finished case") + " would no longer belong to the study.";
      throw UserError(text + "\n  Undo the change, or begin a new study (lacuna study " + file +
                      " --output DIR), or add --accept-changes to compute anew what has changed.");
    }

    void say_tasks(const std::vector<Task> &tasks)
    {
      for (const Task &task : tasks)
        std::printf("%s%s\n", task.name.c_str(),
                    task.label.empty() ? "" : (": " + task.label).c_str());
      std::printf("%s to do\n", count_text(tasks.size(), "run").c_str());
    }

    int resume_everything(const ResumeOptions &options, Log &log)
    {
      const auto &folder         = options.folder;
      const StudyRecord record   = read_record(folder);
      const StudyPlan plan       = plan_again(record, folder);
      TaskRequest wanted         = request(plan, folder, options.execution.only);
      const ChangedCases changed = changed_cases(plan, folder);
      if (!options.accept_changes)
        check_changes(changed, count_lost(plan, record, folder), record);
      wanted.changed      = {changed.numbers.begin(), changed.numbers.end()};
      wanted.retry_failed = options.retry_failed;
      const auto tasks    = tasks_of(plan, wanted);
      if (options.execution.dry_run)
      {
        say_tasks(tasks);
        return 0;
      }
      write_plan(plan, folder);
      settle_outcomes(plan, wanted);
      log.line(plan.study.title + ": " + count_text(tasks.size(), "run") + " to do");
      const int status = run_and_tell(tasks, plan, options.execution, log);
      if (options.collect)
        collect(plan, folder, log);
      say_end(plan, folder, log);
      return status;
    }

    /** One of the jobs of a batch system; others may be at work in the same folder. */
    int resume_part(const ResumeOptions &options, Log &log)
    {
      const auto &folder   = options.folder;
      const StudyPlan plan = plan_as_recorded(folder);
      TaskRequest wanted   = request(plan, folder, options.execution.only);
      wanted.retry_failed  = options.retry_failed;
      if (options.untreated != 0)
      {
        if (std::none_of(plan.untreated.begin(), plan.untreated.end(),
                         [&](const UntreatedTissue &tissue)
                         { return tissue.number == options.untreated; }))
          throw UserError("--untreated " + std::to_string(options.untreated) + ": the study has " +
                          count_text(plan.untreated.size(), "untreated tissue"));
        wanted.cases.clear();
        wanted.untreated = {options.untreated};
      }
      settle_outcomes(plan, wanted);
      const int status = run_and_tell(tasks_of(plan, wanted), plan, options.execution, log);
      if (options.collect)
        collect(plan, folder, log);
      return status;
    }
  } // namespace

  int resume_study(const ResumeOptions &options)
  {
    refuse_mpirun();
    Log log(true, screen(options.execution.quiet));
    const bool part = options.untreated != 0 || !options.collect; // as jobs of a batch system ask
    return part && !options.execution.dry_run ? resume_part(options, log)
                                              : resume_everything(options, log);
  }
} // namespace lacuna

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "commands/study.h"

#include "commands/laws_of_case.h"
#include "commands/program.h"
#include "commands/study_run.h"
#include "commands/version.h"
#include "config/file_kind.h"
#include "config/user_error.h"
#include "output/hdf5_table.h"
#include "output/log.h"
#include "output/text_file.h"
#include "study/batch_files.h"
#include "study/plan_record.h"
#include "study/results.h"
#include "study/sample_design.h"
#include "study/selection.h"
#include "study/tasks.h"

#include <sched.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <map>

namespace lacuna
{
  namespace
  {
    namespace fs = std::filesystem;
    using Status = CaseOutcome::Status;

    void refuse_mpirun()
    {
      for (const char *name : {"OMPI_COMM_WORLD_SIZE", "PMI_SIZE"})
        if (std::getenv(name) != nullptr)
          throw UserError("a study starts its cases itself; call it without mpirun.\n  Write 'set "
                          "Ranks = N' in section Execution to give each case N processes, and "
                          "--jobs N to compute N cases at a time.");
    }

    unsigned int processors()
    {
      cpu_set_t set;
      return sched_getaffinity(0, sizeof set, &set) == 0
                 ? static_cast<unsigned int>(CPU_COUNT(&set))
                 : 1;
    }

    Log::Screen screen(bool quiet)
    {
      return quiet                  ? Log::Screen::quiet
             : stdout_is_terminal() ? Log::Screen::terminal
                                    : Log::Screen::plain;
    }

    void write_plan(const StudyPlan &plan, const fs::path &folder)
    {
      write_atomically(folder / place::file, plan.study.text);
      write_atomically(folder / place::plan, plan_text(plan, program_version()));
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

    struct Counts
    {
      std::map<Status, std::set<unsigned int>> cases, untreated;
    };

    Counts count(const StudyPlan &plan, const fs::path &folder)
    {
      Counts counts;
      for (const PlannedCase &planned : plan.cases)
        counts.cases[outcome_of_case(folder, planned.number).status].insert(planned.number);
      for (const UntreatedTissue &tissue : plan.untreated)
        counts.untreated[outcome_of_untreated(folder, tissue.number).status].insert(tissue.number);
      return counts;
    }

    std::string summary_line(const Counts &counts)
    {
      std::string text;
      for (const auto &[status, numbers] : counts.cases)
        text +=
            (text.empty() ? "" : ", ") + std::to_string(numbers.size()) + " " + status_text(status);
      return text;
    }

    void say_plan(const StudyPlan &plan, const std::set<unsigned int> &selected)
    {
      constexpr std::size_t most_lines = 30;
      std::printf("%s\n%s of %s", plan.study.title.c_str(),
                  count_text(plan.cases.size(), "case").c_str(),
                  plan.study.case_file.string().c_str());
      if (!plan.untreated.empty())
        std::printf(", which share %s",
                    count_text(plan.untreated.size(), "untreated tissue").c_str());
      std::printf("\n");
      for (const Axis &axis : plan.study.axes)
        if (axis.kind == Axis::Kind::range)
          std::printf("  %s: sampled from %s to %s%s\n", axis.name.c_str(),
                      value_in(axis, 0).c_str(), value_in(axis, 1).c_str(),
                      axis.logarithmic ? ", logarithmically" : "");
        else
          std::printf("  %s: %s\n", axis.name.c_str(),
                      count_text(axis.levels.size(), "value").c_str());
      std::size_t lines = 0;
      for (const PlannedCase &planned : plan.cases)
        if (selected.count(planned.number) != 0 && lines++ < most_lines)
          std::printf("%s: %s\n", planned.name().c_str(), planned.label().c_str());
      if (lines > most_lines)
        std::printf("... and %zu more\n", lines - most_lines);
    }

    /** Removes what an earlier study wrote, and nothing else. */
    void remove_study(const fs::path &folder)
    {
      for (const char *name :
           {"cases", "untreated", "outcomes", "logs", "slurm", "snakemake", "study.json",
            "study.prm", "results.csv", "results.h5", "report.html", "answers.json"})
        fs::remove_all(folder / name);
    }

    /** What speaks against writing a new study into a folder; empty if nothing does. */
    std::string objection(const fs::path &folder, bool overwrite)
    {
      std::error_code ignored;
      const std::string name = folder.string();
      if (!fs::exists(folder, ignored))
        return "";
      if (!fs::is_directory(folder, ignored))
        return "The output folder '" + name + "' is a file.\n  Name another: --output DIR";
      if (fs::is_empty(folder, ignored))
        return "";
      if (!fs::exists(folder / place::plan, ignored))
        return "The output folder '" + name +
               "' holds files that are not of a study; they are not touched.\n  Name another "
               "folder: --output DIR";
      if (overwrite)
        return "";
      return "'" + name +
             "' already holds a study; it is not touched.\n  To go on with it: lacuna study "
             "resume " +
             name +
             "\n  To begin again: add --overwrite, or name another folder with --output DIR.";
    }

    void check_folder(const fs::path &folder, bool overwrite)
    {
      if (const std::string text = objection(folder, overwrite); !text.empty())
        throw UserError(text);
    }

    /** The wanted cases; the rest is for the caller to add. */
    TaskRequest request(const StudyPlan &plan, const fs::path &folder,
                        const std::vector<std::string> &only)
    {
      TaskRequest wanted;
      wanted.folder  = folder;
      wanted.program = program_path();
      if (plan.study.ranks > 1)
        wanted.mpirun = find_program("mpirun", "openmpi-bin");
      wanted.cases = selected_cases(plan, only);
      return wanted;
    }

    int run(const std::vector<Task> &tasks, const StudyPlan &plan, const StudyExecution &execution,
            Log &log)
    {
      const unsigned int jobs =
          execution.jobs > 0 ? execution.jobs : std::max(1u, processors() / plan.study.ranks);
      return run_and_tell(tasks, {jobs, plan.study.time_limit}, log);
    }

    void say_end(const StudyPlan &plan, const fs::path &folder, Log &log)
    {
      const Counts counts = count(plan, folder);
      log.line(count_text(plan.cases.size(), "case") + ": " + summary_line(counts));
      log.line("Results: " + folder.string());
    }

    StudyPlan plan_new(const StudyOptions &options, fs::path &folder)
    {
      refuse_case(options.file);
      StudyFile study = read_study(options.file, options.overrides);
      folder          = options.folder ? *options.folder : study.folder;
      return plan_study(std::move(study), options.overrides, law_lookup());
    }

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

    /** The study as it was planned; its cases are not read again. */
    StudyPlan plan_as_recorded(const fs::path &folder)
    {
      return plan_of_record(read_study(folder / place::file, {}), read_record(folder));
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

    /** What a folder holds of an earlier study, for who only wants to see the plan. */
    void say_existing(const fs::path &folder, bool overwrite)
    {
      std::error_code ignored;
      if (const std::string text = objection(folder, overwrite); !text.empty())
        std::printf("%s\n", text.c_str());
      else if (fs::exists(folder / place::plan, ignored))
        std::printf("'%s' holds a study, which would be replaced.\n", folder.c_str());
      if (!fs::exists(folder / place::plan, ignored))
        return;
      try
      {
        const StudyPlan before = plan_as_recorded(folder);
        std::printf("  It has %s: %s\n", count_text(before.cases.size(), "case").c_str(),
                    summary_line(count(before, folder)).c_str());
      }
      catch (const UserError &)
      {
        std::printf("  Its study.json cannot be read.\n");
      }
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
      const int status = run(tasks, plan, options.execution, log);
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
      const int status = run(tasks_of(plan, wanted), plan, options.execution, log);
      if (options.collect)
        collect(plan, folder, log);
      return status;
    }
  } // namespace

  int run_study(const StudyOptions &options)
  {
    refuse_mpirun();
    fs::path folder;
    const StudyPlan plan = plan_new(options, folder);
    if (!options.execution.dry_run)
      check_folder(folder, options.overwrite);
    const TaskRequest wanted = request(plan, folder, options.execution.only);
    if (options.execution.dry_run)
    {
      say_plan(plan, wanted.cases);
      say_existing(folder, options.overwrite);
      return 0;
    }
    if (options.overwrite && fs::exists(folder))
      remove_study(folder);
    fs::create_directories(folder);
    write_plan(plan, folder);

    Log log(true, screen(options.execution.quiet));
    if (!options.to.empty())
    {
      write_batch_files(options.to, {fs::absolute(folder), program_path(),
                                     static_cast<unsigned int>(plan.cases.size()),
                                     static_cast<unsigned int>(plan.untreated.size()),
                                     plan.study.ranks, plan.study.time_limit, shared_folder()});
      log.line(count_text(plan.cases.size(), "case") + " planned; nothing was run. See " +
               (folder / options.to).string());
      return 0;
    }
    log.line(plan.study.title + ": " + count_text(plan.cases.size(), "case") +
             (plan.untreated.empty()
                  ? ""
                  : " that share " + count_text(plan.untreated.size(), "untreated tissue")));
    const int status = run(tasks_of(plan, wanted), plan, options.execution, log);
    collect(plan, folder, log);
    say_end(plan, folder, log);
    return status;
  }

  int resume_study(const ResumeOptions &options)
  {
    refuse_mpirun();
    Log log(true, screen(options.execution.quiet));
    const bool part = options.untreated != 0 || !options.collect; // as jobs of a batch system ask
    return part && !options.execution.dry_run ? resume_part(options, log)
                                              : resume_everything(options, log);
  }

  int study_status(const fs::path &folder, StatusList list)
  {
    const StudyPlan plan = plan_as_recorded(folder);
    const Counts counts  = count(plan, folder);
    const auto of        = [](const std::map<Status, std::set<unsigned int>> &by_status,
                       const std::vector<Status> &wanted)
    {
      std::set<unsigned int> numbers;
      for (const Status status : wanted)
        if (const auto found = by_status.find(status); found != by_status.end())
          numbers.insert(found->second.begin(), found->second.end());
      return numbers;
    };
    if (list != StatusList::none)
    {
      const bool cases  = list == StatusList::unfinished || list == StatusList::failed;
      const bool failed = list == StatusList::failed || list == StatusList::failed_untreated;
      std::printf("%s\n",
                  compact_list(of(cases ? counts.cases : counts.untreated,
                                  failed ? std::vector<Status>{Status::failed}
                                         : std::vector<Status>{Status::waiting, Status::stopped}))
                      .c_str());
      return 0;
    }
    std::printf("%s\n%s: %s\n", plan.study.title.c_str(),
                count_text(plan.cases.size(), "case").c_str(), summary_line(counts).c_str());
    for (const PlannedCase &planned : plan.cases)
    {
      const CaseOutcome outcome = outcome_of_case(folder, planned.number);
      if (outcome.status == Status::failed || outcome.status == Status::stopped)
        std::printf("%s (%s): %s: %s\n", planned.name().c_str(), planned.label().c_str(),
                    status_text(outcome.status).c_str(), outcome.reason.c_str());
    }
    return 0;
  }

  int collect_study(const fs::path &folder)
  {
    Log log(true, screen(false));
    const StudyPlan plan = plan_as_recorded(folder);
    collect(plan, folder, log);
    say_end(plan, folder, log);
    return 0;
  }
} // namespace lacuna

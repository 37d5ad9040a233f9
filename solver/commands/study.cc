// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "commands/study.h"

#include "commands/laws_of_case.h"
#include "commands/program.h"
#include "commands/version.h"
#include "config/user_error.h"
#include "output/hdf5_table.h"
#include "output/log.h"
#include "output/progress.h"
#include "output/text_file.h"
#include "study/batch_files.h"
#include "study/plan.h"
#include "study/results.h"
#include "study/sampling.h"
#include "study/schedule.h"
#include "study/selection.h"

#include <sched.h>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <map>

namespace lacuna
{
  namespace
  {
    namespace fs = std::filesystem;
    using Status = Outcome::Status;

    std::atomic<bool> stop_requested{false};
    extern "C" void stop_study(int)
    {
      stop_requested = true;
    }

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

    std::string count_text(std::size_t n, const std::string &what)
    {
      return std::to_string(n) + " " + what + (n == 1 ? "" : "s");
    }

    /** The runs of a study: which there are, and how each is started. */
    class TaskList
    {
    public:
      TaskList(const StudyPlan &plan, const fs::path &folder) : plan(plan), folder(folder) {}

      std::vector<Task> tasks;

      void add(const PlannedCase &planned, bool retry_failed)
      {
        int after = -1;
        if (planned.untreated != 0)
          for (const UntreatedTissue &tissue : plan.untreated)
            if (tissue.number == planned.untreated)
              after = add(tissue, retry_failed);
        const auto run     = folder / place::case_folder(planned.number);
        const auto outcome = place::case_outcome(planned.number);
        tasks.push_back({planned.name(), planned.label(),
                         command(planned.assignments(folder), run), run,
                         folder / place::log_beside(outcome), folder / outcome, after});
      }

      /** Index of the task; -1 if the tissue is there already. */
      int add(const UntreatedTissue &tissue, bool retry_failed)
      {
        if (const auto known = index.find(tissue.number); known != index.end())
          return known->second;
        const auto run       = folder / place::untreated_folder(tissue.number);
        const auto outcome   = place::untreated_outcome(tissue.number);
        const Outcome before = read_outcome(folder / outcome, run);
        int &at              = index[tissue.number];
        at                   = -1;
        if (before.status == Status::done && !input_changed(run, tissue.input))
          return at;
        const std::string name = "untreated tissue " + std::to_string(tissue.number);
        at                     = static_cast<int>(tasks.size());
        tasks.push_back({name, "", command(assignments_of(tissue.settings), run), run,
                         folder / place::log_beside(outcome), folder / outcome, -1});
        if (before.status == Status::failed && !retry_failed)
          tasks.back().known_failure = before.reason;
        return at;
      }

    private:
      std::vector<std::string> command(const std::vector<std::string> &assignments,
                                       const fs::path &run) const
      {
        std::vector<std::string> words;
        if (plan.study.ranks > 1)
          words = {find_program("mpirun", "openmpi-bin").string(), "-n", std::to_string(plan.study.ranks),
                   "--bind-to", "none", "--oversubscribe"};
        words.insert(words.end(), {program_path().string(), "run", plan.study.case_file.string()});
        for (const std::string &assignment : assignments)
          words.insert(words.end(), {"--set", assignment});
        words.insert(words.end(), {"--output", run.string(), "--overwrite", "--quiet"});
        return words;
      }

      const StudyPlan &plan;
      const fs::path &folder;
      std::map<unsigned int, int> index;
    };

    /** Says what happens while cases run. */
    class StudyProgress
    {
    public:
      StudyProgress(Log &log, std::size_t n_tasks) : log(log), n_tasks(n_tasks) {}

      void ended(const Task &task, const Outcome &outcome)
      {
        ++n_ended;
        const std::string where = std::to_string(n_ended) + "/" + std::to_string(n_tasks) + " " +
                                  task.name +
                                  (task.label.empty() ? "" : " (" + task.label + ")");
        if (outcome.status == Status::done)
        {
          if (!log.on_terminal())
            log.line(where + ": done in " + duration_text(outcome.seconds));
          return;
        }
        n_failed += outcome.status == Status::failed;
        log.line(where + ": " + status_text(outcome.status) + ": " + outcome.reason);
      }

      void waits(unsigned int running, double seconds_left)
      {
        const std::string failed =
            n_failed == 0 ? "" : ", " + std::to_string(n_failed) + " failed";
        log.status(progress_bar(double(n_ended) / double(n_tasks)) + ' ' +
                   std::to_string(n_ended) + " of " + std::to_string(n_tasks) + " runs ended" +
                   failed + ", " + std::to_string(running) + " running" +
                   (seconds_left < 0 ? ""
                                     : ", about " + duration_text(seconds_left) + " left"));
      }

    private:
      Log &log;
      std::size_t n_tasks, n_ended = 0, n_failed = 0;
    };

    int run(const std::vector<Task> &tasks, const StudyPlan &plan, unsigned int jobs, Log &log)
    {
      if (tasks.empty())
        return 0;
      std::signal(SIGINT, stop_study);
      std::signal(SIGTERM, stop_study);
      StudyProgress progress(log, tasks.size());
      ScheduleEvents events;
      events.ended = [&](const Task &task, const Outcome &outcome)
      { progress.ended(task, outcome); };
      events.waits = [&](unsigned int running, double left) { progress.waits(running, left); };
      events.should_stop  = [] { return stop_requested.load(); };
      const auto outcomes = run_tasks(tasks, {jobs, plan.study.time_limit}, events);
      if (stop_requested)
        return 4;
      for (const Outcome &outcome : outcomes)
        if (outcome.status != Status::done)
          return 3;
      return 0;
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
        counts.cases[read_outcome(folder / place::case_outcome(planned.number),
                                  folder / place::case_folder(planned.number))
                         .status]
            .insert(planned.number);
      for (const UntreatedTissue &tissue : plan.untreated)
        counts.untreated[read_outcome(folder / place::untreated_outcome(tissue.number),
                                      folder / place::untreated_folder(tissue.number))
                             .status]
            .insert(tissue.number);
      return counts;
    }

    std::string summary_line(const Counts &counts)
    {
      std::string text;
      for (const auto &[status, numbers] : counts.cases)
        text += (text.empty() ? "" : ", ") + std::to_string(numbers.size()) + " " +
                status_text(status);
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
      for (const char *name : {"cases", "untreated", "outcomes", "logs", "slurm", "snakemake",
                               "study.json", "study.prm", "results.csv", "results.h5",
                               "report.html", "answers.json"})
        fs::remove_all(folder / name);
    }

    void check_folder(const fs::path &folder, bool overwrite)
    {
      const std::string name = folder.string();
      if (!fs::exists(folder) || (fs::is_directory(folder) && fs::is_empty(folder)))
        return;
      if (!fs::is_directory(folder))
        throw UserError("The output folder '" + name + "' is a file.\nName another: --output DIR");
      const bool is_study = fs::exists(folder / place::plan);
      if (is_study && !overwrite)
        throw UserError("'" + name + "' already holds a study; it is not touched.\n  To go on with it: lacuna study "
                        "resume " + name + "\n  To begin again: add --overwrite, or name another folder with --output "
                        "DIR.");
      if (!is_study)
        throw UserError("The output folder '" + name +
                        "' holds files that are not of a study; they are not touched.\n  Name "
                        "another folder: --output DIR");
    }

    unsigned int jobs_or_default(unsigned int jobs, unsigned int ranks)
    {
      return jobs > 0 ? jobs : std::max(1u, processors() / ranks);
    }

    void add_cases(TaskList &list, const StudyPlan &plan, const fs::path &folder,
                   const std::set<unsigned int> &selected, const std::set<unsigned int> &changed,
                   bool retry_failed)
    {
      for (const PlannedCase &planned : plan.cases)
      {
        if (selected.count(planned.number) == 0)
          continue;
        const Outcome before = read_outcome(folder / place::case_outcome(planned.number),
                                            folder / place::case_folder(planned.number));
        const bool again     = before.status == Status::failed && retry_failed;
        if (!before.finished() || again || changed.count(planned.number) != 0)
          list.add(planned, retry_failed);
      }
    }

    void say_end(const StudyPlan &plan, const fs::path &folder, Log &log)
    {
      const Counts counts = count(plan, folder);
      log.line(count_text(plan.cases.size(), "case") + ": " + summary_line(counts));
      log.line("Results: " + folder.string());
    }

    StudyPlan begin_study(const StudyOptions &options, fs::path &folder)
    {
      StudyFile study      = read_study(options.file, options.overrides);
      folder               = options.folder ? *options.folder : study.folder;
      const StudyPlan plan = plan_study(std::move(study), options.overrides, law_lookup());
      check_folder(folder, options.overwrite);
      return plan;
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
    std::size_t count_lost(const StudyPlan &plan, const StudyRecord &record,
                           const fs::path &folder)
    {
      std::set<unsigned int> kept;
      for (const PlannedCase &planned : plan.cases)
        kept.insert(planned.number);
      return static_cast<std::size_t>(std::count_if(
          record.cases.begin(), record.cases.end(),
          [&](const PlannedCase &planned)
          {
            return kept.count(planned.number) == 0 &&
                   read_outcome(folder / place::case_outcome(planned.number),
                                folder / place::case_folder(planned.number))
                       .finished();
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
        text += "\n  " + count_text(lost, "finished case") +
                " would no longer belong to the study.";
      throw UserError(text + "\n  Undo the change, or begin a new study (lacuna study " + file +
                      " --output DIR), or add --accept-changes to compute anew what has changed.");
    }

    int resume_everything(const ResumeOptions &options, Log &log)
    {
      const auto &folder         = options.folder;
      const StudyRecord record   = read_record(folder);
      const StudyPlan plan       = plan_again(record, folder);
      const auto selected        = selected_cases(plan, options.execution.only);
      const ChangedCases changed = changed_cases(plan, folder);
      if (!options.accept_changes)
        check_changes(changed, count_lost(plan, record, folder), record);
      TaskList list(plan, folder);
      add_cases(list, plan, folder, selected, {changed.numbers.begin(), changed.numbers.end()},
                options.retry_failed);
      if (options.execution.dry_run)
      {
        for (const Task &task : list.tasks)
          std::printf("%s%s\n", task.name.c_str(),
                      task.label.empty() ? "" : (": " + task.label).c_str());
        std::printf("%s to do\n", count_text(list.tasks.size(), "run").c_str());
        return 0;
      }
      write_atomically(folder / place::plan, plan_text(plan, program_version()));
      write_atomically(folder / place::file, plan.study.text);
      log.line(plan.study.title + ": " + count_text(list.tasks.size(), "run") + " to do");
      const int status =
          run(list.tasks, plan, jobs_or_default(options.execution.jobs, plan.study.ranks), log);
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
      TaskList list(plan, folder);
      if (options.untreated == 0)
        add_cases(list, plan, folder, selected_cases(plan, options.execution.only), {},
                  options.retry_failed);
      else
      {
        const auto tissue = std::find_if(plan.untreated.begin(), plan.untreated.end(),
                                         [&](const UntreatedTissue &t)
                                         { return t.number == options.untreated; });
        if (tissue == plan.untreated.end())
          throw UserError("--untreated " + std::to_string(options.untreated) + ": the study has " +
                          count_text(plan.untreated.size(), "untreated tissue"));
        list.add(*tissue, true);
      }
      const int status =
          run(list.tasks, plan, jobs_or_default(options.execution.jobs, plan.study.ranks), log);
      if (options.collect)
        collect(plan, folder, log);
      return status;
    }
  } // namespace

  int run_study(const StudyOptions &options)
  {
    refuse_mpirun();
    fs::path folder;
    const StudyPlan plan = begin_study(options, folder);
    const auto selected  = selected_cases(plan, options.execution.only);
    if (options.execution.dry_run)
    {
      say_plan(plan, selected);
      return 0;
    }
    if (options.overwrite && fs::exists(folder))
      remove_study(folder);
    fs::create_directories(folder);
    write_atomically(folder / place::file, plan.study.text);
    write_atomically(folder / place::plan, plan_text(plan, program_version()));

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
    TaskList list(plan, folder);
    add_cases(list, plan, folder, selected, {}, false);
    log.line(plan.study.title + ": " + count_text(plan.cases.size(), "case") +
             (plan.untreated.empty()
                  ? ""
                  : " that share " + count_text(plan.untreated.size(), "untreated tissue")));
    const int status =
        run(list.tasks, plan, jobs_or_default(options.execution.jobs, plan.study.ranks), log);
    collect(plan, folder, log);
    say_end(plan, folder, log);
    return status;
  }

  int resume_study(const ResumeOptions &options)
  {
    refuse_mpirun();
    Log log(true, screen(options.execution.quiet));
    const bool part = options.untreated != 0 || !options.execution.only.empty();
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
      const Outcome outcome = read_outcome(folder / place::case_outcome(planned.number),
                                           folder / place::case_folder(planned.number));
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

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "commands/study_run.h"

#include "commands/program.h"
#include "config/user_error.h"
#include "output/progress.h"
#include "study/selection.h"

#include <sched.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdlib>

namespace lacuna
{
  namespace
  {
    using Status = CaseOutcome::Status;
    using Clock  = std::chrono::steady_clock;

    constexpr auto between_redraws = std::chrono::milliseconds(200);

    std::atomic<bool> stop_requested{false};
    extern "C" void stop_study(int)
    {
      stop_requested = true;
    }

    class StudyProgress
    {
    public:
      StudyProgress(Log &log_, std::size_t n_tasks_) : log(log_), n_tasks(n_tasks_) {}

      void ended(const Task &task, const CaseOutcome &outcome)
      {
        ++n_ended;
        const std::string where = std::to_string(n_ended) + "/" + std::to_string(n_tasks) + " " +
                                  task.name + (task.label.empty() ? "" : " (" + task.label + ")");
        if (outcome.status == Status::done)
        {
          if (!log.on_terminal())
            log.line(where + ": done in " + duration_text(outcome.seconds) +
                     (outcome.reason.empty() ? "" : ": " + outcome.reason));
          return;
        }
        n_failed += outcome.status == Status::failed;
        const std::string text = where + ": " + status_text(outcome.status) + ": " + outcome.reason;
        if (outcome.status == Status::failed)
          log.error(text);
        else
          log.line(text);
      }

      void waits(unsigned int running, double seconds_left)
      {
        if (Clock::now() - drawn < between_redraws)
          return;
        drawn                    = Clock::now();
        const std::string failed = n_failed == 0 ? "" : ", " + std::to_string(n_failed) + " failed";
        log.status(progress_bar(double(n_ended) / double(n_tasks)) + ' ' + std::to_string(n_ended) +
                   " of " + std::to_string(n_tasks) + " runs ended" + failed + ", " +
                   std::to_string(running) + " running" +
                   (seconds_left < 0 ? "" : ", about " + duration_text(seconds_left) + " left"));
      }

    private:
      Log &log;
      std::size_t n_tasks, n_ended = 0, n_failed = 0;
      Clock::time_point drawn{};
    };

    unsigned int processors()
    {
      cpu_set_t set;
      return sched_getaffinity(0, sizeof set, &set) == 0
                 ? static_cast<unsigned int>(CPU_COUNT(&set))
                 : 1;
    }
  } // namespace

  std::string count_text(std::size_t n, const std::string &what)
  {
    return std::to_string(n) + " " + what + (n == 1 ? "" : "s");
  }

  int run_and_tell(const std::vector<Task> &tasks, const ScheduleOptions &options, Log &log)
  {
    if (tasks.empty())
      return 0;
    std::signal(SIGINT, stop_study);
    std::signal(SIGTERM, stop_study);
    StudyProgress progress(log, tasks.size());
    ScheduleEvents events;
    events.ended = [&](const Task &task, const CaseOutcome &outcome)
    { progress.ended(task, outcome); };
    events.waits        = [&](unsigned int running, double left) { progress.waits(running, left); };
    events.should_stop  = [] { return stop_requested.load(); };
    const auto outcomes = run_tasks(tasks, options, events);
    if (stop_requested)
      return 4;
    for (const CaseOutcome &outcome : outcomes)
      if (outcome.status != Status::done)
        return 3;
    return 0;
  }

  int run_and_tell(const std::vector<Task> &tasks, const StudyPlan &plan,
                   const StudyExecution &execution, Log &log)
  {
    const unsigned int jobs =
        execution.jobs > 0 ? execution.jobs : std::max(1u, processors() / plan.study.ranks);
    return run_and_tell(tasks, {jobs, plan.study.time_limit}, log);
  }

  TaskRequest request(const StudyPlan &plan, const std::filesystem::path &folder,
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

  void refuse_mpirun()
  {
    for (const char *name : {"OMPI_COMM_WORLD_SIZE", "PMI_SIZE"})
      if (std::getenv(name) != nullptr)
        throw UserError("a study starts its cases itself; call it without mpirun.\n  Write 'set "
                        "Ranks = N' in section Execution to give each case N processes, and "
                        "--jobs N to compute N cases at a time.");
  }

  Log::Screen screen(bool quiet)
  {
    return quiet                  ? Log::Screen::quiet
           : stdout_is_terminal() ? Log::Screen::terminal
                                  : Log::Screen::plain;
  }
} // namespace lacuna

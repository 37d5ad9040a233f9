// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "study/schedule.h"

#include "config/text.h"

#include <boost/process.hpp>
#include <boost/process/extend.hpp>

#include <csignal>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <thread>

namespace lacuna
{
  namespace
  {
    namespace process = boost::process;
    using Clock       = std::chrono::steady_clock;

    constexpr auto between_looks        = std::chrono::milliseconds(20);
    constexpr double seconds_until_kill = 30; ///< a case ends its step and writes what it has

    /** The child is told to stop when this process ends, whatever ends it. */
    struct StopWithParent : process::extend::handler
    {
      template <class Executor>
      void on_exec_setup(Executor &) const
      {
        prctl(PR_SET_PDEATHSIG, SIGTERM);
      }
    };

    double seconds_since(Clock::time_point start)
    {
      return std::chrono::duration<double>(Clock::now() - start).count();
    }

    bool begins_with(const std::string &text, const std::string &start)
    {
      return text.rfind(start, 0) == 0;
    }

    /** A case is a job of its own: it must not take itself for a part of one that this process
     * belongs to. */
    bool belongs_to_job(const std::string &name)
    {
      const bool open_mpi = begins_with(name, "OMPI_") && !begins_with(name, "OMPI_MCA_") &&
                            !begins_with(name, "OMPI_ALLOW_");
      return open_mpi || begins_with(name, "PMIX_") || begins_with(name, "PMI_");
    }

    /** Open MPI refuses root, and warns in containers, unless told otherwise. */
    process::environment environment()
    {
      process::environment variables = boost::this_process::environment();
      std::vector<std::string> removed;
      for (const auto &variable : variables)
        if (belongs_to_job(variable.get_name()))
          removed.push_back(variable.get_name());
      for (const std::string &name : removed)
        variables.erase(name);
      // Boost 1.74's count() and [] read past the end of variables that are shorter than the name.
      const auto set_default = [&](const std::string &name, const std::string &value)
      {
        if (std::getenv(name.c_str()) == nullptr)
          variables.set(name, value);
      };
      set_default("OMPI_MCA_btl_vader_single_copy_mechanism", "none");
      set_default("OMP_NUM_THREADS", "1");
      if (geteuid() == 0)
        for (const char *name : {"OMPI_ALLOW_RUN_AS_ROOT", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM"})
          set_default(name, "1");
      return variables;
    }

    std::vector<std::string> lines_of(const std::filesystem::path &file)
    {
      std::vector<std::string> lines;
      std::ifstream stream(file);
      for (std::string line; std::getline(stream, line);)
        lines.push_back(line);
      return lines;
    }

    /** What a case said of its failure: its error, else the last warning of its log. */
    std::string reason_said(const Task &task)
    {
      std::string error, warning;
      for (const std::string &line : lines_of(task.log))
      {
        const auto mark = line.find("error: ");
        if (error.empty() && (mark == 0 || line.rfind("internal error: ", 0) == 0))
          error = line.substr(mark + 7);
        else if (!error.empty() && !trim(line).empty() && line.find("-----") != 0)
          error += " " + trim(line);
        else if (!error.empty())
          break;
      }
      for (const std::string &line : lines_of(task.run_folder / "log.txt"))
        if (const auto mark = line.find("Warning: "); mark != std::string::npos)
          warning = line.substr(mark + 9);
      return error.empty() ? warning : error;
    }

    /** A task that runs. */
    struct Running
    {
      std::size_t index;
      process::child child;
      Clock::time_point start = Clock::now();
      bool told_to_stop = false, out_of_time = false;
      Clock::time_point told{};

      void tell_to_stop()
      {
        if (!told_to_stop)
          ::kill(child.id(), SIGTERM);
        else if (seconds_since(told) > seconds_until_kill)
          ::kill(child.id(), SIGKILL);
        if (!told_to_stop)
          told = Clock::now();
        told_to_stop = true;
      }
    };

    class Schedule
    {
    public:
      Schedule(const std::vector<Task> &tasks_, const ScheduleOptions &options_,
               const ScheduleEvents &events_)
          : tasks(tasks_), options(options_), events(events_), outcomes(tasks.size()),
            begun(tasks.size(), false), variables(environment())
      {
      }

      std::vector<CaseOutcome> run()
      {
        while (n_ended < tasks.size())
        {
          stopping = stopping || (events.should_stop && events.should_stop());
          if (!stopping)
            begin_tasks();
          if (running.empty() && (stopping || !begin_skipped()))
            break;
          look_after_running();
          if (events.waits)
            events.waits(running.size(), seconds_left());
          std::this_thread::sleep_for(between_looks);
        }
        return outcomes;
      }

    private:
      bool is_ready(std::size_t k) const
      {
        return !begun[k] &&
               (tasks[k].after < 0 || outcomes[tasks[k].after].status == CaseOutcome::Status::done);
      }

      void begin_tasks()
      {
        for (std::size_t k = 0; k < tasks.size() && running.size() < options.jobs; ++k)
          if (is_ready(k))
            begin(k);
      }

      void begin(std::size_t k)
      {
        const Task &task = tasks[k];
        begun[k]         = true;
        if (!task.known_failure.empty())
          return end(k, {CaseOutcome::Status::failed, 3, task.known_failure, 0});
        std::filesystem::create_directories(task.log.parent_path());
        const std::vector<std::string> arguments(task.command.begin() + 1, task.command.end());
        std::error_code error;
        process::child child(
            process::exe = task.command[0], process::args = arguments,
            process::std_in<process::null, (process::std_out & process::std_err)> task.log.string(),
            variables, error, StopWithParent());
        if (error)
          return end(k, {CaseOutcome::Status::stopped, 1,
                         "cannot start " + task.command[0] + ": " + error.message(), 0});
        running.push_back({k, std::move(child)});
      }

      /** What comes after a task that failed fails with it. */
      bool begin_skipped()
      {
        for (std::size_t k = 0; k < tasks.size(); ++k)
        {
          if (begun[k] || tasks[k].after < 0 || !begun[tasks[k].after])
            continue;
          const CaseOutcome &before = outcomes[tasks[k].after];
          begun[k]                  = true;
          end(k, {before.status, before.exit_status,
                  tasks[tasks[k].after].name + ": " + before.reason, 0});
          return true;
        }
        return false;
      }

      void look_after_running()
      {
        for (std::size_t r = 0; r < running.size();)
        {
          Running &task = running[r];
          std::error_code error;
          if (task.child.running(error))
          {
            task.out_of_time =
                options.time_limit > 0 && seconds_since(task.start) > options.time_limit;
            if (stopping || task.out_of_time)
              task.tell_to_stop();
            ++r;
            continue;
          }
          const std::size_t index   = task.index;
          const CaseOutcome outcome = outcome_of(task);
          running.erase(running.begin() + static_cast<std::ptrdiff_t>(r));
          end(index, outcome);
        }
      }

      CaseOutcome outcome_of(const Running &task) const
      {
        CaseOutcome outcome;
        outcome.seconds  = seconds_since(task.start);
        const int native = task.child.native_exit_code();
        if (WIFSIGNALED(native))
        {
          outcome.exit_status = 128 + WTERMSIG(native);
          outcome.reason = std::string("killed by signal ") + std::to_string(WTERMSIG(native)) +
                           " (" + strsignal(WTERMSIG(native)) + ")";
        }
        else
        {
          outcome.exit_status = WEXITSTATUS(native);
          outcome.reason      = outcome.exit_status == 0 ? "" : reason_said(tasks[task.index]);
        }
        const bool has_answers =
            outcome.exit_status == 0 ||
            (outcome.exit_status == 3 && missed_target(tasks[task.index].run_folder));
        outcome.status = has_answers                ? CaseOutcome::Status::done
                         : outcome.exit_status >= 4 ? CaseOutcome::Status::stopped
                                                    : CaseOutcome::Status::failed;
        if (task.out_of_time && outcome.status != CaseOutcome::Status::done)
        {
          outcome.status = CaseOutcome::Status::failed;
          outcome.reason = "it took longer than the time limit";
        }
        else if (outcome.status == CaseOutcome::Status::stopped && outcome.reason.empty())
          outcome.reason = "it was interrupted";
        return outcome;
      }

      void end(std::size_t k, const CaseOutcome &outcome)
      {
        outcomes[k] = outcome;
        ++n_ended;
        write_outcome(tasks[k].outcome, tasks[k].name, outcome);
        if (outcome.seconds > 0)
        {
          seconds_spent += outcome.seconds;
          ++n_timed;
        }
        if (events.ended)
          events.ended(tasks[k], outcome);
      }

      double seconds_left() const
      {
        if (n_timed == 0)
          return -1;
        const double mean = seconds_spent / n_timed;
        double left       = mean * double(tasks.size() - n_ended - running.size());
        for (const Running &task : running)
          left += std::max(0., mean - seconds_since(task.start));
        return left / std::min<double>(options.jobs, double(tasks.size()));
      }

      const std::vector<Task> &tasks;
      const ScheduleOptions &options;
      const ScheduleEvents &events;
      std::vector<CaseOutcome> outcomes;
      std::vector<bool> begun;
      process::environment variables;
      std::vector<Running> running;
      std::size_t n_ended  = 0;
      double seconds_spent = 0;
      unsigned int n_timed = 0;
      bool stopping        = false;
    };
  } // namespace

  std::vector<CaseOutcome> run_tasks(const std::vector<Task> &tasks, const ScheduleOptions &options,
                                     const ScheduleEvents &events)
  {
    return Schedule(tasks, options, events).run();
  }
} // namespace lacuna

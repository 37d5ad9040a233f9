// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "study/case_outcome.h"

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace lacuna
{
  /** One run of the program, in a process of its own. */
  struct Task
  {
    std::string name, label;          ///< "case 7", "volume = 1 mL, grade = III"
    std::vector<std::string> command; ///< program and arguments
    std::filesystem::path run_folder, log, outcome;
    int after                 = -1; ///< index of a task that must be done before; -1 = none
    std::string known_failure = ""; ///< if it failed before and is not to be tried again
  };

  struct ScheduleOptions
  {
    unsigned int jobs = 1; ///< tasks at a time
    double time_limit = 0; ///< s, of one task; 0 = none
  };

  /** What happens while tasks run. */
  struct ScheduleEvents
  {
    std::function<void(const Task &, const CaseOutcome &)> ended;
    /** Now and then: how many run, and estimated seconds left (negative while unknown). */
    std::function<void(unsigned int running, double seconds_left)> waits;
    std::function<bool()> should_stop; ///< by a signal
  };

  /**
   * Runs all tasks, several at a time, each as soon as the task it comes after is done. Every
   * outcome is written when its task has ended; one that fails stops only those that come after it.
   * When it should stop, what runs is told to, and waited for. Nothing that was started outlives
   * this process. Returns the outcomes, in the order of the tasks.
   */
  std::vector<CaseOutcome> run_tasks(const std::vector<Task> &tasks, const ScheduleOptions &options,
                                     const ScheduleEvents &events);
} // namespace lacuna

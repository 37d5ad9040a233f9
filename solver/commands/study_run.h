// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "commands/study.h"
#include "output/log.h"
#include "study/plan.h"
#include "study/schedule.h"
#include "study/tasks.h"

#include <filesystem>
#include <string>
#include <vector>

namespace lacuna
{
  /** "1 case", "3 cases". */
  std::string count_text(std::size_t n, const std::string &what);

  /**
   * Runs the tasks and says what happens: on a terminal how far it has come and the time left,
   * elsewhere a line for every run that ends; failures always. Returns the exit status: 0 all are
   * done, 3 some failed, 4 stopped by a signal.
   */
  int run_and_tell(const std::vector<Task> &tasks, const ScheduleOptions &options, Log &log);

  /** With as many cases at a time as were asked for, or as there are processors for. */
  int run_and_tell(const std::vector<Task> &tasks, const StudyPlan &plan,
                   const StudyExecution &execution, Log &log);

  /** The wanted cases; the rest is for the caller to add. */
  TaskRequest request(const StudyPlan &plan, const std::filesystem::path &folder,
                      const std::vector<std::string> &only);

  /** A study starts its own processes. */
  void refuse_mpirun();

  Log::Screen screen(bool quiet);
} // namespace lacuna

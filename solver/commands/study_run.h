// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "output/log.h"
#include "study/schedule.h"

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
} // namespace lacuna

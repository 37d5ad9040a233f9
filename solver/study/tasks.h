// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "study/plan.h"
#include "study/schedule.h"

#include <filesystem>
#include <set>
#include <string>
#include <vector>

namespace lacuna
{
  /** Which runs of a study are wanted, and by what they are started. */
  struct TaskRequest
  {
    std::filesystem::path folder, program, mpirun; ///< mpirun: only for cases with several ranks
    std::set<unsigned int> cases, untreated;       ///< numbers
    std::set<unsigned int> changed; ///< cases that are finished, but with another input
    bool retry_failed = false;
  };

  /**
   * What is to be run: the wanted cases that are not finished, each after its untreated tissue, and
   * wanted untreated tissues, unless they are there. An untreated tissue that failed fails again
   * without being run, unless it is wanted itself or failures are to be tried again.
   */
  std::vector<Task> tasks_of(const StudyPlan &plan, const TaskRequest &request);

  /** Writes the outcomes of wanted runs that are done, where a kill came between results and
   * outcome. */
  void settle_outcomes(const StudyPlan &plan, const TaskRequest &request);
} // namespace lacuna

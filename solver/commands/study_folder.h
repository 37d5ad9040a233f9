// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "output/log.h"
#include "study/case_outcome.h"
#include "study/plan.h"

#include <filesystem>
#include <map>
#include <set>
#include <string>

namespace lacuna
{
  // The folder of a study: its plan, what has become of the cases, and the tables of results.

  void write_plan(const StudyPlan &plan, const std::filesystem::path &folder);

  /** The study as it was planned; its cases are not read again. */
  StudyPlan plan_as_recorded(const std::filesystem::path &folder);

  /** Numbers of the cases and of the untreated tissues by what has become of them. */
  struct StudyCounts
  {
    std::map<CaseOutcome::Status, std::set<unsigned int>> cases, untreated;
  };
  StudyCounts count_outcomes(const StudyPlan &plan, const std::filesystem::path &folder);

  /** "3 done, 1 failed": of the cases. */
  std::string summary_line(const StudyCounts &counts);

  /** Gathers the results of all cases into the tables. */
  void collect(const StudyPlan &plan, const std::filesystem::path &folder, Log &log);

  /** How many cases are done, and where the results are. */
  void say_end(const StudyPlan &plan, const std::filesystem::path &folder, Log &log);
} // namespace lacuna

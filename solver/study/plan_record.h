// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "study/plan.h"

#include <filesystem>
#include <string>
#include <vector>

// study.json: what was planned, for those who resume, gather and report.

namespace lacuna
{
  /** The text of study.json, schema 1. */
  std::string plan_text(const StudyPlan &plan, const std::string &version);

  /** What study.json tells of how a study was begun. */
  struct StudyRecord
  {
    std::filesystem::path study_file;
    std::vector<std::string> overrides;
    std::vector<PlannedCase> cases; ///< without their inputs
    std::vector<UntreatedTissue> untreated;
  };

  /** Throws UserError if the folder is not that of a study. */
  StudyRecord read_record(const std::filesystem::path &folder);

  /** The plan as it was made, without reading the cases again. */
  StudyPlan plan_of_record(StudyFile study, const StudyRecord &record);

  /** Gives cases that were planned before the numbers that they had then, and new ones new numbers.
   */
  void keep_numbers(StudyPlan &plan, const StudyRecord &record);
} // namespace lacuna

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "study/plan.h"

#include <filesystem>
#include <string>
#include <vector>

namespace lacuna
{
  /** One column of the results; cells are as they are written, "nan" or "" where there is no value.
   */
  struct ResultColumn
  {
    std::string name, unit; ///< unit: "" for texts and pure numbers
    std::vector<std::string> cells;

    /** The cells as numbers; empty if one of them is none. */
    std::vector<double> numbers() const;
  };

  /** One row per case: what was varied, what was asked with its numerical error
   * ("survivors error"; nan if it is not known), and the last row of its history. */
  struct StudyResults
  {
    std::vector<ResultColumn> columns;
    std::vector<std::string> warnings; ///< about answers whose quantity does not exist
  };

  /**
   * Gathers the results of all planned cases from their folders. Cases that are not done have no
   * values. Columns that only some cases have are empty in the others.
   */
  StudyResults gather_results(const StudyPlan &plan, const std::filesystem::path &folder);

  /** The text of results.csv. */
  std::string results_text(const StudyResults &results);
} // namespace lacuna

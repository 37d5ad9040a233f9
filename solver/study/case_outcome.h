// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "study/plan.h"

#include <filesystem>
#include <string>
#include <vector>

namespace lacuna
{
  /** How a run of a study ended. */
  struct CaseOutcome
  {
    enum class Status
    {
      waiting, ///< not run yet, or not to its end
      done,
      failed, ///< would fail again
      stopped ///< by a signal; it is run again
    };
    Status status   = Status::waiting;
    int exit_status = 0;
    std::string reason; ///< why it failed or stopped, or is less exact than was asked
    double seconds = 0;

    bool finished() const { return status == Status::done || status == Status::failed; }
  };

  /** Whether the run in this folder has come to its end, but with larger errors than its target
   * error (exit status 3). */
  bool missed_target(const std::filesystem::path &run_folder);

  /** "done", "failed", ... */
  std::string status_text(CaseOutcome::Status status);

  /** Replaces outcomes/NNNN.json as a whole. */
  void write_outcome(const std::filesystem::path &file, const std::string &of,
                     const CaseOutcome &outcome);

  /** What is known of a run: its outcome file, else what its own summary says; waiting if it has
   * no results. */
  CaseOutcome read_outcome(const std::filesystem::path &outcome_file,
                           const std::filesystem::path &run_folder);

  /** The same of a case, or of an untreated tissue, in the folder of a study. */
  CaseOutcome outcome_of_case(const std::filesystem::path &study_folder, unsigned int number);
  CaseOutcome outcome_of_untreated(const std::filesystem::path &study_folder, unsigned int number);

  /** Whether a run in this folder was made with another input (DIR/parameters.prm); not if there is
   * none, nor if `input` is empty. */
  bool input_changed(const std::filesystem::path &run_folder, const std::string &input);

  /** Finished cases whose input is not any more what it was when they ran, with a sentence about
   * the first. */
  struct ChangedCases
  {
    std::vector<unsigned int> numbers;
    std::string first;
  };
  ChangedCases changed_cases(const StudyPlan &plan, const std::filesystem::path &folder);
} // namespace lacuna

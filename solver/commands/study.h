// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace lacuna
{
  /** What is the same for a study that begins and one that goes on. */
  struct StudyExecution
  {
    unsigned int jobs = 0;         ///< cases at a time; 0 = as many as there are processors for
    std::vector<std::string> only; ///< which cases
    bool dry_run = false, quiet = false;
  };

  struct StudyOptions
  {
    std::filesystem::path file;
    std::vector<std::string> overrides;
    std::optional<std::filesystem::path> folder;
    bool overwrite = false;
    std::string to; ///< "slurm" or "snakemake": only plan, and write the files for it
    StudyExecution execution;
  };

  struct ResumeOptions
  {
    std::filesystem::path folder;
    unsigned int untreated = 0; ///< only this untreated tissue; 0 = cases
    bool retry_failed = false, accept_changes = false, collect = true;
    StudyExecution execution;
  };

  /** Which list of numbers `study status` prints instead of its page. */
  enum class StatusList
  {
    none,
    unfinished,
    unfinished_untreated,
    failed,
    failed_untreated
  };

  // Exit status: 0 all cases that were asked for are done, 3 some failed, 4 stopped by a signal.
  // They throw UserError; nothing is written then. No MPI: every case is a process of its own.

  /** Plans a study and runs its cases. */
  int run_study(const StudyOptions &options);

  /** Runs what is not finished. */
  int resume_study(const ResumeOptions &options);

  /** Prints what is done, failed and waiting. */
  int study_status(const std::filesystem::path &folder, StatusList list);

  /** Gathers the results into results.csv and results.h5. */
  int collect_study(const std::filesystem::path &folder);
} // namespace lacuna

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <filesystem>
#include <string>

namespace lacuna
{
  /** What a batch system needs to know of a planned study. */
  struct BatchPlan
  {
    /** The study's folder, which holds study.json. */
    std::filesystem::path folder;
    /** The program that computes the cases. */
    std::filesystem::path program;
    unsigned cases = 0, untreated = 0;
    /** MPI ranks of each case. */
    unsigned ranks = 1;
    /** Of one case; 0: none. */
    double time_limit_seconds = 0;
    /** The folder with one folder of templates per batch system, share/lacuna of an installation.
     */
    std::filesystem::path templates;
  };

  /**
   * Writes DIR/slurm or DIR/snakemake from the templates of that name, in subfolders as there. A
   * file whose name ends in ".in" loses that ending and gets its @NAMES@ replaced; other files are
   * copied. Scripts, which begin with #!, become executable. Nothing is written if a template is
   * wrong.
   *
   * @STUDY@ and @PROGRAM@ are absolute paths, quoted for the shell in .sh and .sbatch and in double
   * quotes elsewhere (Python, YAML); @CASES@, @UNTREATED@, @RANKS@ and @TIME_LIMIT@ are whole
   * numbers, the last in seconds.
   *
   * Throws UserError if there are no such templates or one of them is not understood, and
   * std::runtime_error if a file cannot be written.
   */
  void write_batch_files(const std::string &system, const BatchPlan &plan);
} // namespace lacuna

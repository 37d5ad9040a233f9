// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "output/numerical_error.h"
#include "output/step_record.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace lacuna
{
  /** How long one phase of the run took, over all ranks: the longest wall, the sum of the CPU
   * seconds. */
  struct PhaseSeconds
  {
    std::string name;
    double wall = 0, cpu = 0;
  };

  /** One of the runs that sought the target error: on which mesh, with which steps, and what it
   * cost. */
  struct TrialRecord
  {
    unsigned int refinements = 0;
    double tolerance         = 0; ///< of a step; of none in a steady run
    std::uint64_t unknowns = 0, steps = 0;
    double wall = 0, cpu = 0; ///< s
    std::string status;       ///< as that of a run
    std::string answer;       ///< whose error is the largest; empty if errors are not known
    double error = 0, space = 0, time = 0; ///< relative
  };

  /** What was asked of the numerical errors, and what became of it. */
  struct AccuracyRecord
  {
    double target = 0; ///< relative
    bool holds    = false;
    std::string obstacle; ///< what kept it from holding, as the second half of a sentence
    std::vector<TrialRecord> trials;
    std::size_t shown = 0; ///< the trial whose results these are
  };

  /** Everything that summary.json tells about a run besides its last record. */
  struct RunSummary
  {
    std::string title;
    std::string name;   ///< stem of the parameter file
    std::string status; ///< "done", "target missed", "not converged" or "interrupted"
    std::map<std::string, std::string> versions; ///< "Lacuna" -> "1.0.0", one per library and law
    std::map<std::string, std::string> model_choices; ///< "Solute balance" -> "pore water"
    std::vector<std::string> regions;                 ///< in the order of the field "region"
    unsigned int ranks  = 1;
    std::uint64_t cells = 0, unknowns = 0, points = 0;
    std::vector<PhaseSeconds> seconds;   ///< in the order in which the phases began
    double peak_memory_bytes        = 0; ///< sum over the ranks
    std::uint64_t newton_iterations = 0, linear_iterations = 0;
    std::uint64_t steps = 0, rejected_steps = 0;
    std::map<std::string, double>
        error_estimates; ///< quantity of interest with its unit -> estimate
    std::vector<std::string> warnings;
    std::vector<NumericalError> numerical_errors; ///< of `last`; empty if they are not known
    std::optional<AccuracyRecord> accuracy;       ///< of a run with a target error
    StepRecord last;
    std::optional<StepRecord> control;     ///< of the untreated disc at the same time
    std::filesystem::path control_summary; ///< or the summary of the run that computed it alone
  };

  /**
   * The text of summary.json, schema 1 (contrib/schema/summary.schema.json). What has no value is
   * null: a surviving fraction of nothing, the error of nothing. With a control, "control" holds
   * its quantities, populations and balance, and "differences" treated minus untreated.
   */
  std::string summary_text(const RunSummary &summary);

  /** Replaces the file as a whole. Throws std::runtime_error. */
  void write_summary(const std::filesystem::path &file, const RunSummary &summary);
} // namespace lacuna

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

  /** Everything that summary.json tells about a run besides its last record. */
  struct RunSummary
  {
    std::string title;
    std::string name;                            ///< stem of the parameter file
    std::string status;                          ///< "done", "not converged" or "interrupted"
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

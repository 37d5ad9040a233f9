// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "commands/run_outcome.h"
#include "config/case.h"
#include "output/log.h"
#include "output/summary.h"

#include <mpi.h>

#include <chrono>
#include <functional>
#include <optional>
#include <string>

namespace lacuna
{
  /** What a run computed; the summary is complete on rank 0. */
  struct Computed
  {
    RunOutcome outcome = RunOutcome::done;
    RunSummary summary;
  };

  /** When a trial must end, whether it has come to its end or not. */
  using Deadline = std::optional<std::chrono::steady_clock::time_point>;

  /** Computes the trial of that number, from 1, into the folder that its case names; ends as
   * interrupted where the deadline passes. Collective. */
  using ComputeTrial =
      std::function<Computed(const Case &trial, unsigned int number, const Deadline &deadline)>;

  /**
   * Computes a case on finer and finer meshes with shorter and shorter steps (next_trial) until the
   * numerical errors of its answers are as small as Accuracy/Target error asks, or until that is
   * too much. What the last finished trial wrote is moved from "trial N" to the folder of the case
   * at the end, and the others are removed, so that a run that is killed leaves what the trials
   * before have found. Collective.
   */
  Computed run_to_target(const Case &input, const ComputeTrial &compute, Log &log,
                         MPI_Comm communicator);

  /** "Trial 2: 1 refinement, tolerance of a step 0.005". */
  std::string title_of_trial(const Case &trial, unsigned int number);

  /** What was reached, or what was in the way, and what it cost. */
  std::string sentence_on(const AccuracyRecord &accuracy);
} // namespace lacuna

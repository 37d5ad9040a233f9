// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <string>

namespace lacuna
{
  /** How a run ended. */
  enum class RunOutcome
  {
    done,
    target_missed, ///< its answers are less exact than was asked
    not_converged,
    out_of_time, ///< of a trial, whose results nobody sees
    interrupted
  };

  /** As summary.json says it. */
  inline std::string status_text(RunOutcome outcome)
  {
    return outcome == RunOutcome::done            ? "done"
           : outcome == RunOutcome::target_missed ? "target missed"
           : outcome == RunOutcome::not_converged ? "not converged"
           : outcome == RunOutcome::out_of_time   ? "out of time"
                                                  : "interrupted";
  }

  inline int exit_status(RunOutcome outcome)
  {
    return outcome == RunOutcome::done ? 0 : outcome == RunOutcome::interrupted ? 4 : 3;
  }
} // namespace lacuna

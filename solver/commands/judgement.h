// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "output/step_record.h"
#include "transport/simulation.h"

#include <string>
#include <vector>

namespace lacuna
{
  /**
   * Holds what was recorded against what every answer must fulfil: the mass balance of every mobile
   * species closes, none that laws consume is negative by more than a tenth of its largest value,
   * and derived quantities stay where their closures mean something. Throws ConvergenceError, with
   * species, place and size. For rank 0, which alone has all of it.
   */
  void judge(const Simulation &simulation, const StepRecord &step);

  /** What does not make an answer worthless, but should not be: balances of which more is missing
   * than rounding and the default tolerances leave. */
  std::vector<std::string> doubts_on(const StepRecord &step);
} // namespace lacuna

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "output/step_record.h"
#include "transport/simulation.h"

namespace lacuna
{
  /**
   * Holds what was recorded against what every answer must fulfil: the mass balance of every mobile
   * species closes, and derived quantities stay where their closures mean something. Throws
   * ConvergenceError, with species, place and size. For rank 0, which alone has all of it.
   */
  void judge(const Simulation &simulation, const StepRecord &step);
} // namespace lacuna

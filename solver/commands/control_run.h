// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "transport/simulation.h"

// The untreated tissue that an earlier run computed alone (Control = only), shared by cases that
// differ in their doses only.

namespace lacuna
{
  /** Throws UserError unless that run is finished and has the input of this case but for the doses.
   */
  void check_control_run(const Case &input);

  /** Gives a simulation the initial state of its control run. Collective; throws UserError. */
  void begin_as_control_run(Simulation &treated);

  /** Copies the history of the untreated tissue beside that of the treated one. */
  void take_control_history(const Case &input);
} // namespace lacuna

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "species/run_state.h"
#include "species/state_layout.h"

#include <optional>

namespace lacuna
{
  /**
   * Holds a case that goes on from a finished run against that run: every species and dose of the
   * run must have its place in the case, and every species of the case its values in the run,
   * unless the case says otherwise (Left behind, Begun anew). The doses that the run has given
   * become given doses of the case. Nothing for other cases. Throws one UserError that names all
   * that does not fit.
   */
  void plan_continuation(Case &input);

  /** The state of that finished run, on this mesh; none for other cases. Collective. Throws
   * UserError. */
  std::optional<RunState> state_to_continue(const Case &input, const StateLayout &layout);
} // namespace lacuna

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "species/field.h"
#include "species/species.h"
#include "transport/immobile_update.h"

#include <vector>

namespace lacuna
{
  /** Which equation is solved: a steady state, or one stage of a time step. */
  struct Equation
  {
    double alpha = 0;          ///< 1/s, what multiplies the storage; 0 for a steady state
    ConstNodeView predictor;   ///< concentration from which storage counts, if alpha > 0
    double time       = 0;     ///< s, at which the equation holds
    bool before_jump  = false; ///< of the boundary tables at `time`
    double slope_time = 0;     ///< s, at which the tables' slopes are taken: the start of the step
    /** Moving cells stay as they are, like all others in a steady state. */
    bool populations_held = false;
    ImmobileUpdate::Start immobile;
    /** [mobile species], mol/s: Imbalance::magnitude at the first guess, if there is one. A
     * solution that vanishes has no scale of its own: it is found when it is 1e-18 of this. */
    std::vector<double> magnitude_at_guess;

    /** Cells that could move, in an equation that holds them where they are. */
    bool holds(const Species &species) const { return populations_held && species.moves; }

    /** A boundary value at the time of the equation. */
    double value(const TimeTable &table) const
    {
      return before_jump ? table.before(time) : table.at(time);
    }
  };
} // namespace lacuna

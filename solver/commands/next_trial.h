// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "commands/relative_error.h"
#include "config/case.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace lacuna
{
  /** On which mesh and with which steps a case is tried. */
  struct Trial
  {
    unsigned int refinements = 0; ///< of all coarse cells
    double tolerance         = 0; ///< of a step
  };

  /** A trial that was computed, what it cost, and what it reached. */
  struct TriedTrial
  {
    Trial trial;
    std::uint64_t unknowns = 0, steps = 0;
    double wall = 0, cpu = 0;          ///< s
    std::vector<RelativeError> errors; ///< of the answers; empty if they are not known
  };

  /** What the next trial may need at most. */
  struct TrialLimits
  {
    double unknowns, seconds;
  };

  /** The next trial, or what is in its way. */
  struct NextTrial
  {
    std::optional<Trial> trial;
    std::string obstacle; ///< the second half of a sentence
  };

  /** Whether all answers are as exact as is asked. */
  bool holds(const TriedTrial &last, double target);

  /**
   * What to try after a trial whose errors do not hold. Where the answer that is furthest off owes
   * most to the mesh, that is refined, else the tolerance of steps is tightened; both, where the
   * smaller part alone is more than half of what is asked. A mesh is skipped only if errors that
   * fall with the third power of the cells' length would still be too large on it: a trial that is
   * too coarse costs an eighth of the next one, one that is too fine eight times as much.
   */
  NextTrial next_trial(const TriedTrial &last, const AccuracySettings &wanted,
                       const TrialLimits &limits);
} // namespace lacuna

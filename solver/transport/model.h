// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "laws/reaction.h"
#include "species/storage.h"
#include "transport/level.h"

#include <vector>

namespace lacuna
{
  /** [mobile species]: the largest value that the file gives it; 0 where it gives none. */
  std::vector<double> typical_values(const Case &input, const SpeciesTable &species);

  /** The species and laws of a case on one level of its mesh: what does not change during a run.
   * One object per case (and one for its control). */
  struct Model
  {
    Model(const Case &input, const SpeciesTable &species, Level &level,
          const std::vector<const Law *> &laws);
    Model(const Model &)            = delete; // parts of it refer to each other
    Model &operator=(const Model &) = delete;

    const Case &input;
    const SpeciesTable &species;
    Level &level;
    const StateLayout &layout;
    const PointProperties &points;
    const std::vector<DerivedQuantity> derived;
    const Medium medium;
    const Storage storage;
    const std::vector<const Law *> laws;
    const Reaction reaction;
    const std::vector<double> typical; ///< typical_values()
    const std::vector<double> scale;   ///< [mobile species]: a typical value, or 1, for norms
  };
} // namespace lacuna

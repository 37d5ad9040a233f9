// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "species/species.h"
#include "species/state.h"
#include "species/state_layout.h"

#include <filesystem>

namespace lacuna
{
  /**
   * The state of a run, as a start for another: the last in DIR/state.bin; the first in
   * DIR/start.bin, if the run is a control for others. A line of JSON (names of the species,
   * counts), then for every node its position and mobile species, for every point its node's
   * position, region and immobile species, all as little-endian doubles in SI. Nodes are known by
   * position, so the number of ranks may differ.
   */
  void write_state(const std::filesystem::path &file, const StateLayout &layout,
                   const SpeciesTable &species, const State &state);

  /**
   * Reads the species that both runs know; others keep what `state` holds. Throws UserError on all
   * ranks if there is no such file or it belongs to another mesh. Collective.
   */
  void read_state(const std::filesystem::path &file, const StateLayout &layout,
                  const SpeciesTable &species, State &state);
} // namespace lacuna

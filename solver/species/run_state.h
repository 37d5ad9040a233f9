// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "species/species.h"
#include "species/state.h"

#include <nlohmann/json.hpp>

#include <map>
#include <string>
#include <vector>

namespace lacuna
{
  /**
   * What a run has to know to be gone on with, as named parts. Each owner writes a part of its own
   * and reads it back: the tissue (below), the doses (Dosing), the tallies of cells (RecordMaker).
   * A new piece of state is a new entry of its owner's part; what a file of states holds is their
   * list.
   */
  struct RunState
  {
    /** A field on this rank, under the name "PART/ENTRY". */
    using Columns = std::map<std::string, std::vector<double>>;

    std::map<std::string, nlohmann::json> parts;
    Columns nodes;  ///< of owned nodes
    Columns points; ///< of reaction points
  };

  /** What a saved tissue says of one of its species. */
  struct SavedSpecies
  {
    std::string name, population, unit;
    bool mobile = false;
  };

  /** Part "tissue": time, species, all their values, and the tally of the dead. */
  void save_tissue(const SpeciesTable &species, const State &state, RunState &saved);
  std::vector<SavedSpecies> saved_species(const RunState &saved);

  /** Sets the values of the species that were saved under the same name, but for `except`; others,
   * and the time, stay as they are. */
  void restore_tissue(const RunState &saved, const SpeciesTable &species,
                      const std::vector<std::string> &except, State &state);
} // namespace lacuna

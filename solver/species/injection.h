// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "species/bolus.h"
#include "species/species.h"
#include "species/state.h"
#include "species/storage.h"

#include <vector>

namespace lacuna
{
  /** What becomes of a dose with the shares that its settings give. */
  Delivery deliver(const InjectionSettings &injection);

  /**
   * Adds the dose and mixes the carrier with the pore water (by volumes, where its composition
   * differs from the tissue's). Returns the amounts of the mobile species that came in (mol, all
   * ranks; a diluting carrier counts negative).
   */
  std::vector<double> inject(const InjectionSettings &injection, const Bolus &bolus,
                             const Delivery &delivery, const SpeciesTable &species,
                             const StateLayout &layout, const std::vector<double> &porosity,
                             const Storage &storage, State &state);
} // namespace lacuna

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "output/step_record.h"
#include "species/derived_quantity.h"
#include "species/species.h"

#include <vector>

// What will be recorded of a case: names and units, all values zero. Known before anything is run.

namespace lacuna
{
  /** All species and derived quantities in the order of the output files. */
  std::vector<QuantityRecord> outline_quantities(const SpeciesTable &species,
                                                 const std::vector<DerivedQuantity> &derived);

  /** One record for the residents and one for each dose of every population of cells. */
  std::vector<DoseRecord> outline_doses(const SpeciesTable &species, const Case &input);

  /** One record for every mobile species; in a steady state the amounts are rates. */
  std::vector<BalanceRecord> outline_balance(const SpeciesTable &species, const Case &input);

  /** Everything that is recorded of a step; without injections: of the untreated control. */
  StepRecord outline(const Case &input, bool with_injections);
} // namespace lacuna

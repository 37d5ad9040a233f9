// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "output/record_outline.h"

namespace lacuna
{
  std::vector<QuantityRecord> outline_quantities(const SpeciesTable &species,
                                                 const std::vector<DerivedQuantity> &derived)
  {
    std::vector<QuantityRecord> records;
    const auto add = [&](const Species &added)
    {
      const bool has_amount = added.basis != Basis::per_cell;
      records.push_back({added.name, added.unit, has_amount ? added.amount_unit : "", {}, {}});
    };
    for (const Species &mobile : species.mobile)
      add(mobile);
    for (const DerivedQuantity &quantity : derived)
      records.push_back({quantity.name, quantity.unit, "", {}, {}});
    for (const Species &immobile : species.immobile)
      add(immobile);
    return records;
  }

  std::vector<DoseRecord> outline_doses(const SpeciesTable &species, const Case &input)
  {
    std::vector<DoseRecord> records;
    for (unsigned int v = 0; v < species.n_variables(); ++v)
    {
      const Species &cells = species.variable(v);
      if (!cells.cells)
        continue;
      DoseRecord record;
      record.population = cells.population;
      record.dose =
          cells.dose == Species::no_dose ? "residents" : input.injections.at(cells.dose).name;
      records.push_back(record);
    }
    return records;
  }

  std::vector<BalanceRecord> outline_balance(const SpeciesTable &species, const Case &input)
  {
    std::vector<BalanceRecord> records;
    for (const Species &mobile : species.mobile)
    {
      BalanceRecord record;
      record.species = mobile.name;
      record.unit    = mobile.amount_unit + (input.time.steady ? "/s" : "");
      records.push_back(record);
    }
    return records;
  }

  StepRecord outline(const Case &input, const bool with_injections)
  {
    const SpeciesTable species = make_species(input, with_injections);
    StepRecord step;
    step.quantities = outline_quantities(species, make_derived_quantities(input, species));
    for (QuantityRecord &quantity : step.quantities)
      quantity.regions.resize(input.geometry.regions().size());
    step.doses   = outline_doses(species, input);
    step.balance = outline_balance(species, input);
    return step;
  }
} // namespace lacuna

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "species/species.h"

#include "config/quantity.h"
#include "config/user_error.h"

#include <algorithm>
#include <stdexcept>

namespace lacuna
{
  namespace
  {
    Species make_solute(const Case &input, const SoluteSettings &solute)
    {
      Species species;
      species.name = species.population = solute.name;
      species.unit                      = solute.name == "oxygen" ? "kPa" : "mM";
      species.unit_factor   = solute.name == "oxygen" ? 1e3 * input.oxygen_solubility : 1;
      species.amount_unit   = "nmol";
      species.amount_factor = 1e-9;
      species.basis         = Basis::pore_water;
      species.diffusivity   = solute.diffusivity_in_water;
      species.hindrance     = DeclaredSpecies::Hindrance::mackie_meares;
      species.initial       = solute.initial;
      return species;
    }

    Species make_population(const std::string &name)
    {
      Species species;
      species.name = species.population = name;
      species.unit                      = "1/mL";
      species.unit_factor               = 1e6;
      species.amount_unit               = "cells";
      species.cells                     = true;
      return species;
    }

    Species make_owned(const DeclaredSpecies &declared)
    {
      Species species;
      species.name = species.population = declared.name;
      species.unit                      = declared.unit;
      species.unit_factor               = si_factor(declared.unit);
      // A count per volume is counted, a share of volume is a volume, anything else an amount of
      // substance.
      const bool counted    = same_dimension(declared.unit, "1/mL");
      const bool pure       = same_dimension(declared.unit, "1");
      const bool mass       = same_dimension(declared.unit, "ng/mL");
      species.amount_unit   = counted ? "1" : pure ? "mL" : mass ? "ng" : "nmol";
      species.amount_factor = counted ? 1 : pure ? 1e-6 : mass ? 1e-12 : 1e-9;
      species.basis         = declared.basis;
      species.diffusivity   = declared.diffusivity;
      species.hindrance     = declared.hindrance;
      species.radius        = declared.radius;
      species.initial       = declared.initial * species.unit_factor;
      species.decay         = declared.decay;
      return species;
    }

    bool has_density(const PopulationSettings &population)
    {
      return std::any_of(population.density.begin(), population.density.end(),
                         [](const auto &density) {
                           return density.second.constant != 0 ||
                                  !density.second.expression.empty();
                         });
    }

    /**
     * The residents and one instance per dose. A population without residents and without doses has
     * an instance too, into which laws may bring cells.
     */
    void add_instances(SpeciesTable &table, const Case &input, const PopulationSettings &population)
    {
      const auto &injections = input.injections;
      const bool injected =
          std::any_of(injections.begin(), injections.end(),
                      [&](const auto &dose) { return dose.species == population.name; });
      const bool moves =
          std::any_of(input.laws.begin(), input.laws.end(),
                      [&](const LawSettings &law) {
                        return std::count(law.moves.begin(), law.moves.end(), population.name) > 0;
                      });
      const auto add = [&](Species species)
      {
        species.moves = moves;
        (moves ? table.mobile : table.immobile).push_back(species);
      };
      if (has_density(population) || !injected)
        add(make_population(population.name));
      for (unsigned int k = 0; k < injections.size(); ++k)
        if (injections[k].species == population.name && (table.treated || injections[k].given))
        {
          Species species      = make_population(population.name);
          species.name         = population.name + ", " + injections[k].name;
          species.dose         = static_cast<int>(k);
          species.time_of_dose = injections[k].time;
          add(species);
        }
    }

    void add_per_cell(SpeciesTable &table, const DeclaredSpecies &declared)
    {
      for (const unsigned int host : table.instances(declared.population))
      {
        const Species cells = table.variable(host);
        if (cells.moves)
          throw UserError("'" + declared.name + "' is counted inside cells of '" +
                          cells.population +
                          "', which a law moves; what is inside moving cells is not followed, so "
                          "remove one of the two laws.");
        Species species         = make_owned(declared);
        species.cell_population = cells.name;
        species.dose            = cells.dose;
        species.time_of_dose    = cells.time_of_dose;
        if (cells.dose != Species::no_dose)
          species.name += cells.name.substr(cells.population.size());
        table.immobile.push_back(species);
      }
    }
  } // namespace

  int SpeciesTable::find_mobile(const std::string &name) const
  {
    const auto found = std::find_if(mobile.begin(), mobile.end(),
                                    [&](const Species &s) { return s.name == name; });
    return found == mobile.end() ? -1 : static_cast<int>(found - mobile.begin());
  }

  std::vector<unsigned int> SpeciesTable::instances(const std::string &population) const
  {
    std::vector<unsigned int> result;
    for (unsigned int v = 0; v < n_variables(); ++v)
      if (variable(v).population == population)
        result.push_back(v);
    return result;
  }

  const Species &SpeciesTable::find(const std::string &name) const
  {
    for (const auto *species : {&mobile, &immobile})
      for (const Species &entry : *species)
        if (entry.name == name)
          return entry;
    throw std::logic_error("no species '" + name + "'");
  }

  unsigned int SpeciesTable::injected_by(const InjectionSettings &injection) const
  {
    const std::string dose = injection.species + ", " + injection.name;
    for (const std::string &name : {dose, injection.species})
      for (unsigned int v = 0; v < n_variables(); ++v)
        if (variable(v).name == name)
          return v;
    throw std::logic_error("no species '" + injection.species + "'");
  }

  SpeciesTable make_species(const Case &input, bool with_injections)
  {
    SpeciesTable table;
    table.treated = with_injections;
    for (const auto &solute : input.solutes)
      table.mobile.push_back(make_solute(input, solute));
    for (const auto &population : input.populations)
      add_instances(table, input, population);
    for (const auto &law : input.laws)
      for (const auto &declared : law.species)
        if (declared.mobile)
          table.mobile.push_back(make_owned(declared));
        else if (declared.basis == Basis::per_cell)
          add_per_cell(table, declared);
        else
          table.immobile.push_back(make_owned(declared));
    return table;
  }
} // namespace lacuna

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "laws/declared_species.h"

#include "config/quantity.h"
#include "config/user_error.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstring>
#include <string>

namespace lacuna
{
  namespace
  {
    /** A plugin that knows less fills less: what it does not know begins as zero. */
    lacuna_species completed(const lacuna_species &given)
    {
      lacuna_species result = {};
      std::memcpy(&result, &given, std::min<std::size_t>(given.size, sizeof(result)));
      return result;
    }

    /** Free diffusion of a sphere in water at 37 degC (m^2/s). */
    double stokes_einstein(double radius)
    {
      constexpr double boltzmann = 1.380649e-23, temperature = 310.15, viscosity = 6.913e-4;
      return boltzmann * temperature / (6 * 3.14159265358979323846 * viscosity * radius);
    }

    void describe_transport(const lacuna_species &given, DeclaredSpecies &species)
    {
      using Hindrance   = DeclaredSpecies::Hindrance;
      using Supply      = DeclaredSpecies::Supply;
      species.hindrance = given.hindrance == LACUNA_HINDRANCE_MACKIE_MEARES
                              ? Hindrance::mackie_meares
                          : given.hindrance == LACUNA_HINDRANCE_OGSTON ? Hindrance::ogston
                                                                       : Hindrance::none;
      species.radius    = 1e-9 * given.radius;
      if (species.hindrance == Hindrance::ogston && !(species.radius > 0))
        throw UserError(
            "gives '" + species.name +
            "' no radius, by which fibres would hinder it; write of_size(radius in nm).");
      species.diffusivity =
          std::isnan(given.diffusivity)
              ? stokes_einstein(species.radius)
              : given.diffusivity * conversion_factor(given.diffusivity_unit, "m^2/s");
      if (!(species.diffusivity >= 0))
        throw UserError("gives '" + species.name + "' the diffusivity " +
                        shortest(given.diffusivity) + " " + given.diffusivity_unit +
                        ", which must not be negative.");
      species.supply       = given.supply == LACUNA_SUPPLY_FIXED      ? Supply::fixed
                             : given.supply == LACUNA_SUPPLY_EXCHANGE ? Supply::exchange
                                                                      : Supply::closed;
      species.supply_value = given.supply_value;
      species.exchange     = given.exchange;
    }
  } // namespace

  DeclaredSpecies describe_species(const lacuna_species &partly_given, const lacuna_plugin &plugin)
  {
    const lacuna_species given = completed(partly_given);
    if (given.name == nullptr || *given.name == 0)
      throw UserError("declares a species without a name.");
    DeclaredSpecies species;
    species.name    = given.name;
    species.unit    = given.unit;
    species.meaning = given.meaning == nullptr ? "" : given.meaning;
    species.mobile  = given.mobile != 0;
    species.basis   = given.basis == LACUNA_BASIS_PORE_WATER ? Basis::pore_water
                      : given.basis == LACUNA_BASIS_PER_CELL ? Basis::per_cell
                                                             : Basis::tissue;
    if (species.basis == Basis::per_cell)
    {
      if (given.population == nullptr || *given.population == 0)
        throw UserError("counts '" + species.name + "' per cell but names no population.");
      species.population = given.population;
    }
    species.initial = given.initial;
    species.decay   = given.decay / si_factor(plugin.time_unit);
    if (!(given.decay >= 0))
      throw UserError("lets '" + species.name + "' decay at the rate " + shortest(given.decay) +
                      " 1/" + plugin.time_unit + ", which must not be negative.");
    if (species.mobile)
      describe_transport(given, species);
    return species;
  }
} // namespace lacuna

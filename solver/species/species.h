// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "config/case.h"

#include <string>
#include <vector>

namespace lacuna
{
  /**
   * Anything that lives in the tissue: a solute, a cell population, vesicles, what a cell has taken
   * up. A population has one instance per dose, and one for its residents; each instance is a
   * species of its own with its own age.
   */
  struct Species
  {
    static constexpr int no_dose = -1;

    std::string name;         ///< "glucose", "NP cells", "NPMSC, dose 1"
    std::string population;   ///< what laws call it: "glucose", "NPMSC"
    std::string unit;         ///< of presentation: "mM", "kPa", "1/mL"
    double unit_factor = 1;   ///< value[SI] = unit_factor * value[unit]; oxygen by Henry's law
    std::string amount_unit;  ///< of the integral: "nmol", "cells"
    double amount_factor = 1; ///< amount[SI] = amount_factor * amount[amount_unit]
    Basis basis          = Basis::tissue;
    bool cells           = false;   ///< a population: its losses are kept as a tally of dead cells
    bool moves           = false;   ///< cells that a law moves: they live at nodes, like a solute
    int dose             = no_dose; ///< index of the injection that makes this instance
    double time_of_dose  = 0;       ///< s
    std::string cell_population; ///< for Basis::per_cell: name of the species whose cells hold it
    double diffusivity =
        0; ///< m^2/s, mobile species: in water, or in the tissue if nothing hinders
    DeclaredSpecies::Hindrance hindrance = DeclaredSpecies::Hindrance::none;
    double radius                        = 0; ///< m, of what fibres hinder
    double initial                       = 0; ///< SI
    double decay                         = 0; ///< 1/s, first-order
  };

  /** All species of a case: the mobile ones live at nodes, the immobile ones at reaction points.
   * Together, in this order, they are the *variables* of a point. */
  struct SpeciesTable
  {
    std::vector<Species> mobile, immobile;
    /** With the injections of the case; else its control, which has those alone that were given
     * before it begins. */
    bool treated = true;

    unsigned int n_variables() const { return mobile.size() + immobile.size(); }
    const Species &variable(unsigned int v) const
    {
      return v < mobile.size() ? mobile[v] : immobile[v - mobile.size()];
    }

    /** Index of the mobile species of that name, or -1. */
    int find_mobile(const std::string &name) const;
    /** The variables that are instances of a population, or of a per-cell species, by the name that
     * laws use. */
    std::vector<unsigned int> instances(const std::string &population) const;
    /** The species of that name; it must exist. */
    const Species &find(const std::string &name) const;
    /** The variable that an injection adds to: "NPMSC, dose 1" for cells, else the injected species
     * itself. */
    unsigned int injected_by(const InjectionSettings &injection) const;
  };

  /** Makes the table; without injections for the untreated control. */
  SpeciesTable make_species(const Case &input, bool with_injections);
} // namespace lacuna

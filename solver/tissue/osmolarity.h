// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "config/tissue_settings.h"

namespace lacuna
{
  /** Ions of the pore water in ideal Donnan equilibrium with a bath of sodium chloride. */
  struct DonnanEquilibrium
  {
    double cation, anion; ///< mol/m^3 of pore water
    double ratio;         ///< anion / bath, the co-ion partition ratio r_D
    double potential;     ///< V, inside against the bath
    double pressure;      ///< Pa, ideal osmotic pressure difference
    double total() const { return cation + anion; }
  };

  /**
   * Solves c+ = c- + F and c+ c- = c*^2 for the fixed charge density F (mol/m^3 of pore water,
   * counted positive though the charge is negative) and the bath concentration c* (mol/m^3).
   * Temperature in K.
   */
  DonnanEquilibrium donnan_equilibrium(double fixed_charge, double bath,
                                       double temperature = 310.15);

  /**
   * Osmolarity of the pore water without its transported solutes (mol/m^3 = mOsm/L): ions in Donnan
   * equilibrium times the osmotic coefficient, plus other osmolytes. Glucose and the lactate in
   * excess of the blood's are added by the caller, since they are fields.
   */
  double ionic_osmolarity(const OsmolaritySettings &settings, double fixed_charge);
} // namespace lacuna

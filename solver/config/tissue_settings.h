// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "config/field_setting.h"

#include <map>
#include <string>

namespace lacuna
{
  struct RegionTissue
  {
    FieldSetting porosity;
    FieldSetting fixed_charge_density;         ///< mol/m^3 pore water
    std::map<std::string, double> diffusivity; ///< m^2/s in pore water, for species given outright
  };

  enum class SoluteBalance
  {
    pore_water,
    tissue,
    tissue_oxygen_by_porosity
  };

  struct AciditySettings
  {
    double intercept = 7.4, slope = -1 / 11.11; ///< pH = intercept + slope * lactate[mM]
  };

  struct OsmolaritySettings
  {
    double bath_salt = 150, osmotic_coefficient = 0.93, others = 12,
           blood_lactate = 0.8; ///< mol/m^3
  };
} // namespace lacuna

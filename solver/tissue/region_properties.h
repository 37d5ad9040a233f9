// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "config/tissue_settings.h"
#include "tissue/property.h"

#include <map>
#include <string>
#include <vector>

namespace lacuna
{
  /** What one region is made of, evaluable anywhere in it. */
  struct RegionProperties
  {
    Property porosity;
    Property fixed_charge;                     ///< mol/m^3 of pore water
    std::map<std::string, double> diffusivity; ///< m^2/s, of species given outright
  };

  /** In the order of `regions`. */
  std::vector<RegionProperties>
  make_region_properties(const std::map<std::string, RegionTissue> &tissue,
                         const std::vector<std::string> &regions);
} // namespace lacuna

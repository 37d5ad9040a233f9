// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "tissue/region_properties.h"

namespace lacuna
{
  std::vector<RegionProperties>
  make_region_properties(const std::map<std::string, RegionTissue> &tissue,
                         const std::vector<std::string> &regions)
  {
    std::vector<RegionProperties> result;
    for (const auto &region : regions)
    {
      const RegionTissue &settings = tissue.at(region);
      result.push_back({make_property(settings.porosity),
                        make_property(settings.fixed_charge_density), settings.diffusivity});
    }
    return result;
  }
} // namespace lacuna

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "tissue/region_properties.h"

namespace lacuna
{
  std::vector<RegionProperties> make_region_properties(const Case &input,
                                                       const std::vector<std::string> &regions)
  {
    std::vector<RegionProperties> result;
    for (const auto &region : regions)
    {
      const RegionTissue &tissue = input.tissue.at(region);
      result.push_back({make_property(tissue.porosity), make_property(tissue.fixed_charge_density),
                        tissue.diffusivity});
    }
    return result;
  }
} // namespace lacuna

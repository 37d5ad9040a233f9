// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "species/point_properties.h"

#include "species/state_layout.h"

namespace lacuna
{
  PointProperties make_point_properties(const StateLayout &layout,
                                        const std::vector<RegionProperties> &tissue,
                                        const std::vector<DerivedQuantity> &derived)
  {
    PointProperties result;
    result.derived_base.resize(derived.size());
    for (unsigned int p = 0; p < layout.n_points(); ++p)
    {
      const Coordinates &x           = layout.node_position[layout.point_node[p]];
      const RegionProperties &region = tissue[layout.point_region[p]];
      result.x.push_back(x[0]);
      result.y.push_back(x[1]);
      result.z.push_back(x[2]);
      result.porosity.push_back(region.porosity(x));
      result.fixed_charge.push_back(region.fixed_charge(x));
      for (unsigned int d = 0; d < derived.size(); ++d)
        result.derived_base[d].push_back(derived[d].base(result.fixed_charge.back()));
    }
    return result;
  }
} // namespace lacuna

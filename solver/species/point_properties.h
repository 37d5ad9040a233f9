// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "species/derived_quantity.h"
#include "tissue/region_properties.h"

#include <cstdint>
#include <string>
#include <vector>

namespace lacuna
{
  /** What is fixed at each reaction point: contiguous arrays over points. SI. */
  struct PointProperties
  {
    std::vector<double> x, y, z;
    std::vector<double> porosity, fixed_charge;
    std::vector<std::vector<double>> derived_base; ///< [derived quantity][point]
    std::vector<double> weight;                    ///< m^3
    std::vector<std::uint8_t> region;              ///< index in `regions`
    std::vector<std::vector<double>> face_area;    ///< [face][point], m^2: the point's share of it
    std::vector<double> whole_face_area;           ///< [face], m^2, all ranks
    std::vector<std::string> regions, faces;       ///< their names
  };

  struct StateLayout;

  /** Evaluates the regions' properties at every reaction point of this rank. Collective. */
  PointProperties make_point_properties(const StateLayout &layout,
                                        const std::vector<RegionProperties> &tissue,
                                        const std::vector<DerivedQuantity> &derived);
} // namespace lacuna

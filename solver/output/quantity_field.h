// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "output/step_record.h"
#include "species/derived_quantity.h"
#include "species/medium.h"
#include "species/point_properties.h"
#include "species/state.h"
#include "species/state_layout.h"

#include <string>
#include <vector>

namespace lacuna
{
  /** A field at all reaction points, in the unit of presentation. */
  struct QuantityField
  {
    std::string name, unit;
    std::string amount_unit;     ///< of its integral; empty where there is no amount (pH)
    std::vector<double> values;  ///< [point]
    std::vector<double> amounts; ///< [point], in amount_unit; empty where there is none

    std::string label() const { return unit == "1" ? name : name + " [" + unit + "]"; }
  };

  /** All species and derived quantities of a state, in the order of the output files. */
  std::vector<QuantityField> make_quantity_fields(const StateLayout &layout,
                                                  const SpeciesTable &species, const Medium &medium,
                                                  const std::vector<DerivedQuantity> &derived,
                                                  const PointProperties &points,
                                                  const State &state);

  /** Extremes, means and amounts per region and as a whole. Collective; the result is complete on
   * rank 0. */
  std::vector<QuantityRecord> make_statistics(const StateLayout &layout,
                                              const std::vector<QuantityField> &fields);
} // namespace lacuna

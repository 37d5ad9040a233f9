// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "species/state.h"
#include "transport/model.h"

#include <vector>

namespace lacuna
{
  /** The smallest box along the axes that holds a region (m). */
  struct BoundingBox
  {
    Coordinates low, high;
    double smallest_extent() const;
  };

  /** One box per region, over all ranks. Collective. */
  std::vector<BoundingBox> bounding_boxes(const StateLayout &layout);

  /**
   * Thiele numbers, [region][mobile species]: uptake at a state against diffusive supply across
   * half of the region's smallest extent, sqrt(R h^2 / (D c)), where the region takes up most; 0
   * where there is no uptake. Collective.
   */
  std::vector<std::vector<double>> thiele_numbers(const Model &model, const State &state);
} // namespace lacuna

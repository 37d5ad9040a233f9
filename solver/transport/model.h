// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "laws/reaction.h"
#include "transport/diffusion.h"

#include <vector>

namespace lacuna
{
  /** What does not change during a run: where, of what, which laws. One object per case (and one
   * for its control). */
  struct Model
  {
    Model(const Case &input, const SpeciesTable &species, const StateLayout &layout,
          const std::vector<const Law *> &laws);

    const Case &input;
    const SpeciesTable &species;
    const StateLayout &layout;
    const std::vector<RegionProperties> tissue; ///< in the order of the geometry's regions
    const std::vector<DerivedQuantity> derived;
    PointProperties points;
    std::vector<double> storage; ///< [owned node][mobile species]: m^3 per amount concentration
    Diffusion diffusion;
    Reaction reaction;
    std::vector<double> scale; ///< [mobile species]: a typical concentration, for norms
    const double volume;       ///< m^3 of tissue, all ranks
  };

  /** What one reaction point adds to the storage of its node for a mobile species (m^3). */
  double storage_share(const Model &model, unsigned int point, unsigned int species);
} // namespace lacuna

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "transport/level.h"

#include <deal.II/base/mpi.h>

#include <numeric>

namespace lacuna
{
  Level::Level(const Case &input, const StateLayout &layout_)
      : layout(layout_), tissue(make_region_properties(input.tissue, layout_.geometry.regions)),
        points(make_point_properties(layout_, tissue,
                                     make_derived_quantities(input, make_species(input, false)))),
        volume(dealii::Utilities::MPI::sum(
            std::accumulate(layout_.point_weight.begin(), layout_.point_weight.end(), 0.),
            layout_.communicator()))
  {
  }

  const Stiffness &Level::stiffness(const Medium::Diffusivity &diffusivity)
  {
    auto &found = operators[diffusivity.key];
    if (!found)
      found = std::make_unique<const Stiffness>(layout, diffusivity.factor);
    return *found;
  }

  const RegionMass &Level::region_mass()
  {
    if (!mass)
      mass = std::make_unique<const RegionMass>(layout);
    return *mass;
  }
} // namespace lacuna

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "transport/level.h"

#include <deal.II/base/mpi.h>

#include <numeric>

namespace lacuna
{
  Level::Level(const Case &input_, const StateLayout &layout_)
      : layout(layout_), tissue(make_region_properties(input_.tissue, layout_.geometry.regions)),
        points(make_point_properties(layout_, tissue,
                                     make_derived_quantities(input_, make_species(input_, false)))),
        volume(dealii::Utilities::MPI::sum(
            std::accumulate(layout_.point_weight.begin(), layout_.point_weight.end(), 0.),
            layout_.communicator())),
        input(input_)
  {
  }

  Level::~Level() = default;

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

  Level::Coarser *Level::coarser()
  {
    if (!next && has_coarser())
      next = std::make_unique<Coarser>(input, layout);
    return next.get();
  }

  Level::Coarser::Coarser(const Case &input, const StateLayout &finer)
      : geometry(build_refined(finer.geometry, finer.fe.degree > 1
                                                   ? finer.geometry.refinement
                                                   : finer.geometry.refinement.coarser())),
        layout(*geometry, 1), level(input, layout), transfer(layout, finer)
  {
  }
} // namespace lacuna

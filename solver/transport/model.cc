// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "transport/model.h"

#include <deal.II/base/mpi.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace lacuna
{
  namespace
  {
    /** Pore water holds solutes in the pore-water form of the balance; everything else counts per
     * tissue volume. */
    double share_of_tissue(const Case &input, const Species &species, double porosity)
    {
      const bool in_water =
          species.basis == Basis::pore_water && input.balance == SoluteBalance::pore_water;
      return in_water ? porosity : 1.;
    }

    std::vector<double> make_storage(const Case &input, const SpeciesTable &species,
                                     const StateLayout &layout, const PointProperties &points)
    {
      const unsigned int n = species.mobile.size();
      std::vector<double> storage(std::size_t(layout.n_nodes) * n, 0.);
      for (unsigned int p = 0; p < layout.n_points(); ++p)
        for (unsigned int s = 0; s < n; ++s)
          storage[std::size_t(layout.point_node[p]) * n + s] +=
              layout.point_weight[p] *
              share_of_tissue(input, species.mobile[s], points.porosity[p]);
      return storage;
    }

    /** Roughly the tissue that a dose fills at first (m^3); a millilitre for what is given at a
     * point. */
    double bolus_volume(const InjectionSettings &injection)
    {
      constexpr double millilitre = 1e-6, gaussian = 15.75; // (2 pi)^(3/2)
      if (injection.shape == BolusShape::gaussian)
        return gaussian * std::pow(injection.standard_deviation, 3);
      return injection.volume > 0 ? injection.volume : millilitre;
    }

    /** The largest value that the file gives a species, as the yardstick of its residuals. */
    std::vector<double> make_scale(const Case &input, const SpeciesTable &species)
    {
      std::vector<double> result;
      for (const Species &one : species.mobile)
      {
        double largest = std::abs(one.initial);
        for (const BoundarySetting &boundary : input.boundaries)
          if (boundary.species == one.name)
            for (const double value : boundary.value.values)
              largest = std::max(largest, std::abs(value));
        for (const PopulationSettings &population : input.populations)
          if (population.name == one.population)
            for (const auto &[region, density] : population.density)
              largest = std::max(largest, density.constant);
        for (const InjectionSettings &injection : input.injections)
          if (injection.species == one.population)
            largest = std::max(largest, injection.loaded / bolus_volume(injection));
        result.push_back(largest > 0 ? largest : 1.);
      }
      return result;
    }
  } // namespace

  Model::Model(const Case &input_, const SpeciesTable &species_, const StateLayout &layout_,
               const std::vector<const Law *> &laws)
      : input(input_), species(species_), layout(layout_),
        tissue(make_region_properties(input_.tissue, layout_.geometry.regions)),
        derived(make_derived_quantities(input_, species_)),
        points(make_point_properties(layout_, tissue, derived)),
        storage(make_storage(input_, species_, layout_, points)),
        diffusion(input_, species_, layout_, tissue),
        reaction(input_, species_, derived, points, laws), scale(make_scale(input_, species_)),
        volume(dealii::Utilities::MPI::sum(
            std::accumulate(layout_.point_weight.begin(), layout_.point_weight.end(), 0.),
            layout_.communicator()))
  {
  }

  double storage_share(const Model &model, unsigned int point, unsigned int species)
  {
    return model.layout.point_weight[point] * share_of_tissue(model.input,
                                                              model.species.mobile[species],
                                                              model.points.porosity[point]);
  }
} // namespace lacuna

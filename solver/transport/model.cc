// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "transport/model.h"

#include <algorithm>
#include <cmath>

namespace lacuna
{
  namespace
  {
    /** Roughly the tissue that a dose fills at first (m^3); a millilitre for what is given at a
     * point. */
    double bolus_volume(const InjectionSettings &injection)
    {
      constexpr double millilitre = 1e-6, gaussian = 15.75; // (2 pi)^(3/2)
      if (injection.shape == BolusShape::gaussian)
        return gaussian * std::pow(injection.standard_deviation, 3);
      return injection.volume > 0 ? injection.volume : millilitre;
    }

    /** The yardstick of the residuals of each species. */
    std::vector<double> make_scale(std::vector<double> typical)
    {
      std::replace(typical.begin(), typical.end(), 0., 1.);
      return typical;
    }
  } // namespace

  std::vector<double> typical_values(const Case &input, const SpeciesTable &species)
  {
    std::vector<double> result;
    for (const Species &mobile : species.mobile)
    {
      double largest = std::abs(mobile.initial);
      for (const BoundarySetting &boundary : input.boundaries)
        if (boundary.species == mobile.name)
          for (const double value : boundary.value.values)
            largest = std::max(largest, std::abs(value));
      for (const PopulationSettings &population : input.populations)
        if (population.name == mobile.population)
          for (const auto &[region, density] : population.density)
            largest = std::max(largest, density.constant);
      for (const InjectionSettings &injection : input.injections)
        if (injection.species == mobile.population)
          largest = std::max(largest, injection.loaded / bolus_volume(injection));
      result.push_back(largest);
    }
    return result;
  }

  Model::Model(const Case &input_, const SpeciesTable &species_, Level &level_,
               const std::vector<const Law *> &laws_)
      : input(input_), species(species_), level(level_), layout(level_.layout),
        points(level_.points), derived(make_derived_quantities(input_, species_)),
        medium(input_, species_, level_.tissue),
        storage(layout, medium, points.porosity, species_.mobile.size()), laws(laws_),
        reaction(input_, species_, medium, derived, points, laws),
        typical(typical_values(input_, species_)), scale(make_scale(typical))
  {
  }
} // namespace lacuna

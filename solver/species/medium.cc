// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "species/medium.h"

#include "config/quantity.h"
#include "tissue/hindrance.h"

namespace lacuna
{
  namespace
  {
    using Hindrance = DeclaredSpecies::Hindrance;

    /** D_pore without what depends on the porosity: in water, in the tissue, or between fibres. */
    double free_diffusivity(const Species &species)
    {
      return species.hindrance == Hindrance::ogston ? species.diffusivity * ogston(species.radius)
                                                    : species.diffusivity;
    }

    /** D_pore over the coefficient in one region, as a function of the porosity there. */
    struct Ratio
    {
      double constant   = 1;
      bool by_pore_path = false; ///< times (phi / (2 - phi))^2

      double at(double porosity) const
      {
        return by_pore_path ? constant * mackie_meares(porosity) : constant;
      }
      std::string key() const
      {
        return by_pore_path && constant == 1 ? "matrix"
               : by_pore_path                ? "matrix " + shortest(constant)
                                             : shortest(constant);
      }
    };

    /** The free diffusivity; where a law gives none, that of the regions for which the file does.
     * 0 for cells that only laws move: they use the operator alone. */
    double coefficient_of(const Species &species, const std::vector<RegionProperties> &tissue)
    {
      double coefficient = free_diffusivity(species);
      for (const RegionProperties &region : tissue)
        if (const auto given = region.diffusivity.find(species.name);
            coefficient == 0 && given != region.diffusivity.end())
          coefficient = given->second;
      return coefficient;
    }

    /** A value given outright for the region goes before what the species' hindrance says. */
    Ratio ratio_in(const RegionProperties &region, const Species &species, double coefficient)
    {
      const auto given = region.diffusivity.find(species.name);
      if (given != region.diffusivity.end())
        return {given->second / coefficient, false};
      const double free = free_diffusivity(species);
      return {free == coefficient ? 1. : free / coefficient,
              species.hindrance == Hindrance::mackie_meares};
    }

    Medium::Diffusivity make_diffusivity(const Species &species, bool in_pore_water,
                                         const std::vector<RegionProperties> &tissue)
    {
      Medium::Diffusivity result;
      result.coefficient = coefficient_of(species, tissue);
      result.key         = in_pore_water ? "pore water" : "tissue";
      for (const RegionProperties &region : tissue)
      {
        const Ratio ratio = ratio_in(region, species, result.coefficient);
        result.key += "; " + ratio.key();
        result.factor.push_back(
            [ratio, in_pore_water, porosity = region.porosity](const Coordinates &x)
            {
              const double phi = porosity(x);
              return in_pore_water ? ratio.at(phi) * phi : ratio.at(phi);
            });
      }
      return result;
    }
  } // namespace

  Medium::Medium(const Case &input, const SpeciesTable &species,
                 const std::vector<RegionProperties> &tissue)
  {
    for (unsigned int v = 0; v < species.n_variables(); ++v)
      in_pore_water.push_back(species.variable(v).basis == Basis::pore_water &&
                              input.balance == SoluteBalance::pore_water);
    for (unsigned int s = 0; s < species.mobile.size(); ++s)
    {
      rate_by_porosity.push_back(species.mobile[s].name == "oxygen" &&
                                 input.balance == SoluteBalance::tissue_oxygen_by_porosity);
      diffusivities.push_back(make_diffusivity(species.mobile[s], in_pore_water[s], tissue));
    }
  }

  double Medium::diffusivity(unsigned int mobile_species, unsigned int region,
                             const Coordinates &place) const
  {
    const Diffusivity &diffusivity = diffusivities[mobile_species];
    return diffusivity.coefficient * diffusivity.factor[region](place);
  }
} // namespace lacuna

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "config/case.h"
#include "species/species.h"
#include "tissue/region_properties.h"

#include <string>
#include <vector>

namespace lacuna
{
  /**
   * What the tissue is to a species: what its concentration counts in, and how it diffuses in each
   * region. Nothing else reads the form of the solute balance, the basis of a species, its
   * hindrance, or a diffusivity given outright.
   *
   * With the concentration c of a mobile species, a volume of tissue stores share * c, and through
   * an area of tissue flows -D grad c. A solute in the pore-water form of the balance has share =
   * porosity and D = porosity * D_pore; what counts per tissue volume has share = 1 and D = D_pore.
   */
  class Medium
  {
  public:
    /** `tissue` in the order of the geometry's regions. */
    Medium(const Case &input, const SpeciesTable &species,
           const std::vector<RegionProperties> &tissue);

    /** Amount per tissue volume over concentration, for any variable of a point. */
    double storage_share(unsigned int variable, double porosity) const
    {
      return in_pore_water[variable] ? porosity : 1.;
    }

    /**
     * Amount per tissue volume and time over the rate that laws compute for a mobile species: 1,
     * but for oxygen in the published form of the balance that multiplies its rate with the
     * porosity.
     */
    double rate_share(unsigned int mobile_species, double porosity) const
    {
      return rate_by_porosity[mobile_species] ? porosity : 1.;
    }

    /** D of a mobile species at a place (m) in a region, m^2/s. */
    double diffusivity(unsigned int mobile_species, unsigned int region,
                       const Coordinates &place) const;

    /**
     * D = coefficient * factor(x), so that species whose factors are the same everywhere (equal
     * keys) share one operator.
     */
    struct Diffusivity
    {
      double coefficient = 0;       ///< m^2/s
      std::vector<Property> factor; ///< [region]
      std::string key;              ///< of the factors
    };
    const Diffusivity &diffusivity(unsigned int mobile_species) const
    {
      return diffusivities[mobile_species];
    }

  private:
    std::vector<int> in_pore_water;    ///< [variable]
    std::vector<int> rate_by_porosity; ///< [mobile species]
    std::vector<Diffusivity> diffusivities;
  };
} // namespace lacuna

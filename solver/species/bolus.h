// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "config/case.h"
#include "species/state_layout.h"
#include "tissue/region_properties.h"

#include <string>
#include <vector>

namespace lacuna
{
  /**
   * Where an injection goes, found before anything is solved. The tissue is rigid: porosity, fixed
   * charge, geometry and residents per tissue volume stay as they are.
   */
  struct Bolus
  {
    std::vector<double>
        share; ///< [point]: part of the dose, sums to 1 over all ranks, never negative
    Coordinates half_axes{};  ///< m, of the ellipsoid after clipping to the regions
    double tissue_volume = 0; ///< m^3 that the fluid occupies
    double peak = 0; ///< largest share per tissue volume (1/m^3); times the dose = peak density
    unsigned int n_moments = 0; ///< 9: centre and second moments are kept; 3: the centre; 0: none
    std::vector<std::string> warnings;
  };

  /**
   * Shares from sub-sampled weights w_p = integral of phi_p chi over the point's region, share =
   * w_p / sum of w. An ellipsoid is scaled until its volume *within the named regions* is the
   * fluid's (displacing), or until the pores in it hold the fluid (infiltrating). Throws UserError
   * if the regions cannot hold it, or the site is outside them. Collective.
   */
  Bolus place_bolus(const InjectionSettings &injection, const StateLayout &layout,
                    const std::vector<RegionProperties> &tissue);
} // namespace lacuna

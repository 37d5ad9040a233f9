// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "species/species.h"

#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace lacuna
{
  /**
   * A quantity that follows from the state at a reaction point and that laws read like a species:
   * pH, osmolarity. It is affine in the mobile species: value = base(point) + sum of slope *
   * concentration, one sparse row per quantity.
   */
  struct DerivedQuantity
  {
    std::string name, unit;
    double unit_factor = 1;                              ///< value[SI] = unit_factor * value[unit]
    std::function<double(double fixed_charge)> base;     ///< SI
    std::vector<std::pair<unsigned int, double>> slopes; ///< (mobile species, d value / d c), SI
    std::string section;                 ///< of the parameter file, that says how it is computed
    double minimum = 0, maximum = 1e300; ///< in `unit`; beyond, its closure means nothing

    /** The value for one node's concentrations `c` (SI), `base` having been evaluated at the point.
     */
    double evaluate(double base_value, const double *c) const;
  };

  /** pH by the linear closure and osmolarity from Donnan equilibrium, as far as glucose and lactate
   * are transported. */
  std::vector<DerivedQuantity> make_derived_quantities(const Case &input,
                                                       const SpeciesTable &species);
} // namespace lacuna

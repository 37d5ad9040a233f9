// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "species/derived_quantity.h"

#include "config/readable.h"
#include "tissue/acidity.h"
#include "tissue/osmolarity.h"

namespace lacuna
{
  double DerivedQuantity::evaluate(double base_value, const double *c) const
  {
    double value = base_value;
    for (const auto &[species, slope] : slopes)
      value += slope * c[species];
    return value;
  }

  std::vector<DerivedQuantity> make_derived_quantities(const Case &input,
                                                       const SpeciesTable &species)
  {
    const int glucose = species.find_mobile("glucose"), lactate = species.find_mobile("lactate");

    DerivedQuantity pH;
    pH.name    = "pH";
    pH.unit    = find_readable(pH.name)->usual.unit;
    pH.base    = [closure = input.acidity](double) { return acidity(closure, 0); };
    pH.section = "Acidity";
    pH.maximum = 14;
    if (lactate >= 0)
      pH.slopes.emplace_back(lactate, input.acidity.slope);

    DerivedQuantity osmolarity;
    osmolarity.name       = "osmolarity";
    osmolarity.unit       = find_readable(osmolarity.name)->usual.unit;
    osmolarity.section    = "Osmolarity";
    const double in_blood = lactate >= 0 ? input.osmolarity.blood_lactate : 0;
    osmolarity.base       = [settings = input.osmolarity, in_blood](double fixed_charge)
    { return ionic_osmolarity(settings, fixed_charge) - in_blood; };
    for (const int solute : {glucose, lactate})
      if (solute >= 0)
        osmolarity.slopes.emplace_back(solute, 1.);

    return {pH, osmolarity};
  }
} // namespace lacuna

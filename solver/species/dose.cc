// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "species/dose.h"

#include <algorithm>
#include <cmath>

namespace lacuna
{
  namespace
  {
    constexpr double same_place = 1e-4; // m

    double distance(const Coordinates &a, const Coordinates &b)
    {
      double sum = 0;
      for (std::size_t d = 0; d < a.size(); ++d)
        sum += (a[d] - b[d]) * (a[d] - b[d]);
      return std::sqrt(sum);
    }
  } // namespace

  Dose describe_dose(const std::vector<InjectionSettings> &injections, unsigned int k)
  {
    const InjectionSettings &injection = injections[k];
    Dose dose;
    dose.name              = injection.name;
    dose.species           = injection.species;
    dose.number            = k;
    dose.time              = injection.time;
    dose.loaded            = injection.loaded;
    dose.volume            = injection.volume;
    dose.site              = injection.site;
    dose.viability         = injection.viability;
    dose.needle_survival   = injection.needle_factor;
    dose.retained_fraction = injection.retained_fraction;
    dose.same_site         = std::count_if(injections.begin(), injections.begin() + k,
                                           [&](const InjectionSettings &earlier)
                                           { return distance(earlier.site, injection.site) < same_place; });
    return dose;
  }
} // namespace lacuna

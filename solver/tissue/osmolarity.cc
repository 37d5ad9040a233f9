// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "tissue/osmolarity.h"

#include <cmath>

namespace lacuna
{
  namespace
  {
    constexpr double gas_constant = 8.314462618; // J/(mol K)
    constexpr double faraday      = 96485.33;    // C/mol
  }                                              // namespace

  DonnanEquilibrium donnan_equilibrium(double fixed_charge, double bath, double temperature)
  {
    DonnanEquilibrium result{};
    const double total = std::sqrt(fixed_charge * fixed_charge + 4 * bath * bath);
    result.cation      = 0.5 * (total + fixed_charge);
    result.anion       = bath * bath / result.cation; // no cancellation, unlike total - cation
    result.ratio       = result.anion / bath;
    result.potential   = gas_constant * temperature / faraday * std::log(result.ratio);
    result.pressure    = gas_constant * temperature * (total - 2 * bath);
    return result;
  }

  double ionic_osmolarity(const OsmolaritySettings &settings, double fixed_charge)
  {
    return settings.osmotic_coefficient *
               donnan_equilibrium(fixed_charge, settings.bath_salt).total() +
           settings.others;
  }
} // namespace lacuna

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <lacuna/law.h>

/** What one nucleus pulposus cell takes up and makes after Bibby et al. 2005, in fmol/h; see
 * README.md. */
template <class Number>
struct BibbyRates
{
  Number oxygen_uptake, lactate_production;

  /** Pressure in kPa, glucose in mM; a glucose limiter of 0 is the law as published. */
  BibbyRates(const Number &oxygen_pressure, const Number &pH, const Number &glucose,
             double glucose_limiter)
  {
    const Number &P    = oxygen_pressure;
    const Number b     = lacuna::positive_part(pH - last_pH, pH_rounding);
    oxygen_uptake      = oxygen_factor * b * lacuna::saturation(P, half_oxygen + half_by_pH * b);
    lactate_production = lacuna::exp(log_lactate + by_pH * pH + P * (by_oxygen - by_oxygen_2 * P)) *
                         lacuna::saturation(glucose, glucose_limiter);
  }

  // The coefficients of the fits. [seen: UPF-T, after Bibby 2005]
  static constexpr double oxygen_factor = 7.28, half_oxygen = 1.46,
                          half_by_pH  = 4.03; // fmol/h, kPa
  static constexpr double last_pH     = 4.95; // where the uptake of oxygen vanishes
  static constexpr double log_lactate = -2.47, by_pH = 0.93;
  static constexpr double by_oxygen = 0.16, by_oxygen_2 = 0.0058; // 1/kPa, 1/kPa^2

  // Below the last pH this rounding keeps the uptake positive and differentiable. [numerical]
  static constexpr double pH_rounding = 0.05;

  /** One glucose makes two lactate. */
  static constexpr double glucose_per_lactate = 0.5;
};

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
    // The fit ends at pH 4.95, where uptake vanishes; below, the bound keeps it positive and
    // differentiable.
    const Number &P    = oxygen_pressure;
    const Number b     = lacuna::positive_part(pH - 4.95, 0.05);
    oxygen_uptake      = 7.28 * b * lacuna::saturation(P, 1.46 + 4.03 * b);
    lactate_production = lacuna::exp(-2.47 + 0.93 * pH + P * (0.16 - 0.0058 * P)) *
                         lacuna::saturation(glucose, glucose_limiter);
  }

  /** One glucose makes two lactate. */
  static constexpr double glucose_per_lactate = 0.5;
};

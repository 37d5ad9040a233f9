// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "config/tissue_settings.h"

namespace lacuna
{
  /**
   * pH of the pore water from its lactate, pH = intercept + slope * lactate (linear closure; the
   * slope is the inverse of the tissue's buffer capacity, 11.1 mM per pH unit). Lactate in mol/m^3.
   */
  inline double acidity(const AciditySettings &closure, double lactate)
  {
    return closure.intercept + closure.slope * lactate;
  }
} // namespace lacuna

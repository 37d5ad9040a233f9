// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

namespace lacuna
{
  /** Hindrance of small solutes by the matrix, D / D_water = (phi / (2 - phi))^2 (Mackie and Meares
   * 1955). */
  inline double mackie_meares(double porosity)
  {
    const double ratio = porosity / (2 - porosity);
    return ratio * ratio;
  }
} // namespace lacuna

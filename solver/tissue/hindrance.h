// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cmath>

namespace lacuna
{
  /** Hindrance of small solutes by the matrix, D / D_water = (phi / (2 - phi))^2 (Mackie and Meares
   * 1955). */
  inline double mackie_meares(double porosity)
  {
    const double ratio = porosity / (2 - porosity);
    return ratio * ratio;
  }

  /** Hindrance of macromolecules by the fibres between which they diffuse, D / D_water =
   * exp(-sqrt(phi_f) r / r_f) (Ogston), for chains of glycosaminoglycan: r_f = 0.55 nm, phi_f =
   * 0.03 (0.02 to 0.04) [recalled]. `radius` in m. */
  inline double ogston(double radius)
  {
    constexpr double fibre_radius = 0.55e-9, fibre_fraction = 0.03;
    return std::exp(-std::sqrt(fibre_fraction) * radius / fibre_radius);
  }
} // namespace lacuna

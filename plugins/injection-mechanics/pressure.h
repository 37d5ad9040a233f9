// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cmath>

// The pressure in a disc into which fluid is injected, and what of the fluid leaks out when the
// needle is withdrawn; see README.md. Units: mL, kPa, s.

/** The disc as a pressure vessel of constant elastance. */
struct PressureVessel
{
  double elastance;        ///< pressure per volume
  double permeation_time;  ///< R_p C: the fluid escapes into the tissue around
  double leak_time;        ///< R_t C: it escapes along the needle track
  double largest_pressure; ///< that may be reached
  double customary_volume; ///< that nobody exceeds

  /** Pressure when the needle stops: C dP/dt = Q - P/R_p from P = 0. */
  double peak_pressure(double volume, double rate) const
  {
    const double steady_pressure = rate * elastance * permeation_time;
    return -steady_pressure * std::expm1(-volume / (rate * permeation_time));
  }

  /** It decays through the tissue while the needle still seals its track. */
  double pressure_at_withdrawal(double volume, double rate, double dwell) const
  {
    return peak_pressure(volume, rate) * std::exp(-dwell / permeation_time);
  }

  /** The share of the volume that ever flows out along the track: its part of the conductances
   * drains the volume that is still under pressure. */
  double leak_fraction(double volume, double rate, double dwell) const
  {
    const double under_pressure = pressure_at_withdrawal(volume, rate, dwell) / elastance;
    return under_pressure / volume * permeation_time / (permeation_time + leak_time);
  }

  /** What could be injected without any loss before the largest pressure is reached. */
  double volume_at_largest_pressure() const { return largest_pressure / elastance; }

  double allowed_volume() const
  {
    return std::fmin(volume_at_largest_pressure(), customary_volume);
  }
};

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cmath>

// What a needle leaves behind around its axis; see README.md. Lengths in mm.

/** The track of a needle that was pushed along `direction` until its tip reached the site. */
struct NeedleTrack
{
  double direction[3]; ///< unit vector
  double core_radius;  ///< of the needle and the layer that it kills
  double damage_on_axis;
  double damage_range; ///< over which damage falls by e
  double smearing;     ///< standard deviation over which the killed core is spread; 0 = sharp

  /** Distance from the needle, which ends at the origin: from its axis behind the tip, from the tip
   * in front of it. */
  double distance(double x, double y, double z) const
  {
    const double along    = x * direction[0] + y * direction[1] + z * direction[2];
    const double behind   = std::fmin(along, 0.);
    const double across[] = {x - behind * direction[0], y - behind * direction[1],
                             z - behind * direction[2]};
    return std::sqrt(across[0] * across[0] + across[1] * across[1] + across[2] * across[2]);
  }

  double damage(double distance) const
  {
    if (smearing > 0)
      return damage_on_axis * smeared(damaged_radius_squared(), distance);
    return damage_on_axis * std::exp(-std::fmax(0., distance - core_radius) / damage_range);
  }

  /** Share of the cells that die at once. */
  double killed(double distance) const
  {
    if (smearing > 0)
      return smeared(core_radius * core_radius, distance);
    return distance < core_radius ? 1 : 0;
  }

  /** A smearing below this would need more than everything on the axis. */
  double least_smearing() const { return std::sqrt(0.5 * damaged_radius_squared()); }

private:
  /** Square of the radius of the cylinder that has as much damage, 2 times the integral of
   * r exp(...). */
  double damaged_radius_squared() const
  {
    return core_radius * core_radius + 2 * damage_range * (core_radius + damage_range);
  }

  /** A Gaussian with the integral of a cylinder over the cross-section. */
  double smeared(double radius_squared, double distance) const
  {
    const double variance = smearing * smearing;
    return 0.5 * radius_squared / variance * std::exp(-0.5 * distance * distance / variance);
  }
};

/** Share of a disc's stiffness that a needle takes: it grows with the ratio of its diameter to the
 * height of the disc, up to a largest one. [assumed; seen: 20 % in rat discs, KOR08] */
inline double stiffness_loss(double diameter_to_height)
{
  constexpr double largest_loss = 0.2, largest_ratio = 0.4;
  return largest_loss * std::fmin(1., diameter_to_height / largest_ratio);
}

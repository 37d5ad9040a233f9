// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "config/disc_preset.h"

#include "config/quantity.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <stdexcept>

namespace lacuna
{
  namespace
  {
    std::string in_millimetres(double metres)
    {
      char text[32];
      std::snprintf(text, sizeof text, "%.3g mm", metres * 1e3);
      return text;
    }
  } // namespace

  const std::vector<DiscPreset> &disc_presets()
  {
    // Measured on the five disc meshes of one lumbar spine (LSS); k2 and q fitted to their
    // outlines.
    static const std::vector<DiscPreset> presets{
        {"L1-L2", 48.5, 39.2, 12.2, 9.5, 0.46, 0.7, 0.115, 0.044},
        {"L2-L3", 47.9, 39.0, 12.7, 10.3, 0.44, 0.7, 0.157, 0.027},
        {"L3-L4", 49.1, 38.9, 14.1, 9.9, 0.46, 1.0, 0.107, 0.023},
        {"L4-L5", 53.5, 39.0, 15.9, 10.2, 0.47, 1.8, 0.067, 0.028},
        {"L5-S1", 55.1, 32.9, 14.9, 9.6, 0.43, 0.4, 0.084, 0.051},
    };
    return presets;
  }

  const DiscPreset &disc_preset(const std::string &level)
  {
    for (const DiscPreset &preset : disc_presets())
      if (level == preset.level)
        return preset;
    throw std::logic_error("there is no preset for the level '" + level + "'");
  }

  NucleusCircle nucleus_circle(const LumbarDiscSettings &disc)
  {
    const double k2 = disc.kidney_ratio, q = disc.squareness, f = disc.nucleus_area_fraction;
    const double b1 = disc.depth / (k2 <= 0.25 ? 2 : 1 + 2 * k2 + 1 / (8 * k2));
    const double b2 = k2 * b1;
    NucleusCircle circle;
    double &r = circle.radius, &e = circle.centre;
    r = std::sqrt(f);
    for (int pass = 0; pass < 20; ++pass)
    {
      const double share = (1 + 2 * k2 * e) * (1 + 3 * q * e * e) + 6 * q * k2 * e * r * r;
      if (share <= 0)
        return {1, e};
      r = std::sqrt(f / share);
      e = (b2 * (1 - r * r) / 2 - disc.nucleus_offset) / (b1 + b2 * e);
      e = std::clamp(e, -1., 1.);
    }
    return circle;
  }

  std::string disc_objection(const LumbarDiscSettings &disc)
  {
    const NucleusCircle circle = nucleus_circle(disc);
    if (std::abs(circle.centre) + circle.radius >= 0.95)
      return "a nucleus of " + shortest(std::round(100 * disc.nucleus_area_fraction)) +
             " % of the section, " + in_millimetres(disc.nucleus_offset) +
             " behind the centroid of the disc, leaves no annulus around it; make 'Nucleus area "
             "fraction' "
             "smaller, or 'Nucleus offset' nearer to 0 mm";
    const double lowest = std::min(disc.anterior_height, disc.posterior_height);
    const double plates = 2 * std::max(disc.endplate_thickness_rim, disc.endplate_thickness_centre);
    if (plates >= 0.9 * lowest)
      return "the disc is " + in_millimetres(lowest) +
             " high at its lowest, and the two cartilage endplates take " + in_millimetres(plates) +
             " of it; make it higher, or the endplates thinner";
    return "";
  }
} // namespace lacuna

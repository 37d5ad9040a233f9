// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "config/geometry_settings.h"

#include <string>
#include <vector>

namespace lacuna
{
  /** What differs between the levels of the lumbar spine; the other measures are the same at all of
   * them. */
  struct DiscPreset
  {
    const char *level;
    double width, depth, anterior_height, posterior_height; ///< mm
    double nucleus_area_fraction, nucleus_offset;           ///< -, mm
    double kidney_ratio, squareness;
  };

  const std::vector<DiscPreset> &disc_presets();
  /** Throws std::logic_error for a level that does not exist. */
  const DiscPreset &disc_preset(const std::string &level);

  /** The nucleus in the unit disc: the circle of this radius about (0, centre), centre counted
   * anteriorly. */
  struct NucleusCircle
  {
    double radius = 0, centre = 0;
  };

  /**
   * The circle whose image has the wanted area fraction and the wanted offset of its centroid
   * behind that of the disc; exact in area, and to 1.2 % of the depth in the offset.
   */
  NucleusCircle nucleus_circle(const LumbarDiscSettings &disc);

  /** A sentence about why there is no such disc; empty when there is one. */
  std::string disc_objection(const LumbarDiscSettings &disc);
} // namespace lacuna

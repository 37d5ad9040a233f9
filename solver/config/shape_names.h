// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "config/geometry_settings.h"

#include <string>
#include <vector>

namespace lacuna
{
  /** "box", "ball" ... in the order of the enumeration. */
  const std::vector<std::string> &shape_names();

  /** Throws std::logic_error for a name that is not in shape_names(). */
  Shape shape_named(const std::string &name);

  /** "Lumbar disc": the sub-section of Geometry with the measures of that shape. */
  std::string section_of_shape(Shape shape);
} // namespace lacuna

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "config/geometry_settings.h"
#include "geometry/body.h"

namespace lacuna
{
  /** Concentric layers about the origin; the first holds the core cube, so it has at least two
   * cells along its radius. Face: surface. */
  Body ball(const GeometrySettings &settings);
} // namespace lacuna

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "config/geometry_settings.h"
#include "geometry/body.h"

namespace lacuna
{
  /** Nucleus, inner and outer annulus and, where they have a thickness, endplates. Faces: superior
   * and inferior endplate, annulus periphery, rim. */
  Body lumbar_disc(const LumbarDiscSettings &settings);
} // namespace lacuna

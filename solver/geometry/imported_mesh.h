// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "config/geometry_settings.h"
#include "geometry/body.h"

namespace lacuna
{
  /** Reads and checks a mesh file. Throws UserError for anything that is not a mesh to compute on.
   */
  Body imported_mesh(const GeometrySettings &settings);
} // namespace lacuna

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "config/coordinates.h"
#include "config/field_setting.h"

#include <functional>

namespace lacuna
{
  /** A tissue property as a function of position (m), in SI. */
  using Property = std::function<double(const Coordinates &)>;

  /** Makes a constant or an expression of x, y, z (mm) evaluable. Throws UserError if the
   * expression is malformed. */
  Property make_property(const FieldSetting &setting);
} // namespace lacuna

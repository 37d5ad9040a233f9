// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <array>

namespace lacuna
{
  inline constexpr unsigned int dim = 3;
  using Coordinates                 = std::array<double, dim>; ///< m
} // namespace lacuna

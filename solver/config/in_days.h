// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "config/quantity.h"

#include <string>

namespace lacuna
{
  /** "2.5 d": a time of a case (s) in messages. */
  inline std::string in_days(double seconds)
  {
    constexpr double day = 86400; // s
    return shortest(seconds / day) + " d";
  }
} // namespace lacuna

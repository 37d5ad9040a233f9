// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <sstream>
#include <string>

namespace lacuna
{
  /** "12.5 mm": a length of a case (m) in messages, without what rounding adds to its digits. */
  inline std::string in_mm(double metres, int digits = 6)
  {
    std::ostringstream text;
    text.precision(digits);
    text << metres * 1e3 << " mm";
    return text.str();
  }
} // namespace lacuna

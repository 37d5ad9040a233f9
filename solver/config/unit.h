// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <map>
#include <memory>
#include <string>

namespace lacuna
{
  /** A unit taken apart: value[SI] = factor * value[unit], and the powers of the SI base units. */
  struct Dimension
  {
    double factor = 1;
    std::map<std::string, int> powers;
    bool linear = true; ///< no offset, logarithm or calendar
  };

  /** Null if the text is not a unit of a linear scale. Knows what UDUNITS-2 knows, and the units of
   * the field. */
  std::unique_ptr<Dimension> find_dimension(const std::string &unit);

  /** A factor without the rounding of products of decimal prefixes: 0.001 * 0.001 becomes 1e-6. */
  double without_rounding(double factor);
} // namespace lacuna

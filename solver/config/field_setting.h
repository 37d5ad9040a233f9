// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <string>

namespace lacuna
{
  /** A constant or an expression of position; both are evaluated by tissue::Property. */
  struct FieldSetting
  {
    double constant = 0;          ///< SI
    std::string expression;       ///< of x, y, z in mm; empty = constant
    double expression_factor = 1; ///< its values times this are SI
  };

  /**
   * Reads a quantity ("300 mEq/L") or an expression. An expression names x, y or z; unless its
   * value is a pure number it stands in parentheses with its unit behind: "(4e6 - 1e5*x^2) /mL". It
   * may use what muParser offers (sin, exp, sqrt, min, max, ?: ...) and the constant pi. Throws
   * UserError if it is neither, or has the wrong unit.
   */
  FieldSetting parse_field(const std::string &text, const std::string &unit);
} // namespace lacuna

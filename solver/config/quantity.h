// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <string>

namespace lacuna
{
  /**
   * Factor f with value[SI] = f * value[unit]. SI here means m, s, mol, K, Pa: 1 mM = 1 mol/m^3, 1
   * /mL = 1e6 /m^3, 1 kPa = 1000 Pa. Cells and vesicles are pure numbers; Osm and Eq count as mol.
   * Throws UserError for text that is not a unit. Units are those of UDUNITS-2 plus M, Osm, Eq, y
   * (Julian year), cells and vesicles, with SI prefixes, and a leading slash.
   */
  double si_factor(const std::string &unit);

  /** Whether two unit texts have the same dimension. Throws UserError for text that is not a unit.
   */
  bool same_dimension(const std::string &a, const std::string &b);

  /** value[unit] * conversion_factor(unit, wanted) = value[wanted]. Throws UserError if the
   * dimensions differ. */
  double conversion_factor(const std::string &unit, const std::string &wanted);

  /** "amount concentration (for example mM)": what a dimension is called in messages, from an
   * example unit. */
  std::string dimension_name(const std::string &unit);

  /** A number and the unit written behind it; the unit is empty when there is none. */
  struct WrittenQuantity
  {
    double number = 0;
    std::string unit;
  };

  /** Splits "4 mM" into 4 and "mM". Throws UserError if the text does not begin with a finite
   * number. */
  WrittenQuantity split_quantity(const std::string &text);

  /**
   * Reads "4 mM", "-2.5e-3 m/s", "6e6" and returns the value in SI. `unit` is the unit the
   * parameter is described in: it fixes the dimension ("1" means a pure number, behind which only
   * "%", "cells" or "vesicles" may be written). Throws UserError with a sentence that names the
   * dimension if the unit is missing, unknown, or of another dimension.
   */
  double parse_quantity(const std::string &text, const std::string &unit);

  /** The factor to SI of the unit that stands behind an expression. Throws UserError about `text`
   * if it is not one of the dimension of `unit`. */
  double factor_of_unit(const std::string &text, const std::string &written,
                        const std::string &unit);

  /** As parse_quantity, but the value in `unit`; exact if the text has that very unit. */
  double parse_quantity_in(const std::string &text, const std::string &unit);

  /** Shortest text that reads back as the same double: 17 significant digits only where needed. */
  std::string shortest(double value);
} // namespace lacuna

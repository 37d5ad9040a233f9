// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <string>
#include <vector>

namespace lacuna
{
  /** From where to where a quantity usually is in the tissue, in `unit`. */
  struct UsualRange
  {
    const char *unit = "1";
    double minimum = 0, maximum = 1;
    bool yes_or_no = false; ///< only its two ends
  };

  /**
   * What laws may read without any law or parameter file declaring it. The table in readable.cc is
   * the only list of these names: binding, samples of `lacuna plugin check` and the names that a
   * species must not have follow from it. A new one needs a row there and a place where it is
   * evaluated (laws/law_inputs.cc).
   */
  struct Readable
  {
    /** What it is. `solute` stands for the species that the parameter file may transport; only the
     * usual range of these is in the table. */
    enum class Quantity
    {
      x,
      y,
      z,
      time,
      age,
      since,
      porosity,
      fixed_charge,
      region,
      face,
      face_area,
      derived,
      solute
    };

    Quantity quantity;
    std::string name; ///< or a prefix such as "region:", before the name of a region, face or dose
    bool follows_state; ///< so that the solver needs derivatives by it
    UsualRange usual;   ///< its unit also fixes the dimension in which a law may declare it
    const char *meaning;

    bool is_prefix() const { return name.back() == ':'; }
    /** Whether a law that reads `read` means this. */
    bool matches(const std::string &read) const
    {
      return is_prefix() ? read.rfind(name, 0) == 0 : read == name;
    }
  };

  /** The table. A solute that is declared in two dimensions has a row for each. */
  const std::vector<Readable> &readables();

  /** What a law means that reads `name`; null if that is a species. */
  const Readable *find_readable(const std::string &name);

  /** The usual range of what a law reads as `name` in a unit of this dimension, also of a solute;
   * null if nothing is known of it. */
  const UsualRange *usual_range(const std::string &name, const std::string &unit);
} // namespace lacuna

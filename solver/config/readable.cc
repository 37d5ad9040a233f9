// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "config/readable.h"

#include "config/quantity.h"

namespace lacuna
{
  const std::vector<Readable> &readables()
  {
    using Quantity         = Readable::Quantity;
    constexpr bool follows = true, given = false;
    static const std::vector<Readable> table{
        {Quantity::x, "x", given, {"mm", -30, 30}, "place"},
        {Quantity::y, "y", given, {"mm", -30, 30}, "place"},
        {Quantity::z, "z", given, {"mm", -30, 30}, "place"},
        {Quantity::time, "time", given, {"d", 0, 365}, "time since the start of the run"},
        {Quantity::age, "age", given, {"d", 0, 365}, "time since the population's dose"},
        {Quantity::since, "since:", given, {"d", -365, 365}, "time since a dose, negative before"},
        {Quantity::porosity, "porosity", given, {"1", 0.2, 1}, "pore water per tissue volume"},
        {Quantity::fixed_charge, "fixed charge density", given, {"mEq/mL", 0, 0.5}, "per water"},
        {Quantity::region, "region:", given, {"1", 0, 1, true}, "1 in a region, 0 outside"},
        {Quantity::face, "face:", given, {"1/mm", 0, 10}, "area of a face per tissue volume"},
        {Quantity::face_area, "face area:", given, {"mm^2", 1, 3000}, "whole area of a face"},
        {Quantity::derived, "pH", follows, {"1", 6, 7.6}, "from lactate"},
        {Quantity::derived, "osmolarity", follows, {"mOsm/L", 280, 700}, "Donnan equilibrium"},
        {Quantity::solute, "glucose", follows, {"mM", 0, 10}, "per water"},
        {Quantity::solute, "lactate", follows, {"mM", 0, 20}, "per water"},
        {Quantity::solute, "oxygen", follows, {"kPa", 0, 21}, "partial pressure"},
        {Quantity::solute, "oxygen", follows, {"mM", 0, 0.2156}, "per pore water; 21 kPa"}};
    return table;
  }

  const Readable *find_readable(const std::string &name)
  {
    for (const Readable &readable : readables())
      if (readable.quantity != Readable::Quantity::solute && readable.matches(name))
        return &readable;
    return nullptr;
  }

  const UsualRange *usual_range(const std::string &name, const std::string &unit)
  {
    for (const Readable &readable : readables())
      if (readable.matches(name) && same_dimension(readable.usual.unit, unit))
        return &readable.usual;
    return nullptr;
  }
} // namespace lacuna

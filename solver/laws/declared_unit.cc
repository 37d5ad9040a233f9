// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "laws/declared_unit.h"

#include "config/quantity.h"
#include "config/user_error.h"

#include <cctype>
#include <sstream>

namespace lacuna
{
  namespace
  {
    bool is_unit_of_time(const std::string &unit)
    {
      try
      {
        return same_dimension(unit, "s");
      }
      catch (const UserError &)
      {
        return false;
      }
    }

    /** The first unit of time in a text such as "fmol/h" that is not `time_unit`; else empty. */
    std::string foreign_time_unit(const std::string &unit, const std::string &time_unit)
    {
      std::string words = unit;
      for (char &c : words)
        if (std::isalpha(static_cast<unsigned char>(c)) == 0)
          c = ' ';
      std::istringstream stream(words);
      for (std::string word; stream >> word;)
        if (is_unit_of_time(word) && si_factor(word) != si_factor(time_unit))
          return word;
      return "";
    }
  } // namespace

  void check_time_unit(const lacuna_plugin &plugin)
  {
    if (plugin.time_unit == nullptr || !is_unit_of_time(plugin.time_unit))
      throw UserError(
          "law '" + std::string(plugin.name) + "' gives '" +
          (plugin.time_unit == nullptr ? "" : plugin.time_unit) +
          "' as its time unit, which is not a unit of time; write \"s\", \"h\" or \"d\" in "
          "LACUNA_LAW.");
  }

  void check_declared_unit(const std::string &name, const std::string &unit,
                           const std::string &time_unit)
  {
    try
    {
      si_factor(unit);
    }
    catch (const UserError &)
    {
      throw UserError(
          "declares '" + name + "' in '" + unit +
          "', which is not a unit; write, for example, \"mM\", \"1/mL\", or \"1\" for a "
          "pure number.");
    }
    // A diffusivity goes to the transport as it is and never enters a rate.
    if (same_dimension(unit, "m^2/s"))
      return;
    if (const auto other = foreign_time_unit(unit, time_unit); !other.empty())
      throw UserError("declares '" + name + "' in '" + unit + "', but its time unit is '" +
                      time_unit + "': write the unit with '" + time_unit + "' instead of '" +
                      other + "'.");
  }
} // namespace lacuna

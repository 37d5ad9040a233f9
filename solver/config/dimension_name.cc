// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "config/dimension_name.h"

#include "config/unit.h"

#include <utility>
#include <vector>

namespace lacuna
{
  namespace
  {
    /** What the dimensions of the field are called. */
    const std::vector<std::pair<std::string, std::string>> &dimension_names()
    {
      static const std::vector<std::pair<std::string, std::string>> names{
          {"1", "pure number"},
          {"mm", "length"},
          {"mm2", "area"},
          {"mL", "volume"},
          {"d", "time"},
          {"1/d", "rate (one over time)"},
          {"umol", "amount of substance"},
          {"mM", "amount concentration"},
          {"1/mM", "inverse concentration"},
          {"kPa", "pressure"},
          {"1/kPa", "inverse pressure"},
          {"m^2/s", "diffusivity"},
          {"m/s", "velocity"},
          {"1/mL", "number density"},
          {"mol/m^2/s", "flux"},
          {"fmol/h", "amount per time"},
          {"mM/h", "amount concentration per time"},
          {"mM/kPa", "solubility"},
          {"ng", "mass"},
          {"ng/mL", "mass concentration"},
          {"mL/d", "volume per time"},
          {"1/mm", "inverse length"},
          {"K", "temperature"},
          {"mV", "voltage"},
          {"mT", "magnetic flux density"},
      };
      return names;
    }
  } // namespace

  std::string dimension_noun(const std::string &unit)
  {
    const auto dimension = find_dimension(unit);
    if (dimension)
      for (const auto &[example, name] : dimension_names())
        if (find_dimension(example)->powers == dimension->powers)
          return name;
    return "quantity in " + unit;
  }

  std::string with_article(const std::string &name)
  {
    return (std::string("aeiou").find(name.front()) == std::string::npos ? "a " : "an ") + name;
  }

  std::string unit_behind(const std::string &unit)
  {
    return unit.rfind("1/", 0) == 0 ? unit.substr(1) : unit;
  }

  std::string what_is_needed(const std::string &unit)
  {
    const std::string needed = with_article(dimension_noun(unit)) + " is needed";
    return unit == "1" ? needed : needed + ", in a unit such as " + unit_behind(unit);
  }
} // namespace lacuna

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "config/parameter.h"

#include "config/quantity.h"

#include <cmath>

namespace lacuna
{
  std::string bounds_text(const Parameter &parameter)
  {
    std::string unit = parameter.unit.empty() || parameter.unit == "1" ? "" : " " + parameter.unit;
    if (unit.rfind(" 1/", 0) == 0)
      unit.erase(1, 1);
    std::string text;
    if (std::isfinite(parameter.minimum))
      text = (parameter.exclusive_minimum ? "larger than " : "at least ") +
             shortest(parameter.minimum);
    if (std::isfinite(parameter.maximum))
      text += (text.empty() ? "at most " : ", at most ") + shortest(parameter.maximum);
    return text.empty() ? "" : text + unit;
  }

  std::string unit_text(const Parameter &parameter)
  {
    if (parameter.unit == "1")
      return "";
    return parameter.unit + (parameter.other_unit.empty() ? "" : " or " + parameter.other_unit);
  }

  std::string kind_text(Parameter::Kind kind)
  {
    switch (kind)
    {
    case Parameter::Kind::quantity:
      return "quantity";
    case Parameter::Kind::table:
      return "quantity or table over time";
    case Parameter::Kind::field:
      return "quantity or expression of x, y, z";
    case Parameter::Kind::list:
      return "quantities";
    case Parameter::Kind::integer:
      return "integer";
    case Parameter::Kind::boolean:
      return "yes or no";
    case Parameter::Kind::choice:
      return "choice";
    case Parameter::Kind::text:
      return "text";
    case Parameter::Kind::names:
      return "names";
    case Parameter::Kind::file:
      return "file";
    }
    return "";
  }
} // namespace lacuna

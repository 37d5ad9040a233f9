// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "config/quantity.h"

#include "config/text.h"
#include "config/unit.h"
#include "config/user_error.h"

#include <charconv>
#include <cmath>
#include <cstdio>
#include <vector>

namespace lacuna
{
  namespace
  {
    /** number * factor, correctly rounded also for factors such as 0.001. */
    double scaled(double number, double factor)
    {
      const double inverse = 1 / factor;
      if (factor < 1 && inverse < 1e15 &&
          std::abs(inverse - std::round(inverse)) <= 1e-15 * inverse)
        return number / std::round(inverse);
      return number * factor;
    }

    Dimension dimension_of(const std::string &unit)
    {
      const auto dimension = find_dimension(unit);
      if (!dimension)
        throw UserError(in_quotes(unit) + " is not a unit");
      return *dimension;
    }

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

    std::string noun(const std::string &unit)
    {
      const auto dimension = find_dimension(unit);
      if (dimension)
        for (const auto &[example, name] : dimension_names())
          if (dimension_of(example).powers == dimension->powers)
            return name;
      return "quantity in " + unit;
    }

    std::string with_article(const std::string &name)
    {
      return (std::string("aeiou").find(name.front()) == std::string::npos ? "a " : "an ") + name;
    }

    std::string example(double number, const std::string &unit)
    {
      if (unit == "1")
        return in_quotes(shortest(number));
      return in_quotes(shortest(number) + " " + (unit.rfind("1/", 0) == 0 ? unit.substr(1) : unit));
    }

    std::string four_digits(double value)
    {
      char text[32];
      std::snprintf(text, sizeof text, "%.4g", value);
      return text;
    }

    /** What may stand behind a pure number. */
    bool is_counting_unit(const std::string &unit)
    {
      return unit == "%" || unit == "1" || unit == "cell" || unit == "cells" || unit == "vesicle" ||
             unit == "vesicles";
    }

    /** Units that begin with a number are a slip ("4 5 mM"), except those of the form "1/mL" and
     * "1e-6 nmol/h". */
    bool begins_with_stray_number(const std::string &unit)
    {
      const bool digit = unit.find_first_of("0123456789.+-") == 0;
      return digit && unit.rfind("1/", 0) != 0 && unit.rfind("1 /", 0) != 0 &&
             unit.rfind("1e", 0) != 0;
    }

    /** The number and the factor from the written unit to SI. Throws if the dimension is not that
     * of `unit`. */
    WrittenQuantity checked_quantity(const std::string &text, const std::string &unit,
                                     double &factor)
    {
      const std::string needed = with_article(noun(unit));
      if (trim(text).empty())
        throw UserError("the value is missing; " + needed + " is needed, for example " +
                        example(1, unit));
      WrittenQuantity written;
      try
      {
        written = split_quantity(text);
      }
      catch (const UserError &)
      {
        throw UserError(in_quotes(text) + " is not a number" + (unit == "1" ? "" : " with a unit") +
                        "; " + needed + " is needed, for example " + example(1, unit));
      }
      const std::string remedy = "write for example " + example(written.number, unit);
      if (unit == "1" && (written.unit.empty() || is_counting_unit(written.unit)))
      {
        factor = written.unit == "%" ? 0.01 : 1;
        return written;
      }
      if (written.unit.empty())
        throw UserError(in_quotes(text) + " has no unit; " + needed + " is needed, " + remedy);
      if (written.unit == "%" && noun(unit) == "pressure")
        throw UserError(in_quotes(text) +
                        " does not say whether dry or humid gas is meant; write the partial "
                        "pressure, " +
                        four_digits(0.95 * written.number) + " kPa if humid, " +
                        four_digits(1.013 * written.number) + " kPa if dry");
      const auto found =
          begins_with_stray_number(written.unit) ? nullptr : find_dimension(written.unit);
      if (!found)
        throw UserError(in_quotes(text) + " has the unknown unit " + in_quotes(written.unit) +
                        "; " + needed + " is needed, " + remedy);
      if (unit == "1" || found->powers != dimension_of(unit).powers)
        throw UserError(in_quotes(text) + " is " + with_article(noun(written.unit)) + ", but " +
                        needed + " is needed; " + remedy);
      factor = found->factor;
      return written;
    }
  } // namespace

  double si_factor(const std::string &unit)
  {
    return dimension_of(unit).factor;
  }

  bool same_dimension(const std::string &a, const std::string &b)
  {
    return dimension_of(a).powers == dimension_of(b).powers;
  }

  double conversion_factor(const std::string &unit, const std::string &wanted)
  {
    const Dimension from = dimension_of(unit), to = dimension_of(wanted);
    if (from.powers != to.powers)
      throw UserError(in_quotes(unit) + " is the unit of " + with_article(noun(unit)) + ", " +
                      in_quotes(wanted) + " that of " + with_article(noun(wanted)));
    return without_rounding(from.factor / to.factor);
  }

  std::string dimension_name(const std::string &unit)
  {
    return noun(unit) + " (for example " + (unit == "1" ? "0.5" : unit) + ")";
  }

  WrittenQuantity split_quantity(const std::string &text)
  {
    const std::string trimmed = trim(text);
    const char *begin         = trimmed.data();
    const char *const end     = begin + trimmed.size();
    if (begin != end && *begin == '+')
      ++begin;
    WrittenQuantity written;
    const auto [rest, error] = std::from_chars(begin, end, written.number);
    if (error != std::errc() || !std::isfinite(written.number))
      throw UserError(in_quotes(text) + " is not a number");
    written.unit = trim(std::string(rest, end));
    return written;
  }

  double parse_quantity(const std::string &text, const std::string &unit)
  {
    double factor                 = 1;
    const WrittenQuantity written = checked_quantity(text, unit, factor);
    return scaled(written.number, factor);
  }

  double parse_quantity_in(const std::string &text, const std::string &unit)
  {
    double factor                 = 1;
    const WrittenQuantity written = checked_quantity(text, unit, factor);
    return scaled(written.number, without_rounding(factor / si_factor(unit)));
  }

  std::string shortest(double value)
  {
    char buffer[40];
    const auto result = std::to_chars(buffer, buffer + sizeof buffer, value);
    std::string text(buffer, result.ptr);
    // "1e+08" and "1e-08" as one writes them: "1e8", "1e-8"
    if (auto exponent = text.find('e'); exponent != std::string::npos)
    {
      if (text[++exponent] == '+')
        text.erase(exponent, 1);
      exponent += text[exponent] == '-';
      if (text[exponent] == '0')
        text.erase(exponent, 1);
    }
    return text;
  }
} // namespace lacuna

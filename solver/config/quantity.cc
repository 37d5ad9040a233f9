// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "config/quantity.h"

#include "config/dimension_name.h"
#include "config/number_spelling.h"
#include "config/text.h"
#include "config/unit.h"
#include "config/user_error.h"

#include <charconv>
#include <cmath>
#include <cstdio>
#include <system_error>

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

    bool is_quantity(const std::string &text, const std::string &unit)
    {
      try
      {
        parse_quantity(text, unit);
        return true;
      }
      catch (const UserError &)
      {
        return false;
      }
    }

    /** "write '4e6 /mL'": what a number in words, with a decimal comma or with grouped digits is
     * here. Each suggestion has been read back; empty if none can be. */
    std::string respelt(const std::string &text, const std::string &unit)
    {
      std::string remedy;
      for (const std::string &spelling : possible_spellings(text))
        if (is_quantity(spelling, unit))
          remedy += (remedy.empty() ? "write " : " or ") + in_quotes(spelling);
        else
          return "";
      return remedy;
    }

    /** Shares of the gas, in kPa per percent at sea level: dry, and humid at 37 C (water vapour has
     * 6.3 kPa). */
    constexpr double dry_gas = 1.01325, humid_gas = dry_gas - 0.0627;

    [[noreturn]] void refuse_share_of_gas(const std::string &text, double percent)
    {
      throw UserError(in_quotes(text) +
                      " does not say whether dry or humid gas is meant; write the partial "
                      "pressure, " +
                      four_digits(humid_gas * percent) + " kPa if humid, " +
                      four_digits(dry_gas * percent) + " kPa if dry");
    }

    /** Says what is wrong with a text that is not a quantity of this unit; `otherwise`, if its
     * number is spelt as usual. */
    [[noreturn]] void refuse(const std::string &text, const std::string &unit,
                             const std::string &otherwise)
    {
      if (const std::string remedy = respelt(text, unit); !remedy.empty())
        throw UserError(in_quotes(text) + " is not a number in digits; " + remedy);
      const std::string reason = why_not_scalar(text, "number");
      throw UserError(reason.empty() ? otherwise : reason);
    }

    WrittenQuantity split_with_needs(const std::string &text, const std::string &unit)
    {
      try
      {
        return split_quantity(text);
      }
      catch (const UserError &)
      {
        throw UserError(in_quotes(text) + " is not a number" + (unit == "1" ? "" : " with a unit") +
                        "; " + what_is_needed(unit));
      }
    }

    /** From the written unit to SI. Throws if its dimension is not that of `unit`. */
    double checked_factor(const std::string &text, const std::string &written,
                          const std::string &unit)
    {
      if (unit == "1" && (written.empty() || is_counting_unit(written)))
        return written == "%" ? 0.01 : 1;
      if (written.empty())
        throw UserError(in_quotes(text) + " has no unit; " + with_article(dimension_noun(unit)) +
                        " is needed: write its unit behind the number, such as " +
                        unit_behind(unit));
      const auto found = begins_with_stray_number(written) ? nullptr : find_dimension(written);
      if (!found)
        throw UserError(in_quotes(text) + " has the unknown unit " + in_quotes(written) + "; " +
                        what_is_needed(unit));
      if (unit == "1" || found->powers != dimension_of(unit).powers)
        throw UserError(in_quotes(text) + " is " + with_article(dimension_noun(written)) +
                        ", but " + what_is_needed(unit));
      return found->factor;
    }

    WrittenQuantity checked_quantity(const std::string &text, const std::string &unit,
                                     double &factor)
    {
      if (trim(text).empty())
        throw UserError("the value is missing; " + what_is_needed(unit));
      try
      {
        WrittenQuantity written = split_with_needs(text, unit);
        if (written.unit == "%" && dimension_noun(unit) == "pressure")
          refuse_share_of_gas(text, written.number);
        factor = checked_factor(text, written.unit, unit);
        return written;
      }
      catch (const UserError &error)
      {
        refuse(text, unit, error.what());
      }
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
      throw UserError(in_quotes(unit) + " is the unit of " + with_article(dimension_noun(unit)) +
                      ", " + in_quotes(wanted) + " that of " +
                      with_article(dimension_noun(wanted)));
    return without_rounding(from.factor / to.factor);
  }

  std::string dimension_name(const std::string &unit)
  {
    return dimension_noun(unit) + " (for example " + (unit == "1" ? "0.5" : unit) + ")";
  }

  WrittenQuantity split_quantity(const std::string &text)
  {
    const std::string trimmed = trim(with_plain_characters(text));
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

  double factor_of_unit(const std::string &text, const std::string &written,
                        const std::string &unit)
  {
    return checked_factor(text, written, unit);
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

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "config/number_spelling.h"

#include "config/quantity.h"
#include "config/text.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstdlib>
#include <regex>

namespace lacuna
{
  namespace
  {
    using Spellings = std::vector<std::string>;

    constexpr std::size_t longest_quantity = 200; // beyond, nobody meant a number

    std::string replaced(std::string text, const std::string &what, const std::string &by)
    {
      for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size()))
        text.replace(at, what.size(), by);
      return text;
    }

    /** "10⁶" as "10^6"; other superscripts, as in mm², are left to the unit. */
    std::string with_plain_powers_of_ten(const std::string &text)
    {
      static const Spellings digits{"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹", "⁻"};
      const auto ten = text.find("10");
      if (ten == std::string::npos)
        return text;
      std::string exponent;
      std::size_t end = ten + 2;
      for (bool found = true; found;)
      {
        found = false;
        for (std::size_t i = 0; i < digits.size() && !found; ++i)
          if (text.compare(end, digits[i].size(), digits[i]) == 0)
          {
            exponent += "0123456789-"[i];
            end += digits[i].size();
            found = true;
          }
      }
      return exponent.empty() ? text : text.substr(0, ten) + "10^" + exponent + text.substr(end);
    }

    std::string quantity_text(double number, const std::string &rest)
    {
      std::string unit = trim(rest);
      if (unit.rfind("per ", 0) == 0)
        unit = "/" + trim(unit.substr(4));
      return shortest(number) + (unit.empty() ? "" : " " + unit);
    }

    double number_of(const std::string &digits)
    {
      return std::strtod(digits.c_str(), nullptr);
    }

    /** "1,000,000", "1.234,5", "1 000 000": digits in groups of three. */
    Spellings ungrouped(const std::string &text)
    {
      static const std::regex groups(
          R"(([+-]?\d{1,3})(([,.' _])\d{3}(?:\3\d{3})*)(?:([.,])(\d+))?(?![\d.,])(.*))");
      std::smatch match;
      if (!std::regex_match(text, match, groups) || match[3] == match[4])
        return {};
      const std::string separator = match[3];
      const bool one_group        = match[2].length() == 4 && !match[4].matched;
      if (one_group && separator == ".")
        return {}; // 1.500 is what it is
      std::string joined = match[1].str() + match[2].str();
      joined.erase(std::remove(joined.begin(), joined.end(), separator[0]), joined.end());
      const double grouped = number_of(joined + "." + match[5].str());
      if (!one_group || separator != ",")
        return {quantity_text(grouped, match[6])};
      const double decimal = number_of(replaced(match[1].str() + match[2].str(), ",", "."));
      if (match[1].str().back() == '0' && std::abs(number_of(match[1])) == 0)
        return {quantity_text(decimal, match[6])};
      return {quantity_text(decimal, match[6]), quantity_text(grouped, match[6])};
    }

    /** "4,5" */
    Spellings with_decimal_point(const std::string &text)
    {
      static const std::regex comma(R"(([+-]?\d+),(\d+)(?![\d.,])(.*))");
      std::smatch match;
      if (!std::regex_match(text, match, comma))
        return {};
      return {match[1].str() + "." + match[2].str() + match[3].str()};
    }

    /** "4 x 10^6", "10^6" */
    Spellings with_exponent(const std::string &text)
    {
      static const std::regex power(
          R"((?:([+-]?\d+(?:\.\d+)?)\s*(?:[xX*]|×|·|⋅|\s)\s*)?10\s*(?:\^|\*\*)\s*\{?([+-]?\d{1,3})\}?(?!\d)(.*))");
      std::smatch match;
      if (!std::regex_match(text, match, power))
        return {};
      const std::string mantissa = match[1].matched ? match[1].str() : "1";
      return {quantity_text(number_of(mantissa + "e" + match[2].str()), match[3])};
    }

    /** "4 million", "150k" */
    Spellings in_digits(const std::string &text)
    {
      static const std::regex words(
          R"(([+-]?\d+(?:\.\d+)?(?:e\d+)?)\s*(thousand|k|million|millions|mio|mln)(?![a-z])\.?(.*))",
          std::regex::icase);
      std::smatch match;
      if (!std::regex_match(text, match, words))
        return {};
      const char initial = match[2].str().front();
      const bool million = initial == 'm' || initial == 'M';
      return {quantity_text(number_of(match[1].str() + (million ? "e6" : "e3")), match[3])};
    }

    /** "4e6 per mL" */
    Spellings with_slash(const std::string &text)
    {
      static const std::regex per(R"(([+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?)\s+per\s+(.*))");
      std::smatch match;
      if (!std::regex_match(text, match, per))
        return {};
      return {match[1].str() + " /" + match[2].str()};
    }

    /** Whether x, y or z is computed with. */
    bool is_expression(const std::string &text)
    {
      static const std::regex variable(R"((^|.*[^A-Za-z0-9_])[xyz]($|[^A-Za-z0-9_].*))");
      return text.find_first_of("*+-/^(") != std::string::npos && std::regex_match(text, variable);
    }
  } // namespace

  std::string with_plain_characters(const std::string &text)
  {
    std::string plain = text;
    for (const char *blank : {"\u00a0", "\u2009", "\u202f"})
      plain = replaced(plain, blank, " ");
    return replaced(plain, "\u2212", "-");
  }

  std::vector<std::string> possible_spellings(const std::string &text)
  {
    if (text.size() > longest_quantity)
      return {};
    const std::string plain = with_plain_powers_of_ten(trim(with_plain_characters(text)));
    for (const auto &read : {ungrouped, with_decimal_point, with_exponent, in_digits, with_slash})
    {
      const Spellings found = read(plain);
      if (found.size() == 1) // "4,5 million" takes two steps
        if (const Spellings further = possible_spellings(found.front()); !further.empty())
          return further;
      if (!found.empty())
        return found;
    }
    return {};
  }

  std::string why_not_scalar(const std::string &text, const std::string &noun)
  {
    const std::string expected = "; one " + noun + " is expected here";
    if (text.size() > longest_quantity)
      return "";
    if (text.find_first_of("[]{}") != std::string::npos)
      return in_quotes(text) + " stands in brackets" + expected + ", without any";
    if (text.find(':') != std::string::npos)
      return in_quotes(text) + " is a table" + expected;
    if (const auto count = split(text, ',').size(); count > 1)
      return in_quotes(text) + " are " + std::to_string(count) + " values" + expected;
    if (is_expression(text))
      return in_quotes(text) + " is an expression" + expected;
    if (trim(text).rfind('(', 0) == 0)
      return in_quotes(text) + " stands in parentheses" + expected + ", without any";
    return "";
  }
} // namespace lacuna

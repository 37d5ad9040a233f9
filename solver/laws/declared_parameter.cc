// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "laws/declared_parameter.h"

#include "config/quantity.h"
#include "config/user_error.h"

#include <cmath>
#include <cstddef>
#include <sstream>
#include <string>
#include <vector>

namespace lacuna
{
  namespace
  {
    /** Splits "A sentence. [seen: X] [computed]" into the sentence and its source. */
    void set_meaning(Parameter &parameter, const char *text)
    {
      parameter.meaning = text == nullptr ? "" : text;
      while (!parameter.meaning.empty() && parameter.meaning.back() == ']')
      {
        const auto begin = parameter.meaning.rfind('[');
        if (begin == std::string::npos)
          return;
        parameter.source = parameter.meaning.substr(begin) + (parameter.source.empty() ? "" : " ") +
                           parameter.source;
        parameter.meaning.erase(begin);
        while (!parameter.meaning.empty() && parameter.meaning.back() == ' ')
          parameter.meaning.pop_back();
      }
    }

    std::vector<std::string> split(const std::string &text, char separator)
    {
      std::vector<std::string> parts;
      std::istringstream stream(text);
      for (std::string part; std::getline(stream, part, separator);)
        parts.push_back(part);
      return parts;
    }

    std::string with_unit(double value, const std::string &unit)
    {
      return shortest(value) + (unit == "1" ? "" : " " + unit);
    }
  } // namespace

  const char *used_unit(const lacuna_parameter &parameter)
  {
    constexpr auto end = offsetof(lacuna_parameter, used_unit) + sizeof(parameter.used_unit);
    return parameter.size >= end ? parameter.used_unit : nullptr;
  }

  const char *default_word(const lacuna_parameter &parameter)
  {
    constexpr auto end = offsetof(lacuna_parameter, default_word) + sizeof(parameter.default_word);
    return parameter.size >= end ? parameter.default_word : nullptr;
  }

  Parameter describe_number(const lacuna_parameter &given)
  {
    Parameter parameter;
    parameter.name    = given.name;
    parameter.kind    = Parameter::Kind::quantity;
    parameter.unit    = given.unit;
    parameter.minimum = given.minimum;
    parameter.maximum = given.maximum;
    if (const char *word = default_word(given))
    {
      parameter.default_text = word;
      parameter.choices      = {word};
    }
    else if (!std::isnan(given.default_value))
      parameter.default_text = with_unit(given.default_value, given.unit);
    set_meaning(parameter, given.meaning);
    return parameter;
  }

  Parameter describe_text(const lacuna_parameter &given)
  {
    Parameter parameter;
    parameter.name         = given.name;
    parameter.kind         = Parameter::Kind::text;
    parameter.default_text = given.default_text;
    if (given.choices != nullptr)
    {
      parameter.kind    = Parameter::Kind::choice;
      parameter.choices = split(given.choices, '|');
    }
    set_meaning(parameter, given.meaning);
    return parameter;
  }

  void check_bounds(const Parameter &parameter, double value)
  {
    const std::string given = "has " + parameter.name + " = " + with_unit(value, parameter.unit);
    if (!(value >= parameter.minimum))
      throw UserError(given + ", which must be at least " +
                      with_unit(parameter.minimum, parameter.unit) + ".");
    if (!(value <= parameter.maximum))
      throw UserError(given + ", which must be at most " +
                      with_unit(parameter.maximum, parameter.unit) + ".");
  }
} // namespace lacuna

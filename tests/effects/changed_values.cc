// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "effects/changed_values.h"

#include "config/field_setting.h"
#include "config/quantity.h"
#include "config/text.h"
#include "config/values.h"

#include <algorithm>
#include <cmath>

namespace lacuna
{
  namespace
  {
    using Kind = Parameter::Kind;

    std::string written(const Parameter &parameter, double number)
    {
      const bool pure = parameter.unit.empty() || parameter.unit == "1";
      return shortest(number) + (pure ? "" : " " + parameter.unit);
    }

    bool within_bounds(const Parameter &parameter, double number)
    {
      return number <= parameter.maximum &&
             (parameter.exclusive_minimum ? number > parameter.minimum
                                          : number >= parameter.minimum);
    }

    double in_unit(const Parameter &parameter, const std::string &text)
    {
      return parse_number(parameter, text) /
             (parameter.unit.empty() ? 1 : si_factor(parameter.unit));
    }

    /** The present number, or 1 where there is a word, a table or an expression. */
    double present_number(const Parameter &parameter, const std::string &present)
    {
      if (present.empty() || contains(parameter.choices, present) ||
          present.find(':') != std::string::npos)
        return 1;
      if (parameter.kind == Kind::field)
      {
        const FieldSetting field = parse_field(present, parameter.unit);
        return field.expression.empty() ? field.constant / si_factor(parameter.unit) : 1;
      }
      return in_unit(parameter, present);
    }

    std::vector<double> other_numbers(const Parameter &parameter, double number)
    {
      std::vector<double> wanted{1.5 * number,
                                 0.5 * number,
                                 number + 1,
                                 number - 1,
                                 10 * number,
                                 0.1 * number,
                                 0.,
                                 0.5 * (parameter.minimum + parameter.maximum),
                                 parameter.minimum,
                                 parameter.maximum};
      if (parameter.kind == Kind::integer)
        wanted = {number + 1, number - 1, 2 * number};
      std::vector<double> result;
      for (const double other : wanted)
        if (std::isfinite(other) && other != number && within_bounds(parameter, other))
          result.push_back(other);
      return result;
    }

    Form numbers(const Parameter &parameter, const std::string &present)
    {
      const bool word     = contains(parameter.choices, present);
      const double number = present_number(parameter, present);
      Form form{"value", {}};
      if (word && within_bounds(parameter, number))
        form.values.push_back(written(parameter, number));
      for (const double other : other_numbers(parameter, number))
        form.values.push_back(written(parameter, other));
      if (!word)
        form.values.insert(form.values.end(), parameter.choices.begin(), parameter.choices.end());
      return form;
    }

    std::string scale(const Parameter &parameter, const std::string &present)
    {
      const double number = present_number(parameter, present);
      return shortest(number == 0 ? 1 : number);
    }

    Form expression(const Parameter &parameter, const std::string &present)
    {
      const bool pure = parameter.unit == "1";
      return {"expression",
              {"(" + scale(parameter, present) + " * (0.6 + 0.1 * x))" +
               (pure ? "" : " " + parameter.unit)}};
    }

    Form table(const Parameter &parameter, const std::string &present)
    {
      const std::string now = scale(parameter, present), unit = " " + parameter.unit;
      return {"table", {"0 d: " + now + unit + ", 1 d: " + shortest(2 * std::stod(now)) + unit}};
    }

    /** One element after the other is changed. */
    std::vector<Form> elements(const Parameter &parameter, const std::string &present)
    {
      const std::vector<std::string> pieces = split(present, ',');
      std::vector<Form> forms;
      for (std::size_t i = 0; i < pieces.size(); ++i)
      {
        Form form{"element " + std::to_string(i + 1), {}};
        for (const double other : other_numbers(parameter, in_unit(parameter, pieces[i])))
        {
          std::string list;
          for (std::size_t k = 0; k < pieces.size(); ++k)
            list += (k == 0 ? "" : ", ") + (k == i ? written(parameter, other) : pieces[k]);
          form.values.push_back(list);
        }
        forms.push_back(form);
      }
      return forms;
    }

    Form texts(const std::string &present, const std::vector<std::string> &names)
    {
      Form form{"value", {}};
      std::vector<std::string> wanted{"another name"};
      wanted.insert(wanted.end(), names.begin(), names.end());
      wanted.emplace_back();
      for (const std::string &name : wanted)
        if (name != present)
          form.values.push_back(name);
      return form;
    }
  } // namespace

  std::vector<Form> changed_values(const Parameter &parameter, const std::string &present,
                                   const std::vector<std::string> &names)
  {
    switch (parameter.kind)
    {
    case Kind::quantity:
    case Kind::integer:
      return {numbers(parameter, present)};
    case Kind::table:
      return {numbers(parameter, present), table(parameter, present)};
    case Kind::field:
      return {numbers(parameter, present), expression(parameter, present)};
    case Kind::list:
      return elements(parameter, present);
    case Kind::boolean:
      return {{"value", {present == "yes" ? "no" : "yes"}}};
    case Kind::choice:
    case Kind::file:
      return {};
    case Kind::text:
    case Kind::names:
      break;
    }
    return {texts(present, names)};
  }

  std::vector<std::string> values_out_of_bounds(const Parameter &parameter)
  {
    std::vector<std::string> values;
    const bool whole = parameter.kind == Kind::integer;
    for (const double bound : {parameter.minimum, parameter.maximum})
    {
      if (!std::isfinite(bound))
        continue;
      const double step   = whole ? 1 : std::max(1e-6, 1e-6 * std::abs(bound));
      const bool excluded = bound == parameter.minimum && parameter.exclusive_minimum;
      values.push_back(written(
          parameter, excluded ? bound : bound + (bound == parameter.minimum ? -step : step)));
    }
    return values;
  }
} // namespace lacuna

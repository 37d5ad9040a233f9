// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "commands/law_overrides.h"

#include "config/quantity.h"
#include "config/suggestion.h"
#include "config/text.h"
#include "config/values.h"
#include "laws/law_library.h"

namespace lacuna
{
  namespace
  {
    const Parameter &find_parameter(const std::vector<Parameter> &parameters,
                                    const std::string &name)
    {
      std::vector<std::string> known;
      for (const Parameter &parameter : parameters)
      {
        if (parameter.name == name)
          return parameter;
        known.push_back(parameter.name);
      }
      throw UserError("--set: the law has no parameter " + in_quotes(name) +
                      or_rather(name, known));
    }

    void set(LawValues &values, const Parameter &parameter, const std::string &text)
    {
      try
      {
        check_value(parameter, text, {});
        if (parameter.kind != Parameter::Kind::quantity)
          values.texts[parameter.name] = text;
        else if (!contains(parameter.choices, text))
          values.numbers[parameter.name] = parse_quantity_in(text, parameter.unit);
      }
      catch (const UserError &error)
      {
        throw UserError("--set: " + parameter.name + ": " + error.what());
      }
    }
  } // namespace

  LawValues law_values(const LawLibrary &library, const std::vector<std::string> &overrides)
  {
    const std::vector<Parameter> parameters = library.parameters();
    LawValues values;
    for (const std::string &text : overrides)
    {
      const auto equals = text.find('=');
      if (equals == std::string::npos)
        throw UserError("--set " + in_quotes(text) +
                        " has no '='; write --set 'Parameter=value unit'.");
      set(values, find_parameter(parameters, normal_name(text.substr(0, equals))),
          trim(text.substr(equals + 1)));
    }
    return values;
  }
} // namespace lacuna

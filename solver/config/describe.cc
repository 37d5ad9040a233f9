// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "config/describe.h"

#include "config/molar_mass.h"

namespace lacuna
{
  Parameter other(Parameter::Kind kind, const std::string &name, const Default &default_text,
                  const std::string &meaning, const std::string &unit, const std::string &source)
  {
    Parameter parameter;
    parameter.name         = name;
    parameter.kind         = kind;
    parameter.default_text = default_text;
    parameter.unit         = unit;
    parameter.meaning      = meaning;
    parameter.source       = source;
    return parameter;
  }

  Parameter quantity(const std::string &name, const Default &default_text, const std::string &unit,
                     const Bounds &bounds, const std::string &meaning, const std::string &source)
  {
    Parameter parameter =
        other(Parameter::Kind::quantity, name, default_text, meaning, unit, source);
    parameter.minimum           = bounds.minimum;
    parameter.maximum           = bounds.maximum;
    parameter.exclusive_minimum = bounds.exclusive_minimum;
    return parameter;
  }

  Parameter quantity_or(const std::string &word, const std::string &name, const std::string &unit,
                        const Bounds &bounds, const std::string &meaning, const std::string &source)
  {
    Parameter parameter = quantity(name, word, unit, bounds, meaning, source);
    parameter.choices   = {word};
    return parameter;
  }

  Parameter integer(const std::string &name, const Default &default_text, const Bounds &bounds,
                    const std::string &meaning, const std::string &source)
  {
    Parameter parameter = quantity(name, default_text, "", bounds, meaning, source);
    parameter.kind      = Parameter::Kind::integer;
    return parameter;
  }

  Parameter choice(const std::string &name, const Default &default_text,
                   const std::vector<std::string> &choices, const std::string &meaning,
                   const std::string &source)
  {
    Parameter parameter = other(Parameter::Kind::choice, name, default_text, meaning, "", source);
    parameter.choices   = choices;
    return parameter;
  }

  Parameter boolean(const std::string &name, const Default &default_text,
                    const std::string &meaning)
  {
    return other(Parameter::Kind::boolean, name, default_text, meaning);
  }

  Parameter oxygen_pressure(Parameter parameter, const Names &names)
  {
    parameter.other_unit   = "kPa";
    parameter.other_factor = names.oxygen_solubility;
    return parameter;
  }

  Parameter amount_of(const std::string &solute, Parameter parameter)
  {
    parameter.solute = molar_mass(solute) ? solute : "";
    return parameter;
  }

  Parameter concentration(Parameter parameter, const std::string &solute, const Names &names)
  {
    return amount_of(solute, solute == "oxygen" ? oxygen_pressure(std::move(parameter), names)
                                                : std::move(parameter));
  }

  Section describe_case(const Names &names)
  {
    Section whole;
    whole.parameters = {
        other(Parameter::Kind::text, "Title", "",
              "What this case is, in a few words; it heads every output."),
    };
    whole.sections = {
        describe_geometry(names),
        describe_tissue(names),
        describe_acidity(),
        describe_osmolarity(),
        describe_solutes(names),
        describe_cells(names),
        describe_boundary_conditions(names),
        describe_laws(),
        describe_injections(names),
        describe_initial_state(names),
        describe_time(),
        describe_solver(),
        describe_accuracy(),
        describe_output(),
    };
    return whole;
  }

  Section describe_case()
  {
    return describe_case(Names());
  }
} // namespace lacuna

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "laws/law_creation.h"

#include "config/quantity.h"
#include "config/suggestion.h"
#include "config/text.h"
#include "config/user_error.h"
#include "laws/declared_parameter.h"
#include "laws/declared_species.h"
#include "laws/declared_unit.h"
#include "laws/law_host.h"

#include <cmath>

namespace lacuna
{
  LawCreation::LawCreation(const lacuna_plugin &plugin_, const LawValues *values_)
      : plugin(plugin_), values(values_), interface(make_host(*this))
  {
  }

  void LawCreation::add(Parameter parameter)
  {
    for (const auto &earlier : parameters)
      if (earlier.name == parameter.name)
        throw UserError("declares the parameter '" + parameter.name + "' twice.");
    parameters.push_back(std::move(parameter));
  }

  double LawCreation::number(const lacuna_parameter &given)
  {
    const char *used = used_unit(given);
    check_declared_unit(given.name, used != nullptr ? used : given.unit, plugin.time_unit);
    const double factor = used != nullptr ? conversion_factor(given.unit, used) : 1;
    add(describe_number(given));
    if (values == nullptr)
      return factor * given.default_value;
    const auto found = values->numbers.find(given.name);
    if (found != values->numbers.end())
    {
      check_bounds(parameters.back(), found->second);
      return factor * found->second;
    }
    if (std::isnan(given.default_value) && default_word(given) == nullptr)
      throw UserError("needs a value for '" + std::string(given.name) + "' (" + given.unit +
                      "), which has no default.");
    return factor * given.default_value;
  }

  const char *LawCreation::text(const lacuna_parameter &given)
  {
    add(describe_text(given));
    if (values == nullptr)
      return given.default_text;
    const auto found = values->texts.find(given.name);
    if (found == values->texts.end())
      return given.default_text;
    const auto &choices = parameters.back().choices;
    if (!choices.empty() && !contains(choices, found->second))
      throw UserError("has " + std::string(given.name) + " = '" + found->second +
                      "', which is no choice" + or_rather(found->second, choices));
    return found->second.c_str();
  }

  int LawCreation::read(LawRead read)
  {
    check_declared_unit(read.name, read.unit, plugin.time_unit);
    reads.push_back(std::move(read));
    return static_cast<int>(reads.size()) - 1;
  }

  int LawCreation::own(const lacuna_species &given)
  {
    DeclaredSpecies species = describe_species(given, plugin);
    for (const DeclaredSpecies &earlier : owns)
      if (earlier.name == species.name)
        throw UserError("declares the species '" + earlier.name +
                        "' twice; declare it once, and use that member again.");
    owns.push_back(species);
    return read(
        {LawRead::Kind::quantity, species.name, "", LACUNA_COMBINE_PRODUCT, species.unit, true});
  }

  int LawCreation::valid(int read, double minimum, double maximum, const char *source)
  {
    if (read < 0 || read >= static_cast<int>(reads.size()))
      throw UserError("gives a range for something that it does not read.");
    if (!(minimum < maximum))
      throw UserError("gives '" + reads[read].name + "' the empty range " + shortest(minimum) +
                      " to " + shortest(maximum) + ".");
    ranges.push_back(
        {static_cast<unsigned int>(read), minimum, maximum, source == nullptr ? "" : source});
    return static_cast<int>(ranges.size()) - 1;
  }

  int LawCreation::move(int read)
  {
    if (read < 0 || read >= static_cast<int>(reads.size()) || !reads[read].changes)
      throw UserError("moves something that it does not change; declare it with population().");
    motions.push_back(static_cast<unsigned int>(read));
    return static_cast<int>(motions.size()) - 1;
  }

  int LawCreation::provide(LawSignal signal)
  {
    provides.push_back(std::move(signal));
    return static_cast<int>(provides.size()) - 1;
  }

  std::string LawCreation::unknown_value() const
  {
    if (values == nullptr)
      return "";
    std::vector<std::string> known;
    for (const auto &parameter : parameters)
      known.push_back(parameter.name);
    const auto sentence = [&](const std::string &name)
    {
      if (contains(known, name))
        return std::string();
      return "has no parameter '" + name + "'" + or_rather(name, known);
    };
    for (const auto &value : values->numbers)
      if (const auto text = sentence(value.first); !text.empty())
        return text;
    for (const auto &value : values->texts)
      if (const auto text = sentence(value.first); !text.empty())
        return text;
    return "";
  }
} // namespace lacuna

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "laws/law_creation.h"

#include "config/quantity.h"
#include "config/suggestion.h"
#include "config/user_error.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstddef>
#include <cstring>
#include <sstream>

namespace lacuna
{
  namespace
  {
    /** Runs one declaration; an exception must not cross the boundary, so it becomes the refusal.
     */
    template <class Action>
    int answer(void *context, const Action &action)
    {
      auto &creation = *static_cast<LawCreation *>(context);
      try
      {
        return action(creation);
      }
      catch (const std::exception &error)
      {
        if (creation.refusal.empty())
          creation.refusal = error.what();
        return -1;
      }
    }

    int host_number(void *context, const lacuna_parameter *parameter, double *value)
    {
      return answer(context,
                    [&](LawCreation &creation)
                    {
                      *value = creation.number(*parameter);
                      return 0;
                    });
    }

    int host_text(void *context, const lacuna_parameter *parameter, const char **value)
    {
      return answer(context,
                    [&](LawCreation &creation)
                    {
                      *value = creation.text(*parameter);
                      return 0;
                    });
    }

    int host_read(void *context, const char *name, const char *unit, int32_t changes)
    {
      return answer(context,
                    [&](LawCreation &creation)
                    {
                      return creation.read({LawRead::Kind::quantity, name, "",
                                            LACUNA_COMBINE_PRODUCT, unit, changes != 0});
                    });
    }

    int host_total(void *context, const char *population, const char *unit)
    {
      return answer(context,
                    [&](LawCreation &creation)
                    {
                      return creation.read({LawRead::Kind::total, population, "",
                                            LACUNA_COMBINE_PRODUCT, unit, false});
                    });
    }

    int host_own(void *context, const lacuna_species *species)
    {
      return answer(context, [&](LawCreation &creation) { return creation.own(*species); });
    }

    int host_provide(void *context, const char *process, const char *target, int32_t combination)
    {
      return answer(context,
                    [&](LawCreation &creation) {
                      return creation.provide({process, target, combination});
                    });
    }

    int host_use(void *context, const char *process, const char *target, int32_t combination)
    {
      return answer(
          context,
          [&](LawCreation &creation) {
            return creation.read({LawRead::Kind::signal, process, target, combination, "1", false});
          });
    }

    int host_valid(void *context, int32_t read, double minimum, double maximum, const char *source)
    {
      return answer(context, [&](LawCreation &creation)
                    { return creation.valid(read, minimum, maximum, source); });
    }

    int host_move(void *context, int32_t read)
    {
      return answer(context, [&](LawCreation &creation) { return creation.move(read); });
    }

    bool is_unit_of_time(const std::string &unit)
    {
      try
      {
        return same_dimension(unit, "s");
      }
      catch (const UserError &)
      {
        return false;
      }
    }

    /** The first unit of time in a text such as "fmol/h" that is not `time_unit`; else empty. */
    std::string foreign_time_unit(const std::string &unit, const std::string &time_unit)
    {
      std::string words = unit;
      for (char &c : words)
        if (std::isalpha(static_cast<unsigned char>(c)) == 0)
          c = ' ';
      std::istringstream stream(words);
      for (std::string word; stream >> word;)
        if (is_unit_of_time(word) && si_factor(word) != si_factor(time_unit))
          return word;
      return "";
    }

    /** A plugin that knows less fills less: what it does not know begins as zero. */
    lacuna_species completed(const lacuna_species &given)
    {
      lacuna_species result = {};
      std::memcpy(&result, &given, std::min<std::size_t>(given.size, sizeof(result)));
      return result;
    }

    /** Members that an older plugin does not know lie beyond the size it states. */
    const char *used_unit(const lacuna_parameter &parameter)
    {
      constexpr auto end = offsetof(lacuna_parameter, used_unit) + sizeof(parameter.used_unit);
      return parameter.size >= end ? parameter.used_unit : nullptr;
    }
    const char *default_word(const lacuna_parameter &parameter)
    {
      constexpr auto end =
          offsetof(lacuna_parameter, default_word) + sizeof(parameter.default_word);
      return parameter.size >= end ? parameter.default_word : nullptr;
    }

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

    /** Free diffusion of a sphere in water at 37 degC (m^2/s). */
    double stokes_einstein(double radius)
    {
      constexpr double boltzmann = 1.380649e-23, temperature = 310.15, viscosity = 6.913e-4;
      return boltzmann * temperature / (6 * 3.14159265358979323846 * viscosity * radius);
    }

    void describe_transport(const lacuna_species &given, DeclaredSpecies &species)
    {
      using Hindrance   = DeclaredSpecies::Hindrance;
      using Supply      = DeclaredSpecies::Supply;
      species.hindrance = given.hindrance == LACUNA_HINDRANCE_MACKIE_MEARES
                              ? Hindrance::mackie_meares
                          : given.hindrance == LACUNA_HINDRANCE_OGSTON ? Hindrance::ogston
                                                                       : Hindrance::none;
      species.radius    = 1e-9 * given.radius;
      if (species.hindrance == Hindrance::ogston && !(species.radius > 0))
        throw UserError(
            "gives '" + species.name +
            "' no radius, by which fibres would hinder it; write of_size(radius in nm).");
      species.diffusivity =
          std::isnan(given.diffusivity)
              ? stokes_einstein(species.radius)
              : given.diffusivity * conversion_factor(given.diffusivity_unit, "m^2/s");
      if (!(species.diffusivity >= 0))
        throw UserError("gives '" + species.name + "' the diffusivity " +
                        shortest(given.diffusivity) + " " + given.diffusivity_unit +
                        ", which must not be negative.");
      species.supply       = given.supply == LACUNA_SUPPLY_FIXED      ? Supply::fixed
                             : given.supply == LACUNA_SUPPLY_EXCHANGE ? Supply::exchange
                                                                      : Supply::closed;
      species.supply_value = given.supply_value;
      species.exchange     = given.exchange;
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
  } // namespace

  void check_time_unit(const lacuna_plugin &plugin)
  {
    if (plugin.time_unit == nullptr || !is_unit_of_time(plugin.time_unit))
      throw UserError(
          "law '" + std::string(plugin.name) + "' gives '" +
          (plugin.time_unit == nullptr ? "" : plugin.time_unit) +
          "' as its time unit, which is no unit of time; write \"s\", \"h\" or \"d\" in "
          "LACUNA_LAW.");
  }

  LawCreation::LawCreation(const lacuna_plugin &plugin_, const LawValues *values_)
      : plugin(plugin_), values(values_), interface {
    sizeof(lacuna_host), this, &host_number, &host_text, &host_read, &host_total, &host_own,
        &host_provide, &host_use, &host_valid, &host_move
  } {}

  void LawCreation::check_unit(const std::string &name, const std::string &unit) const
  {
    try
    {
      si_factor(unit);
    }
    catch (const UserError &)
    {
      throw UserError("declares '" + name + "' in '" + unit +
                      "', which is no unit; write, for example, \"mM\", \"1/mL\", or \"1\" for a "
                      "pure number.");
    }
    // A diffusivity goes to the transport as it is and never enters a rate.
    if (same_dimension(unit, "m^2/s"))
      return;
    if (const auto other = foreign_time_unit(unit, plugin.time_unit); !other.empty())
      throw UserError("declares '" + name + "' in '" + unit + "', but its time unit is '" +
                      plugin.time_unit + "': write the unit with '" + plugin.time_unit +
                      "' instead of '" + other + "'.");
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
    check_unit(given.name, used != nullptr ? used : given.unit);
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
    bool known          = choices.empty();
    for (const auto &choice : choices)
      known |= choice == found->second;
    if (!known)
      throw UserError("has " + std::string(given.name) + " = '" + found->second +
                      "', which is no choice" + or_rather(found->second, choices));
    return found->second.c_str();
  }

  int LawCreation::read(LawRead read)
  {
    check_unit(read.name, read.unit);
    reads.push_back(std::move(read));
    return static_cast<int>(reads.size()) - 1;
  }

  int LawCreation::own(const lacuna_species &partly_given)
  {
    const lacuna_species given = completed(partly_given);
    if (given.name == nullptr || *given.name == 0)
      throw UserError("declares a species without a name.");
    for (const DeclaredSpecies &earlier : owns)
      if (earlier.name == given.name)
        throw UserError("declares the species '" + earlier.name +
                        "' twice; declare it once, and use that member again.");
    DeclaredSpecies species;
    species.name    = given.name;
    species.unit    = given.unit;
    species.meaning = given.meaning == nullptr ? "" : given.meaning;
    species.mobile  = given.mobile != 0;
    species.basis   = given.basis == LACUNA_BASIS_PORE_WATER ? Basis::pore_water
                      : given.basis == LACUNA_BASIS_PER_CELL ? Basis::per_cell
                                                             : Basis::tissue;
    if (species.basis == Basis::per_cell)
    {
      if (given.population == nullptr || *given.population == 0)
        throw UserError("counts '" + species.name + "' per cell but names no population.");
      species.population = given.population;
    }
    species.initial = given.initial;
    species.decay   = given.decay / si_factor(plugin.time_unit);
    if (!(given.decay >= 0))
      throw UserError("lets '" + species.name + "' decay at the rate " + shortest(given.decay) +
                      " 1/" + plugin.time_unit + ", which must not be negative.");
    if (species.mobile)
      describe_transport(given, species);
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
      for (const auto &one : known)
        if (one == name)
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

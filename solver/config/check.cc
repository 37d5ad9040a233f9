// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "config/molar_mass.h"
#include "config/number_spelling.h"
#include "config/problems.h"
#include "config/quantity.h"
#include "config/suggestion.h"
#include "config/text.h"
#include "config/user_error.h"
#include "config/values.h"

#include <algorithm>
#include <charconv>
#include <filesystem>

namespace lacuna
{
  namespace
  {
    void check_bounds(const Parameter &parameter, double value, const std::string &text)
    {
      const bool too_small =
          parameter.exclusive_minimum ? value <= parameter.minimum : value < parameter.minimum;
      if (too_small || value > parameter.maximum)
        throw UserError(in_quotes(text) + " is out of bounds; it must be " +
                        bounds_text(parameter));
    }

    bool is_one_number(const Parameter &parameter, const std::string &text)
    {
      using Kind = Parameter::Kind;
      return parameter.kind == Kind::quantity || parameter.kind == Kind::integer ||
             (parameter.kind == Kind::field &&
              parse_field(text, parameter.unit).expression.empty());
    }

    void check_number(const Parameter &parameter, const std::string &text)
    {
      const double factor = parameter.unit.empty() ? 1. : si_factor(parameter.unit);
      const double value  = parse_number(parameter, text);
      const bool in_unit =
          parameter.other_unit.empty() && parameter.kind != Parameter::Kind::integer;
      check_bounds(parameter, in_unit ? parse_quantity_in(text, parameter.unit) : value / factor,
                   text);
    }

    /** The entries of a table over time, each "TIME: VALUE". */
    std::vector<std::string> entries_of_table(const std::string &text)
    {
      const auto entries = split(text, ',');
      for (const std::string &entry : entries)
        if (entry.find(':') == std::string::npos)
          throw UserError(in_quotes(entry) +
                          " has no time; a table is 'TIME: VALUE, TIME: VALUE, ...', with decimal "
                          "points in its numbers");
      return entries;
    }

    void check_table(const Parameter &parameter, const std::string &text)
    {
      if (text.find(':') == std::string::npos)
        return check_number(parameter, text);
      for (const std::string &entry : entries_of_table(text))
        check_number(parameter, trim(entry.substr(entry.find(':') + 1)));
      parse_table(parameter, text);
    }

    void check_file(const std::string &text, const Location &location)
    {
      const auto path = location.folder() / text;
      std::error_code error;
      if (std::filesystem::is_directory(path, error))
        throw UserError(in_quotes(path.string()) + " is a folder; a file is needed");
      if (!std::filesystem::exists(path, error))
        throw UserError("there is no file " + in_quotes(path.string()) + similar_file(path));
      if (!std::filesystem::is_regular_file(path, error))
        throw UserError(in_quotes(path.string()) +
                        " is a pipe or a device; an ordinary file is needed");
    }

    void check_boolean(const std::string &text)
    {
      if (text != "yes" && text != "no")
        throw UserError(in_quotes(text) + " is neither 'yes' nor 'no'");
    }

    /** How a missing parameter would be written. */
    std::string example_of(const Parameter &parameter)
    {
      const std::string beginning = "write 'set " + parameter.name + " = ...'";
      if (parameter.kind == Parameter::Kind::choice)
        return beginning + " with one of " + list_in_quotes(parameter.choices);
      const std::string unit = unit_text(parameter);
      return beginning + (unit.empty() ? "" : " with a value in " + unit) + " (" +
             parameter.meaning + ")";
    }

    /** Words that may stand instead of a value are shown to those who wrote a word. */
    bool begins_with_number(const std::string &text)
    {
      try
      {
        split_quantity(text);
        return true;
      }
      catch (const UserError &)
      {
        return false;
      }
    }

    std::vector<std::string> names_of(const std::vector<Parameter> &parameters)
    {
      std::vector<std::string> names;
      for (const Parameter &parameter : parameters)
        names.push_back(parameter.name);
      return names;
    }

    std::vector<std::string> names_of(const std::vector<Section> &sections)
    {
      std::vector<std::string> names;
      for (const Section &section : sections)
        names.push_back(section.name);
      return names;
    }

    /** What the sub-sections of this section stand for. */
    std::string section_noun(const std::string &path)
    {
      if (path == "Boundary conditions" || path == "Initial state/Boundary values")
        return "face";
      if (path.rfind("Boundary conditions/", 0) == 0)
        return "mobile species";
      return path == "Tissue" ? "region" : path == "Solutes" ? "solute" : "section";
    }

    std::string there_is_no(const std::string &path, const std::string &what,
                            const std::string &name)
    {
      return (path.empty() ? "" : path + ": ") + "there is no " + what + " " + in_quotes(name);
    }

    void check_entry(const Section &description, Node &node, const Node::Entry &entry,
                     const std::string &path, Problems &problems)
    {
      const auto report = [&](const std::string &sentence)
      {
        problems.add(entry.location, sentence);
        node.valid = false;
      };
      const Parameter *parameter = find_parameter(description, entry.name);
      if (parameter == nullptr)
      {
        if (find_section(description, entry.name) != nullptr &&
            !find_section(description, entry.name)->free_name())
          return report((path.empty() ? "" : path + ": ") + in_quotes(entry.name) +
                        " is a section; write 'subsection " + entry.name +
                        "', its parameters, and 'end'");
        return report(there_is_no(path, "parameter", entry.name) +
                      suggestion(entry.name, names_of(description.parameters)));
      }
      try
      {
        check_value(*parameter, entry.value, entry.location);
      }
      catch (const UserError &error)
      {
        report((path.empty() ? "" : path + "/") + entry.name + ": " + error.what());
      }
    }

    void check_unknown_sections(const Section &description, Node &node, const std::string &path,
                                Problems &problems)
    {
      for (const Node &section : node.sections)
        if (find_section(description, section.name) == nullptr)
        {
          const bool is_parameter = find_parameter(description, section.name) != nullptr;
          problems.add(section.location,
                       is_parameter ? path + ": " + in_quotes(section.name) +
                                          " is a parameter; write 'set " + section.name + " = ...'"
                                    : there_is_no(path, section_noun(path), section.name) +
                                          suggestion(section.name, names_of(description.sections)));
          node.valid = false;
        }
    }
  } // namespace

  const Parameter *find_parameter(const Section &description, const std::string &name)
  {
    for (const Parameter &parameter : description.parameters)
      if (parameter.name == name)
        return &parameter;
    for (const Parameter &parameter : description.parameters)
      if (parameter.free_name() &&
          name.rfind(parameter.name.substr(0, parameter.name.find('<')), 0) == 0)
        return &parameter;
    return nullptr;
  }

  const Section *find_section(const Section &description, const std::string &name)
  {
    for (const Section &section : description.sections)
      if (section.name == name)
        return &section;
    for (const Section &section : description.sections)
      if (section.free_name())
        return &section;
    return nullptr;
  }

  namespace
  {
    int parse_integer(const std::string &text)
    {
      int value                 = 0;
      const std::string trimmed = trim(text);
      const auto [rest, error] =
          std::from_chars(trimmed.data(), trimmed.data() + trimmed.size(), value);
      if (!trimmed.empty() && error == std::errc() && rest == trimmed.data() + trimmed.size())
        return value;
      const std::string reason = why_not_scalar(text, "integer");
      throw UserError(reason.empty() ? in_quotes(text) + " is not an integer" : reason);
    }

    double parse_in_either_unit(const Parameter &parameter, const std::string &text)
    {
      if (parameter.other_unit.empty())
        return parse_quantity(text, parameter.unit);
      try
      {
        return parse_quantity(text, parameter.unit);
      }
      catch (const UserError &)
      {
        // The other unit is the usual one (kPa for oxygen), so its sentence is the one to show.
        return parse_quantity(text, parameter.other_unit) * parameter.other_factor;
      }
    }
  } // namespace

  double parse_number(const Parameter &parameter, const std::string &text)
  {
    if (parameter.kind == Parameter::Kind::integer)
      return parse_integer(text);
    try
    {
      return parse_in_either_unit(parameter, text);
    }
    catch (const UserError &)
    {
      const std::string remedy = mass_in_amounts(text, parameter.unit, parameter.solute);
      if (remedy.empty())
        throw;
      throw UserError(remedy);
    }
  }

  TimeTable parse_table(const Parameter &parameter, const std::string &text)
  {
    TimeTable table;
    if (text.find(':') == std::string::npos)
      return {{0.}, {parse_number(parameter, text)}};
    for (const std::string &entry : entries_of_table(text))
    {
      const auto colon = entry.find(':');
      table.times.push_back(parse_quantity(entry.substr(0, colon), "d"));
      table.values.push_back(parse_number(parameter, entry.substr(colon + 1)));
      const std::size_t n = table.times.size();
      if (n > 1 && table.times[n - 1] < table.times[n - 2])
        throw UserError("the times of the table do not ascend at " + in_quotes(entry));
      if (n > 2 && table.times[n - 1] == table.times[n - 3])
        throw UserError("the table has more than two values at one time, at " + in_quotes(entry) +
                        "; two values at one time are a jump");
    }
    return table;
  }

  void check_value(const Parameter &parameter, const std::string &text, const Location &location)
  {
    using Kind = Parameter::Kind;
    if (parameter.kind == Kind::choice && !contains(parameter.choices, text))
      throw UserError(in_quotes(text) + " is not one of the choices" +
                      suggestion(text, parameter.choices));
    if (contains(parameter.choices, text))
      return;
    const bool optional = parameter.default_text && parameter.default_text->empty();
    if (text.empty() && optional)
      return;
    if (text.empty() && parameter.kind >= Kind::text)
      throw UserError("the value is missing; " + example_of(parameter));
    try
    {
      if (is_one_number(parameter, text))
        check_number(parameter, text);
      else if (parameter.kind == Kind::table)
        check_table(parameter, text);
      else if (parameter.kind == Kind::list)
        for (const std::string &piece : split(text, ','))
          check_number(parameter, piece);
      else if (parameter.kind == Kind::boolean)
        check_boolean(text);
      else if (parameter.kind == Kind::file)
        check_file(text, location);
    }
    catch (const UserError &error)
    {
      if (parameter.choices.empty() || parameter.choices.front() == "none" ||
          begins_with_number(text))
        throw;
      throw UserError(std::string(error.what()) + ", or " + in_quotes(parameter.choices.front()));
    }
  }

  void check(const Section &description, Node &node, const std::string &path, bool deep,
             Problems &problems)
  {
    for (const Node::Entry &entry : node.entries)
      check_entry(description, node, entry, path, problems);
    for (const Parameter &parameter : description.parameters)
      if (!parameter.default_text && !parameter.free_name() &&
          node.find_entry(parameter.name) == nullptr)
      {
        problems.add(node.location, (path.empty() ? "" : path + ": ") + in_quotes(parameter.name) +
                                        " is missing; " + example_of(parameter));
        node.valid = false;
      }
    check_unknown_sections(description, node, path, problems);
    if (!deep)
      return;
    const auto below = [&](const std::string &name)
    { return path.empty() ? name : path + "/" + name; };
    for (const Section &section : description.sections)
      if (!section.free_name() && node.find(section.name) == nullptr)
      {
        Node absent; // its parameters that must be given are missed here
        absent.name     = section.name;
        absent.location = node.location;
        check(section, absent, below(section.name), deep, problems);
        node.valid = node.valid && absent.valid;
      }
    for (Node &section : node.sections)
      if (const Section *known = find_section(description, section.name))
      {
        check(*known, section, below(section.name), deep, problems);
        node.valid = node.valid && section.valid;
      }
  }
} // namespace lacuna

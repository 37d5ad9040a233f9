// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "config/values.h"

#include "config/problems.h"
#include "config/quantity.h"
#include "config/text.h"

#include <stdexcept>

namespace lacuna
{
  Values::Values(const Section &description, const Node &node)
      : description(&description), node(node)
  {
    Problems problems;
    check(description, this->node, path, true, problems);
    problems.throw_if_any(node.location.file);
  }

  Values::Values(const Section &description, const Node &node, const std::string &path,
                 Problems &problems)
      : description(&description), node(node), path(path)
  {
    check(description, this->node, path, true, problems);
  }

  Values::Values(const Section &description, Node node, std::string path)
      : description(&description), node(std::move(node)), path(std::move(path))
  {
  }

  std::string Values::path_to(const std::string &parameter) const
  {
    return path.empty() ? parameter : path + "/" + parameter;
  }

  const Parameter &Values::find(const std::string &parameter) const
  {
    const Parameter *found = find_parameter(*description, parameter);
    if (found == nullptr)
      throw std::logic_error("the parameter '" + path_to(parameter) + "' is not described");
    return *found;
  }

  std::string Values::value(const std::string &parameter) const
  {
    const Parameter &found = find(parameter);
    if (const auto *entry = node.find_entry(parameter))
      return entry->value;
    if (!found.default_text)
      throw std::logic_error("the parameter '" + path_to(parameter) + "' has no value");
    return *found.default_text;
  }

  double Values::number(const std::string &parameter) const
  {
    return parse_number(find(parameter), value(parameter));
  }

  double Values::number_in_unit(const std::string &parameter) const
  {
    const Parameter &found = find(parameter);
    if (found.kind == Parameter::Kind::integer)
      return parse_number(found, value(parameter));
    return parse_quantity_in(value(parameter), found.unit);
  }

  bool Values::boolean(const std::string &parameter) const
  {
    return value(parameter) == "yes";
  }

  std::string Values::text(const std::string &parameter) const
  {
    const std::string written = value(parameter);
    if (find(parameter).kind == Parameter::Kind::file && !written.empty() && is_set(parameter))
      return location(parameter).resolve(written).string();
    return written;
  }

  std::vector<std::string> Values::names(const std::string &parameter) const
  {
    auto names = split(value(parameter), ',');
    for (std::string &name : names)
      name = normal_name(name);
    return names;
  }

  std::vector<double> Values::list(const std::string &parameter) const
  {
    std::vector<double> numbers;
    for (const std::string &piece : split(value(parameter), ','))
      numbers.push_back(parse_number(find(parameter), piece));
    return numbers;
  }

  TimeTable Values::table(const std::string &parameter) const
  {
    return parse_table(find(parameter), value(parameter));
  }

  FieldSetting Values::field(const std::string &parameter) const
  {
    return parse_field(value(parameter), find(parameter).unit);
  }

  bool Values::is_word(const std::string &parameter) const
  {
    return contains(find(parameter).choices, value(parameter));
  }

  bool Values::is_set(const std::string &parameter) const
  {
    find(parameter);
    return node.find_entry(parameter) != nullptr;
  }

  Location Values::location(const std::string &parameter) const
  {
    const auto *entry = node.find_entry(parameter);
    return entry == nullptr ? node.location : entry->location;
  }

  Values Values::section(const std::string &name) const
  {
    const Section *found = find_section(*description, name);
    if (found == nullptr)
      throw std::logic_error("the section '" + path_to(name) + "' is not described");
    if (const Node *written = node.find(name))
      return Values(*found, *written, path_to(name));
    Node absent;
    absent.name     = name;
    absent.location = node.location;
    return Values(*found, std::move(absent), path_to(name));
  }

  std::vector<std::string> Values::section_names() const
  {
    std::vector<std::string> names;
    for (const Node &section : node.sections)
      if (find_section(*description, section.name) != nullptr)
        names.push_back(section.name);
    return names;
  }
} // namespace lacuna

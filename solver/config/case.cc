// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "config/case.h"

#include "config/case_reading.h"
#include "config/file_kind.h"
#include "config/readable.h"
#include "config/suggestion.h"
#include "config/text.h"
#include "config/user_error.h"
#include "config/write_parameters.h"

#include <algorithm>

namespace lacuna
{
  Values CaseReading::part(Section description)
  {
    descriptions.push_back(std::move(description));
    const Section &stored = descriptions.back();
    if (const Node *node = written(stored.name))
      return Values(stored, *node, stored.name, problems);
    Node absent;
    absent.name     = stored.name;
    absent.location = root.location;
    return Values(stored, absent, stored.name, problems);
  }

  Location CaseReading::place(const std::string &section) const
  {
    const Node *node = root.find(section);
    return node == nullptr ? root.location : node->location;
  }

  void CaseReading::report(const Values &values, const std::string &parameter,
                           const std::string &sentence)
  {
    problems.add(values.location(parameter), values.path_to(parameter) + ": " + sentence);
  }

  bool CaseReading::is_species(const std::string &name) const
  {
    return contains(names.solutes, name) || contains(populations, name) ||
           std::any_of(owned.begin(), owned.end(),
                       [&](const auto &species) { return species.name == name; });
  }

  Coordinates CaseReading::coordinates(const Values &values, const std::string &parameter)
  {
    const auto numbers = values.list(parameter);
    if (numbers.size() == dim)
      return {numbers[0], numbers[1], numbers[2]};
    report(values, parameter,
           "there must be three numbers, along x, y and z, not " + std::to_string(numbers.size()) +
               "; write for example '0 mm, 0 mm, 2 mm'");
    return {};
  }

  std::filesystem::path CaseReading::run_folder(const Values &values, const std::string &choice,
                                                const std::string &parameter, bool wanted)
  {
    const std::string folder = values.text(parameter);
    const std::string path   = values.path_to(parameter);
    if (!wanted && !folder.empty())
      report(values, parameter,
             "this has no effect, because '" + choice + " = " + values.text(choice) +
                 "'; remove it, or write 'set " + choice + " = finished run'");
    if (wanted && folder.empty())
      report(values, choice,
             "'finished run' needs '" + parameter + "'; write 'set " + parameter + " = ...'");
    if (!wanted || folder.empty())
      return {};
    const Location location = values.location(parameter);
    const auto found        = location.resolve(folder);
    std::error_code error;
    if (!std::filesystem::is_directory(found, error))
      report(values, parameter,
             "there is no folder " + in_quotes((location.folder() / folder).string()));
    else
      written(path.substr(0, path.find('/')))->find_entry(parameter)->value = found.string();
    return found;
  }

  bool CaseReading::is_free_name(const std::string &name, const Location &location)
  {
    if (find_readable(name) != nullptr)
      problems.add(location, in_quotes(name) +
                                 " cannot name a species, because laws read a quantity of that "
                                 "name; choose another");
    else if (is_species(name))
      problems.add(location,
                   in_quotes(name) + " is already the name of another species; choose another");
    else
      return true;
    return false;
  }

  namespace
  {
    /** Adds or replaces an entry whose default depends on the name of the file, so that what is
     * written can be rerun. */
    void fix_entry(Node &node, const std::string &name, const std::string &value)
    {
      if (auto *entry = node.find_entry(name))
        entry->value = value;
      else
        node.entries.insert(node.entries.begin(), {name, value, node.location});
    }

    Node &section_of(Node &root, const std::string &name)
    {
      if (root.find(name) == nullptr)
      {
        root.sections.emplace_back();
        root.sections.back().name     = name;
        root.sections.back().location = root.location;
      }
      return *root.find(name);
    }

    void write_parameters(CaseReading &reading)
    {
      Case &result  = reading.result;
      Section whole = describe_case(reading.names);
      for (Section &section : whole.sections)
        for (const Section &used : reading.descriptions)
          if (used.name == section.name)
            section = used;
      fix_entry(reading.root, "Title", result.title);
      fix_entry(section_of(reading.root, "Output"), "Folder", result.output.folder.string());
      result.parameters            = write_parameters(whole, reading.root, false);
      result.parameter_differences = write_parameters(whole, reading.root, true);
    }
  } // namespace

  Case read_case(const std::filesystem::path &file, const std::vector<std::string> &overrides,
                 const LawLookup &laws)
  {
    CaseReading reading;
    reading.root = scan(file, reading.problems);
    refuse_study(reading.root);
    for (const std::string &assignment : overrides)
      override_entry(reading.root, assignment);

    check(describe_case(reading.names), reading.root, "", false, reading.problems);
    const auto *title   = reading.root.find_entry("Title");
    reading.result.file = file;
    reading.result.title =
        title != nullptr && !title->value.empty() ? title->value : file.stem().string();

    // Names first: regions and faces, then species, then what refers to them.
    read_geometry(reading);
    read_solutes(reading);
    read_cells(reading);
    read_laws(reading, laws);
    read_tissue(reading);
    read_acidity(reading);
    read_osmolarity(reading);
    read_time(reading);
    read_boundary_conditions(reading);
    read_initial_state(reading);
    read_injections(reading);
    read_accuracy(reading);
    read_solver(reading);
    read_output(reading);
    read_without_effect(reading);
    reading.problems.throw_if_any(file.string());
    write_parameters(reading);
    return reading.result;
  }
} // namespace lacuna

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "effects/effect_case.h"

#include "commands/laws_of_case.h"
#include "config/parameter_file.h"
#include "support/case_run.h"
#include "support/test_law.h"

#include <algorithm>
#include <set>

namespace lacuna
{
  namespace
  {
    void flatten(const Node &node, const std::string &path,
                 std::map<std::string, std::string> &values)
    {
      for (const Node::Entry &entry : node.entries)
        values[path + entry.name] = entry.value;
      for (const Node &section : node.sections)
        flatten(section, path + section.name + "/", values);
    }

    std::vector<std::string> names_in(const Case &input)
    {
      std::set<std::string> names;
      for (const PopulationSettings &population : input.populations)
        names.insert(population.name);
      for (const SoluteSettings &solute : input.solutes)
        names.insert(solute.name);
      for (const LawSettings &law : input.laws)
        for (const DeclaredSpecies &species : law.species)
          names.insert(species.name);
      for (const InjectionSettings &injection : input.injections)
        names.insert(injection.name);
      for (const auto &list : {input.geometry.regions(), input.geometry.faces()})
        names.insert(list.begin(), list.end());
      return {names.begin(), names.end()};
    }

    /** Laws of the tests lie where the build puts them; a case names them "test-laws/NAME". */
    std::vector<std::string> places_of_test_laws(const Node &written)
    {
      const std::string prefix = "test-laws/";
      std::vector<std::string> overrides;
      if (const Node *laws = written.find("Laws"))
        for (const Node &law : laws->sections)
          if (const auto *entry = law.find_entry("Law");
              entry != nullptr && entry->value.rfind(prefix, 0) == 0)
            overrides.push_back("Laws/" + law.name +
                                "/Law=" + test_law(entry->value.substr(prefix.size())));
      return overrides;
    }
  } // namespace

  EffectCase::EffectCase(const std::filesystem::path &path)
      : name(path.stem().string()), file(path.string()), given(places_of_test_laws(scan(path)))
  {
    const Case input = read_case(path, given, law_lookup());
    flatten(scan_text(input.parameters, file), "", values);
    names = names_in(input);
  }

  const Outcome &EffectCase::base(Look look)
  {
    if (as_written.count(look) == 0)
      as_written[look] = look == Look::at_files ? files_of(file, given) : outcome_of(file, given);
    return as_written.at(look);
  }

  std::vector<std::string> EffectCase::overrides(const std::string &path,
                                                 const std::string &value) const
  {
    std::vector<std::string> result = given;
    result.push_back(path + "=" + value);
    return result;
  }

  Outcome EffectCase::with(const std::string &path, const std::string &value, Look look) const
  {
    const auto changed = overrides(path, value);
    return look == Look::at_files ? files_of(file, changed) : outcome_of(file, changed);
  }

  std::string EffectCase::refusal_with(const std::string &path, const std::string &value) const
  {
    return refusal_of(file, overrides(path, value));
  }

  namespace
  {
    std::vector<std::filesystem::path> files_in(const std::string &folder)
    {
      std::vector<std::filesystem::path> files;
      for (const auto &entry :
           std::filesystem::directory_iterator(test_file("effects/cases/" + folder)))
        if (entry.path().extension() == ".prm")
          files.push_back(entry.path());
      std::sort(files.begin(), files.end());
      return files;
    }

    bool tests_law(const std::filesystem::path &file, const std::string &law)
    {
      std::map<std::string, std::string> written;
      flatten(scan(file), "", written);
      return written["Laws/law/Law"] == law;
    }
  } // namespace

  std::vector<EffectCase> &cases_of_core()
  {
    static std::vector<EffectCase> cases;
    if (cases.empty())
      for (const auto &file : files_in("core"))
        cases.emplace_back(file);
    return cases;
  }

  std::vector<EffectCase> cases_of_law(const std::string &law)
  {
    std::vector<EffectCase> cases;
    for (const auto &file : files_in("laws"))
      if (tests_law(file, law))
        cases.emplace_back(file);
    return cases;
  }
} // namespace lacuna

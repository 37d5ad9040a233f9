// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "effects/effect_case.h"

#include "commands/laws_of_case.h"
#include "config/parameter_file.h"
#include "support/case_run.h"

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
            overrides.push_back("Laws/" + law.name + "/Law=" + LACUNA_TEST_LAWS + "/" +
                                entry->value.substr(prefix.size()) + ".so");
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

  std::vector<EffectCase> &cases_in(const std::string &folder)
  {
    static std::map<std::string, std::vector<EffectCase>> known;
    if (const auto found = known.find(folder); found != known.end())
      return found->second;
    std::vector<std::filesystem::path> files;
    for (const auto &entry :
         std::filesystem::directory_iterator(test_file("effects/cases/" + folder)))
      if (entry.path().extension() == ".prm")
        files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    std::vector<EffectCase> &cases = known[folder];
    for (const auto &file : files)
      cases.emplace_back(file);
    return cases;
  }
} // namespace lacuna

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "effects/subjects.h"

#include "config/describe.h"
#include "laws/law.h"
#include "laws/law_library.h"

#include <algorithm>
#include <filesystem>
#include <map>

namespace lacuna
{
  namespace
  {
    /** What stands for a freely named thing in the cases; each of several must show the effect. */
    const std::map<std::string, std::vector<std::string>> &instances()
    {
      static const std::map<std::string, std::vector<std::string>> names{
          {"<region>", {"gel"}},
          {"<face>", {"right"}},
          {"<solute>", {"tracer"}},
          {"<population>", {"cells"}},
          {"<law>", {"death"}},
          {"<dose>", {"dose"}},
          {"<probe>", {"probe"}},
          // Hindered alike everywhere, by porosity, as its size says.
          {"<species of a law>", {"free factor", "pore factor", "tissue factor", "sized factor"}},
      };
      return names;
    }

    std::vector<std::string> with_instances(const std::string &path)
    {
      const std::size_t from = path.find('<');
      if (from == std::string::npos)
        return {path};
      const std::string placeholder = path.substr(from, path.find('>') - from + 1);
      std::vector<std::string> paths;
      for (const std::string &name : instances().at(placeholder))
        for (const std::string &rest : with_instances(path.substr(from + placeholder.size())))
          paths.push_back(path.substr(0, from) + name + rest);
      return paths;
    }

    void collect(const Section &section, const std::string &path, std::vector<Subject> &subjects)
    {
      for (const Parameter &parameter : section.parameters)
        for (const std::string &instance : with_instances(path + parameter.name))
          subjects.push_back({parameter, path + parameter.name, instance});
      for (const Section &below : section.sections)
        collect(below, path + below.name + "/", subjects);
    }

    /** What the program describes; in a case with a law, also the species that the law brings. */
    Section description()
    {
      Names names;
      names.owned_mobile = {{"<species of a law>", "ng/mL"}};
      return describe_case(names);
    }
  } // namespace

  std::vector<Subject> subjects_of_core()
  {
    std::vector<Subject> subjects;
    collect(description(), "", subjects);
    return subjects;
  }

  std::vector<Subject> subjects_of_core(const std::string &section)
  {
    std::vector<Subject> subjects = subjects_of_core();
    const auto elsewhere          = [&](const Subject &subject)
    {
      const std::size_t slash = subject.path.find('/');
      return (slash == std::string::npos ? "" : subject.path.substr(0, slash)) != section;
    };
    subjects.erase(std::remove_if(subjects.begin(), subjects.end(), elsewhere), subjects.end());
    return subjects;
  }

  std::vector<std::string> sections_of_core()
  {
    std::vector<std::string> names{""};
    for (const Section &section : description().sections)
      names.push_back(section.name);
    return names;
  }

  std::vector<Subject> subjects_of_law(const std::string &law)
  {
    std::vector<Subject> subjects;
    for (const Parameter &parameter : LawLibrary::load(law)->parameters())
      subjects.push_back({parameter, law + ": " + parameter.name, "Laws/law/" + parameter.name});
    return subjects;
  }

  std::vector<std::string> shipped_laws()
  {
    namespace fs = std::filesystem;
    std::vector<std::string> laws;
    for (const auto &entry : fs::directory_iterator(LACUNA_SOURCE_DIR "/plugins"))
      if (const std::string name = entry.path().filename().string();
          fs::exists(entry.path() / (name + ".cc")))
        laws.push_back(name);
    std::sort(laws.begin(), laws.end());
    return laws;
  }
} // namespace lacuna

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "commands/laws_of_case.h"

#include <filesystem>

namespace lacuna
{
  LawLookup law_lookup()
  {
    return [](const std::string &name, const std::filesystem::path &directory)
    {
      const auto library = LawLibrary::load(name, directory);
      LawDeclaration declaration;
      declaration.parameters = library->parameters();
      declaration.name       = library->plugin().name;
      declaration.version    = library->plugin().version;
      declaration.contents   = [library](const std::string &section, const LawValues &values)
      {
        const auto law = library->create(section, values);
        LawContents contents{law->owns, {}};
        for (const unsigned int read : law->motions)
          contents.moves.push_back(law->reads[read].name);
        return contents;
      };
      return declaration;
    };
  }

  LawsOfCase::LawsOfCase(const Case &input)
  {
    for (const LawSettings &settings : input.laws)
      laws.push_back(LawLibrary::load(settings.law, input.file.parent_path())
                         ->create(settings.section, settings.values));
  }

  std::vector<const Law *> LawsOfCase::pointers() const
  {
    std::vector<const Law *> result;
    for (const auto &law : laws)
      result.push_back(law.get());
    return result;
  }
} // namespace lacuna

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "laws/law_library.h"

#include "config/user_error.h"
#include "laws/law_creation.h"
#include "laws/plugin_file.h"
#include "laws/plugin_members.h"

#include <map>

namespace lacuna
{
  std::shared_ptr<const LawLibrary>
  LawLibrary::load(const std::string &name_or_path,
                   const std::optional<std::filesystem::path> &parameter_file_directory)
  {
    static std::map<std::string, std::shared_ptr<const LawLibrary>> loaded;
    const std::filesystem::path file =
        std::filesystem::canonical(find_law(name_or_path, parameter_file_directory));
    auto &entry = loaded[file.string()];
    if (entry == nullptr)
    {
      auto library         = std::make_shared<LawLibrary>();
      library->file        = file;
      library->description = open_plugin(file);
      entry                = library;
    }
    return entry;
  }

  std::vector<Parameter> LawLibrary::parameters() const
  {
    LawCreation creation(plugin(), nullptr);
    char sentence[1024] = "";
    if (void *law = plugin().create(creation.host(), sentence, sizeof(sentence)))
      plugin().destroy(law);
    else if (!creation.refusal.empty() || creation.parameters.empty())
      throw UserError(in_message("", plugin()) + creation.refusal + sentence);
    // A law that only asks for more than its defaults has declared its parameters all the same.
    return creation.parameters;
  }

  std::unique_ptr<Law> LawLibrary::create(const std::string &section, const LawValues &values) const
  {
    LawCreation creation(plugin(), &values);
    char sentence[1024] = "";
    void *handle        = plugin().create(creation.host(), sentence, sizeof(sentence));
    std::string problem = creation.refusal.empty() ? creation.unknown_value() : creation.refusal;
    if (handle == nullptr && problem.empty())
      problem = sentence;
    if (handle != nullptr && !problem.empty())
      plugin().destroy(handle);
    if (handle == nullptr || !problem.empty())
      throw UserError(in_message(section, plugin()) + problem);
    auto law      = std::make_unique<Law>(shared_from_this(), section, handle);
    law->reads    = creation.reads;
    law->provides = creation.provides;
    law->owns     = creation.owns;
    law->motions  = creation.motions;
    law->ranges   = creation.ranges;
    if (!law->motions.empty() && later(plugin(), &lacuna_plugin::motion) == nullptr)
      throw UserError(in_message(section, plugin()) +
                      "says that it moves a population but has no function 'motion'.");
    return law;
  }
} // namespace lacuna

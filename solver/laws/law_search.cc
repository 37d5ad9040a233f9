// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "laws/law_search.h"

#include "config/suggestion.h"
#include "config/user_error.h"

#include <algorithm>
#include <cstdlib>
#include <sstream>

namespace lacuna
{
  namespace fs = std::filesystem;

  namespace
  {
    bool is_file(const fs::path &path)
    {
      std::error_code ignored;
      return fs::is_regular_file(path, ignored);
    }

    std::vector<std::string> laws_in(const fs::path &folder)
    {
      std::vector<std::string> names;
      std::error_code ignored;
      for (const auto &entry : fs::directory_iterator(folder, ignored))
        if (entry.path().extension() == ".so")
          names.push_back(entry.path().stem().string());
      std::sort(names.begin(), names.end());
      return names;
    }

    [[noreturn]] void throw_not_found(const std::string &name, const std::vector<fs::path> &folders)
    {
      std::vector<std::string> known;
      std::string places;
      for (const auto &folder : folders)
      {
        for (const auto &law : laws_in(folder))
          known.push_back(law);
        places += (places.empty() ? "" : ", ") + folder.string();
      }
      const bool complete    = fs::path(name).extension() == ".so";
      const std::string file = complete ? name : name + ".so";
      throw UserError("the law '" + name + "' was not found" + suggestion(name, known) +
                      "\n  looked for " + file + " in " + places +
                      "\n  Write another name, a path (./" + file +
                      "), or add its folder to LACUNA_PLUGIN_PATH.");
    }

    fs::path find_by_path(const std::string &path, const std::optional<fs::path> &directory)
    {
      const fs::path full = (directory.value_or("") / path).lexically_normal();
      for (const fs::path &file : {full, fs::path(full.string() + ".so")})
        if (is_file(file))
          return file;
      throw UserError("the law '" + path + "' was not found: there is no file '" + full.string() +
                      "'.\n  A relative path starts at the " +
                      (directory ? "folder of the parameter file." : "working directory."));
    }
  } // namespace

  std::vector<fs::path> law_search_path(const std::optional<fs::path> &parameter_file_directory)
  {
    std::vector<fs::path> folders, known;
    std::error_code ignored;
    const auto add = [&](const fs::path &folder)
    {
      const fs::path place = fs::weakly_canonical(folder, ignored);
      if (std::find(known.begin(), known.end(), place) != known.end())
        return; // named twice
      known.push_back(place);
      folders.push_back(folder);
    };
    if (parameter_file_directory)
      add(parameter_file_directory->empty() ? "." : *parameter_file_directory);
    if (const char *path = std::getenv("LACUNA_PLUGIN_PATH"))
    {
      std::istringstream stream(path);
      for (std::string folder; std::getline(stream, folder, ':');)
        if (!folder.empty())
          add(folder);
    }
    if (const char *home = std::getenv("HOME"))
      add(fs::path(home) / ".local/lib/lacuna/plugins");
    const auto program = fs::read_symlink("/proc/self/exe", ignored);
    add((program.parent_path() / "../lib/lacuna/plugins").lexically_normal());
    return folders;
  }

  fs::path find_law(const std::string &name_or_path, const std::optional<fs::path> &directory)
  {
    if (name_or_path.empty())
      throw UserError("a law without a name: write 'set Law = NAME', for example "
                      "'set Law = bibby-metabolism'.");
    if (name_or_path.find('/') != std::string::npos)
      return find_by_path(name_or_path, directory);
    const auto folders = law_search_path(directory);
    for (const auto &folder : folders)
      for (const char *ending : {".so", ""})
        if (is_file(folder / (name_or_path + ending)))
          return folder / (name_or_path + ending);
    throw_not_found(name_or_path, folders);
  }
} // namespace lacuna

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "config/parameter.h"
#include "laws/law.h"
#include "laws/law_search.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace lacuna
{
  /** A loaded plugin. Stays in memory until the process ends, so that no function pointer ever
   * dangles. */
  class LawLibrary : public std::enable_shared_from_this<LawLibrary>
  {
  public:
    /**
     * Loads a law by name ("bibby-metabolism") or path. A name is looked for in this order: the
     * directory of the parameter file if there is one, LACUNA_PLUGIN_PATH, the user's and the
     * installation's plugin folders; a relative path starts at the directory of the parameter file,
     * or at the working directory if there is none. Throws UserError saying what was looked for,
     * where, and what to do.
     */
    static std::shared_ptr<const LawLibrary>
    load(const std::string &name_or_path,
         const std::optional<std::filesystem::path> &parameter_file_directory = std::nullopt);

    /** The folders in which a name is looked for, in order. The working directory is not among
     * them, so that nobody loads what happens to lie there. */
    static std::vector<std::filesystem::path>
    search_path(const std::optional<std::filesystem::path> &parameter_file_directory)
    {
      return law_search_path(parameter_file_directory);
    }

    const lacuna_plugin &plugin() const { return *description; }
    const std::filesystem::path &path() const { return file; }

    /** The parameters that the law declares, found by creating it with its defaults. */
    std::vector<Parameter> parameters() const;

    /** Creates the law with these values. Throws UserError if a declaration is refused. */
    std::unique_ptr<Law> create(const std::string &section, const LawValues &values) const;

  private:
    std::filesystem::path file;
    const lacuna_plugin *description = nullptr;
  };
} // namespace lacuna

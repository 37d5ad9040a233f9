// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace lacuna
{
  /** The files in a folder that should be laws, sorted. */
  std::vector<std::filesystem::path> law_files(const std::filesystem::path &folder);

  /** Why a file is not a law that can be used, in one line; empty if it is one. */
  std::string why_unusable(const std::filesystem::path &file);

  /** Prints the laws in every folder that is searched, with version and meaning; those that another
   * of the same name hides; unusable files with the reason. */
  int run_plugin_list();

  /** Prints what one law (name or path) declares: versions, parameters, what it owns, reads,
   * changes, signals and moves, with these values ('Parameter=value unit'). Throws UserError. */
  int run_plugin_info(const std::string &name, const std::vector<std::string> &overrides);
} // namespace lacuna

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace lacuna
{
  /** The folders in which the name of a law is looked for, in order. */
  std::vector<std::filesystem::path>
  law_search_path(const std::optional<std::filesystem::path> &parameter_file_directory);

  /** The file of a law that is given by name or path. Throws UserError saying what was looked for,
   * where, and what to do. */
  std::filesystem::path
  find_law(const std::string &name_or_path,
           const std::optional<std::filesystem::path> &parameter_file_directory);
} // namespace lacuna

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <filesystem>
#include <string>

namespace lacuna
{
  /** Writes a new law that builds and runs, from the template, into the folder NAME below `parent`.
   * Throws UserError, having written nothing, if the name is bad or the folder exists. */
  int run_plugin_new(const std::string &name, const std::filesystem::path &parent);
} // namespace lacuna

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace lacuna
{
  /** The known name that `name` was probably meant to be; empty if none is near. */
  std::string nearest(const std::string &name, const std::vector<std::string> &known);

  /** "; did you mean 'Height'?" for the nearest of the known names, or the list of all when none is
   * near. */
  std::string suggestion(const std::string &name, const std::vector<std::string> &known);

  /** The same as the end of a sentence: with a full stop where there is no question mark. */
  std::string or_rather(const std::string &name, const std::vector<std::string> &known);

  /** "; did you mean 'meshes/disc.msh'?" for a file of the same extension in the folder of one that
   * is missing. */
  std::string similar_file(const std::filesystem::path &file);
} // namespace lacuna

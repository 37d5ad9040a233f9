// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "commands/program.h"

#include "config/user_error.h"

#include <unistd.h>

#include <cstdlib>
#include <sstream>

namespace lacuna
{
  std::filesystem::path program_path()
  {
    std::error_code ignored;
    return std::filesystem::read_symlink("/proc/self/exe", ignored);
  }

  std::filesystem::path installation()
  {
    return program_path().parent_path().parent_path();
  }

  std::filesystem::path shared_folder()
  {
    return installation() / "share/lacuna";
  }

  std::filesystem::path find_program(const std::string &name, const std::string &package)
  {
    const char *path = std::getenv("PATH");
    std::istringstream folders(path == nullptr ? "" : path);
    for (std::string folder; std::getline(folders, folder, ':');)
      if (const auto file = std::filesystem::path(folder) / name;
          access(file.c_str(), X_OK) == 0 && !std::filesystem::is_directory(file))
        return file;
    throw UserError("there is no program '" + name + "' in PATH (Debian: " + package + ")");
  }
} // namespace lacuna

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <filesystem>
#include <string>

namespace lacuna
{
  /** This program. */
  std::filesystem::path program_path();

  /** The folder above bin, of an installation or of a build. */
  std::filesystem::path installation();

  /** What is shared by programs of every kind: share/lacuna there. */
  std::filesystem::path shared_folder();

  /** The full path of a program in PATH. Throws UserError that says which package has it. */
  std::filesystem::path find_program(const std::string &name, const std::string &package);
} // namespace lacuna

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <lacuna/abi.h>

#include <filesystem>

namespace lacuna
{
  /** Opens a shared library for good and returns what its entry point describes. Throws UserError
   * saying why the file is not a law that this Lacuna can use, and what its author can do. */
  const lacuna_plugin *open_plugin(const std::filesystem::path &file);
} // namespace lacuna

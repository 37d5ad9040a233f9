// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <string>
#include <vector>

namespace CLI
{
  class App;
  class ParseError;
} // namespace CLI

namespace lacuna
{
  using Arguments = std::vector<std::string>;

  /** Throws UserError about a first word that is not a command, and about a --set whose blanks the
   * shell has taken for separators. To be asked before the arguments are parsed. */
  void check_arguments(const Arguments &arguments);

  /** What is wrong with the arguments, and what to write instead, for an error of the parser. */
  std::string usage_error(const CLI::App &app, const CLI::ParseError &error,
                          const Arguments &arguments);
} // namespace lacuna

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "config/parameter.h"

#include <ostream>
#include <string>
#include <vector>

namespace lacuna
{
  /** Prints every parameter below a section: path, default, unit, bounds, choices, meaning, source.
   */
  void print_parameters(const Section &section, const std::string &path, std::ostream &out);

  /** The same as a JSON list. */
  std::string parameters_as_json(const Section &section);

  /**
   * `lacuna parameters [--plugin NAME]... [--json]`: the parameters of the core, and of the plugins
   * that are named, as sections "Laws/<law: NAME>". Returns the exit status. Throws UserError if a
   * plugin cannot be loaded.
   */
  int run_parameters(const std::vector<std::string> &plugins, bool json);
} // namespace lacuna

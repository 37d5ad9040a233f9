// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <string>
#include <vector>

namespace lacuna
{
  /** Checks one law (name or path), with parameters replaced by 'Parameter=value unit', and prints
   * what was compared and what was found. Returns 0 if all is well, else 2. Throws UserError. */
  int run_plugin_check(const std::string &name, const std::vector<std::string> &overrides);
} // namespace lacuna

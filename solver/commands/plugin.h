// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <string>

namespace lacuna
{
  /** Prints the laws in every folder that is searched, with version and meaning; unusable files
   * with the reason. */
  int run_plugin_list();

  /** Prints what one law (name or path) declares: parameters, what it reads, changes, owns,
   * provides. Throws UserError. */
  int run_plugin_info(const std::string &name);
} // namespace lacuna

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <lacuna/abi.h>

#include <string>

namespace lacuna
{
  /** How sentences on a law begin: "law 'x' ", by its section or else by its own name. */
  inline std::string in_message(const std::string &section, const lacuna_plugin &plugin)
  {
    return "law '" + (section.empty() ? std::string(plugin.name) : section) + "' ";
  }

  /** A function that the interface did not have from the start: null where an older plugin ends. */
  template <class Function>
  Function later(const lacuna_plugin &plugin, Function lacuna_plugin::*member)
  {
    const auto *end = reinterpret_cast<const char *>(&(plugin.*member)) + sizeof(Function);
    return end - reinterpret_cast<const char *>(&plugin) <= plugin.size ? plugin.*member : nullptr;
  }
} // namespace lacuna

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <lacuna/abi.h>

#include <string>

namespace lacuna
{
  /** Throws UserError unless the time unit of a plugin is a unit of time. */
  void check_time_unit(const lacuna_plugin &plugin);

  /** Throws UserError unless a law may declare something in this unit: it exists, and its time, if
   * any, is counted in the time unit of the law. */
  void check_declared_unit(const std::string &name, const std::string &unit,
                           const std::string &time_unit);
} // namespace lacuna

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <functional>

namespace lacuna
{
  /**
   * Runs the command that the arguments name, and turns what it throws into a message and an exit
   * status: 2 for the user's errors, which the first rank prints, 1 for our own, after which
   * `abort` ends the other ranks.
   */
  int run_command_line(int argc, char **argv, bool is_first_rank,
                       const std::function<void()> &abort);
} // namespace lacuna

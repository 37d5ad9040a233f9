// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

namespace lacuna
{
  /** Prints the errors of the Rosenbrock methods for steps of given lengths on equations whose
   * solution is known, and the orders that follow from them. */
  void print_orders();
} // namespace lacuna

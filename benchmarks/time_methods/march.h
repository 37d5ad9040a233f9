// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "stiff_system.h"

#include <functional>

namespace lacuna
{
  /** From where to where, how exactly, and who wants to see every accepted step. */
  struct March
  {
    double begin, end; ///< s
    double tolerance;  ///< largest relative error of any species in a step
    double first_step; ///< s
    std::function<void(const Unknowns &)> look;
    double fixed_step = 0; ///< s; then there is no control of the error
  };

  /** What it took. */
  struct Effort
  {
    unsigned long steps = 0, rejected = 0;
    unsigned long systems    = 0; ///< linear systems
    unsigned long iterations = 0; ///< of GMRES
  };
} // namespace lacuna

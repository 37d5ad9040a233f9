// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <stdexcept>
#include <string>

namespace lacuna
{
  /** The user's input is wrong: printed once, by rank 0, without a stack trace; exit status 2. */
  class UserError : public std::runtime_error
  {
  public:
    using std::runtime_error::runtime_error;
  };

  /** A law cannot say what happens in some state. While solving, a shorter step may avoid that
   * state. */
  class EvaluationError : public UserError
  {
  public:
    using UserError::UserError;
  };

  /** The solve did not converge: exit status 3; what was reached is on disk. */
  class ConvergenceError : public std::runtime_error
  {
  public:
    using std::runtime_error::runtime_error;
  };
} // namespace lacuna

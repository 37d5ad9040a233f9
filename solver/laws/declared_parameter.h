// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <lacuna/abi.h>

#include "config/parameter.h"

namespace lacuna
{
  /** A parameter of a law as the parameter file knows it. */
  Parameter describe_number(const lacuna_parameter &given);
  Parameter describe_text(const lacuna_parameter &given);

  /** Throws UserError if a value is out of the parameter's bounds. */
  void check_bounds(const Parameter &parameter, double value);

  // Members that an older plugin does not know lie beyond the size it states; null then.

  /** The unit of the value handed to the law, if that is another one. */
  const char *used_unit(const lacuna_parameter &parameter);
  /** What stands for the default, such as "none". */
  const char *default_word(const lacuna_parameter &parameter);
} // namespace lacuna

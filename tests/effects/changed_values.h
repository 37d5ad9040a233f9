// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "config/parameter.h"

#include <string>
#include <vector>

namespace lacuna
{
  /** Values of one form, of which any that acts shows that the form acts. */
  struct Form
  {
    std::string name; ///< "value", "expression", "table", "element 2"
    std::vector<std::string> values;
  };

  /**
   * What to write instead of the present value, derived from kind, unit, bounds and present value;
   * for texts from `names`, the names in the case. Without choices: those are compared with each
   * other.
   */
  std::vector<Form> changed_values(const Parameter &parameter, const std::string &present,
                                   const std::vector<std::string> &names);

  /** Values just outside of the bounds. */
  std::vector<std::string> values_out_of_bounds(const Parameter &parameter);
} // namespace lacuna

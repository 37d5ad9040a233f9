// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <string>
#include <vector>

namespace lacuna
{
  /** One reference value of tests/data; places in mm, time in s, what is not given is 0. */
  struct GoldenValue
  {
    std::string quantity, note;
    double x = 0, y = 0, z = 0, time = 0, value = 0;
  };

  /** All values of a case, in the order of the file ("analytic", "coupled" or "extra"). */
  std::vector<GoldenValue> golden(const std::string &file, const std::string &name);

  /** The one value of a case with this quantity (and note, if given). */
  double golden_value(const std::string &file, const std::string &name, const std::string &quantity,
                      const std::string &note = "");
} // namespace lacuna

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "output/numerical_error.h"

#include <optional>
#include <string>
#include <vector>

namespace lacuna
{
  /** The numerical error of an answer, and its parts, as a part of what the answer is about. */
  struct RelativeError
  {
    std::string answer;
    double space = 0, time = 0;
    std::optional<double> order; ///< of the error in space, that three meshes show
    double total() const { return space + time; }
  };

  /**
   * The errors of the numbers with these names; of the headlines if there are none. Extremes and
   * means of a quantity as a part of its largest value, since the least of what is used up is
   * nothing; numbers of living cells as a part of themselves, or of a ten-thousandth of what was
   * delivered where fewer live; all others as a part of themselves. Infinite where that is zero.
   */
  std::vector<RelativeError> relative_errors(const std::vector<NumericalError> &numbers,
                                             const std::vector<std::string> &answers);

  /** The one with the largest total; there must be one. */
  const RelativeError &largest(const std::vector<RelativeError> &errors);
} // namespace lacuna

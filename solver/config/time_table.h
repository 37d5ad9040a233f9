// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <vector>

namespace lacuna
{
  /** Piecewise linear in time, constant outside; two values at one time are a jump (the later one
   * holds from there). */
  struct TimeTable
  {
    std::vector<double> times, values; ///< s, SI; a single entry is a constant
    double at(double time) const;      ///< the value after a jump at `time`
    double before(double time) const;  ///< the value just before `time`
    double rate(double time) const;    ///< slope just after `time`
    std::vector<double> knots() const; ///< times at which slope or value jumps (times > 0 only)
  };
} // namespace lacuna

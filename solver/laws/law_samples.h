// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "laws/law_evaluation.h"

#include <string>
#include <vector>

namespace lacuna
{
  /** From where to where an input of a law is varied, in the law's unit. */
  struct SampleRange
  {
    double minimum = 0, maximum = 1;
    /** Not 0: densities and amounts of unknown size, 0 or uniform in the logarithm from here on. */
    double smallest = 0;
    bool on_off     = false; ///< only its two ends
    bool declared   = false; ///< by the law, as the range in which its data hold

    /** The value at a share between 0 and 1 of the way. */
    double at(double share) const;
    /** The size of steps in which the law is expected to change little, at x. */
    double scale(double x) const;
  };

  /** The range of each read: what the law declares, else what tissue knows of such a quantity. */
  std::vector<SampleRange> sample_ranges(const Law &law);

  /**
   * Points to ask a law at, always the same ones: the middle, each end of each input, all at their
   * lowest and highest, points with some inputs at their ends, and points anywhere.
   */
  std::vector<LawPoint> sample_points(const Law &law, const std::vector<SampleRange> &ranges);
} // namespace lacuna

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "laws/law_samples.h"

#include <string>
#include <vector>

namespace lacuna
{
  /** Something that a check of a law found; a note is worth knowing, a failure must be mended. */
  struct LawFinding
  {
    bool failure = true;
    std::string sentence; ///< which result, by which input, at which point, and what to do
  };

  /** One thing that is checked. */
  struct LawCheckItem
  {
    std::string name;         ///< "derivatives"
    unsigned long n_compared; ///< numbers that were held against something
    std::vector<LawFinding> findings;
    unsigned int n_failures() const;
  };

  /** What `lacuna plugin check` finds out about one law with given parameter values. */
  struct LawCheck
  {
    std::vector<SampleRange> ranges; ///< of each read
    unsigned int n_points = 0;
    std::vector<LawCheckItem> items;
    double cost = 0, cost_with_derivatives = 0; ///< ns per point, in batches of 256
    bool passed() const;
  };

  /**
   * Asks the law at many points of the declared or usual range of what it reads, without a case:
   * does it give numbers, the same ones every time, exact derivatives, amounts that cannot become
   * negative, and no jumps? Throws UserError if the law cannot be created with these values.
   */
  LawCheck check_law(const LawLibrary &library, const LawValues &values);

  // The single checks, on points at which the law is known to give numbers.

  /** Derivatives by automatic differentiation against differences. */
  LawCheckItem check_derivatives(const Law &law, const std::vector<SampleRange> &ranges,
                                 const std::vector<LawPoint> &points);

  /** Jumps (failures) and kinks (notes) along lines through the range of every input. */
  LawCheckItem check_continuity(const Law &law, const std::vector<SampleRange> &ranges,
                                const std::vector<LawPoint> &points);

  /** Gains, losses, motilities and factors that are negative; losses that do not vanish with what
   * is lost, which are failures unless the law declares that it holds from zero on. */
  LawCheckItem check_positivity(const Law &law, const std::vector<SampleRange> &ranges,
                                const std::vector<LawPoint> &samples);

  /** The same points give the same numbers: twice, in reverse, one by one, with derivatives, and by
   * a second law with the same values. */
  LawCheckItem check_repeatability(const Law &law, const Law &same,
                                   const std::vector<LawPoint> &points);

  /** What a law does with a dose. */
  LawCheckItem check_doses(const Law &law, const std::vector<LawPoint> &points);

  /** Nanoseconds per point in batches of 256 points; with derivatives by all state, or without. */
  double cost_per_point(const Law &law, const std::vector<LawPoint> &points, bool with_derivatives);
} // namespace lacuna

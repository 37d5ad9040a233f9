// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "study/study_file.h"

#include <cstdint>
#include <string>
#include <vector>

namespace lacuna
{
  /**
   * Points in the unit cube, one row each; the same seed gives the same points on every machine.
   * - latin hypercube: every one of n equal slices of every axis holds one point.
   * - sobol: the first n points of the sequence after its origin, shifted at random (modulo 1).
   * - saltelli: n rows A, n rows B, then for every axis the rows A with this column from B; A and B
   * are the two halves of a shifted Sobol sequence. n (dimensions + 2) rows. Source: Saltelli et
   * al. 2010, Comput. Phys. Commun. 181, 259.
   */
  std::vector<std::vector<double>> sample_unit_cube(SamplingMethod method, unsigned int n,
                                                    unsigned int dimensions, std::uint64_t seed);

  /** The value at this fraction of a range, as one would write it: "0.75 mL". */
  std::string value_in(const Axis &range, double fraction);
} // namespace lacuna

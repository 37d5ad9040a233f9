// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "study/study_file.h"

#include <vector>

namespace lacuna
{
  class Problems;
  class Values;

  /** Reads the sections of "Axes" into inputs with values; adds a problem for each that is wrong.
   * `levels`: the named levels, by axis. */
  std::vector<Axis> read_axes(const Values &axes, const std::vector<Node> &levels,
                              SamplingMethod method, Problems &problems);
} // namespace lacuna

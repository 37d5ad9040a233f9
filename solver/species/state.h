// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <vector>

namespace lacuna
{
  /** The state of the tissue on this rank, SI. */
  struct State
  {
    double time = 0;
    std::vector<double> mobile;   ///< [owned node][mobile species]
    std::vector<double> immobile; ///< [point][immobile species]
    std::vector<double> dead;     ///< [point][immobile species]: tally of what populations lost
  };
} // namespace lacuna

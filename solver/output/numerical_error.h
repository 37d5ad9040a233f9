// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace lacuna
{
  /** How far off a recorded number may be because meshes and time steps are finite. Everything in
   * the unit of the number. */
  struct NumericalError
  {
    std::string name; ///< of the column of history.csv, without its unit
    std::string unit;
    double value = 0;            ///< as recorded
    double error = 0;            ///< of the value: space + time
    double space = 0, time = 0;  ///< its parts, as bounds
    std::optional<double> order; ///< that three meshes show
    std::optional<double> limit; ///< extrapolated, where that order is plausible
  };

  /** What a reader wants to know first: living cells of doses and the least of every solute, "stem
   * cells dose 1 viable: 64 900 +- 3 000 cells (mesh 2 900, time 100)". */
  std::vector<std::string> sentences_on(const std::vector<NumericalError> &errors);
} // namespace lacuna

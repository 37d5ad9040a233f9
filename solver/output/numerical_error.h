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
    bool headline = false;       ///< what a reader wants to know first
  };

  /** Of the numbers of a run, those that a reader wants to know first: living cells of doses, or of
   * residents where there are no doses, and the least of every solute, unless it is exact. */
  void mark_headlines(std::vector<NumericalError> &errors);

  /** What makes the larger part of the error: "mesh" or "time steps". */
  std::string source_of(const NumericalError &error);

  /** The headlines: "stem cells dose 1 viable: 64900 +- 3000 cells (mesh 2900, time 100)". */
  std::vector<std::string> sentences_on(const std::vector<NumericalError> &errors);

  /** A number to as many places as its error's second digit. */
  std::string to_place_of(double error, double value);
  std::string two_digits(double value);
} // namespace lacuna

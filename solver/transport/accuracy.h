// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "config/case.h"

#include <optional>

namespace lacuna
{
  /**
   * When the solution of an equation is good enough: when all of this holds. The algebraic error of
   * a species is how far it is from the exact solution of the same equation, summed over the
   * tissue: e = sum of storage |c - exact c| (mol).
   */
  struct Accuracy
  {
    double defect = 1e-10; ///< largest relative defect of the equations (Imbalance)
    /** e is at most this part of sum of storage |c - first guess|, and in a stage of a time step of
     * sum of storage |c - predictor|. */
    std::optional<double> part_of_change;
    /** In a stage of a time step: e is at most this part of sum of storage |c|. */
    std::optional<double> part_of_amount;
  };

  /** A steady state by itself, of which nothing is known that would allow more. */
  Accuracy accuracy_to_rounding(const SolverSettings &settings);

  /**
   * A stage of a time step whose own error is held to a tolerance: a tenth of that; and a small
   * part of what changes, so that many short steps add up to no more. There
   * e <= sum |residual| / alpha, since diffusion and consumption amplify nothing. Steps of a given
   * length know no tolerance, and are solved to rounding.
   */
  Accuracy accuracy_of_stage(const SolverSettings &settings, const TimeSettings &time);

  /** A steady state on a mesh whose error is to be seen from where the solve began, the solution of
   * the next coarser one: a tenth of the former. */
  Accuracy accuracy_on_levels(const SolverSettings &settings);

  /** Of second order on meshes whose cells are half as long: the part of the difference between two
   * solutions that the finer one is off by. */
  constexpr double error_of_difference = 1. / 3;
} // namespace lacuna

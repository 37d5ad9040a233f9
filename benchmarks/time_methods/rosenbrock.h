// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "march.h"

#include <vector>

namespace lacuna
{
  /**
   * The coefficients of a Rosenbrock method of order 3 with an embedded one of order 2,
   *
   *   (1 - h gamma J) k_i = h f(t + a_i h, y + sum a_ij k_j) + h J sum c_ij k_j + c_i h^2 f_t,
   *
   * y_new = y + sum b_i k_i, with c_ij below the diagonal, gamma on it, and row sums a_i and c_i.
   */
  struct RosenbrockTable
  {
    unsigned int n; ///< stages
    double gamma;
    std::vector<double> a, c; ///< n x n, row by row
    std::vector<double> b, embedded;
  };

  /** RODAS3 of Sandu et al. (Atmos. Environ. 31, 1997): L-stable, stiffly accurate, with an exact
   * Jacobian. */
  RosenbrockTable rodas3();

  /** ROS34PW2 of Rang and Angermann (BIT 45, 2005): L-stable, of order 3 whatever the Jacobian. */
  RosenbrockTable ros34pw2();

  /** Marches y along. `follows_time`: f depends on t by itself. */
  Effort march_rosenbrock(const RosenbrockTable &table, StiffSystem &system, const March &march,
                          bool follows_time, Unknowns &y);
} // namespace lacuna

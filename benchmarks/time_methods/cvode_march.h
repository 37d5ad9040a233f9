// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "march.h"
#include "tissue_system.h"

namespace lacuna
{
  /**
   * SUNDIALS CVODE: backward differences of order 1 to 5 with Newton's method and GMRES, which are
   * given the system's products with J and its preconditioner. Its norm holds the squares of all
   * species' relative errors together against the square of the tolerance.
   */
  Effort march_cvode(TissueSystem &system, const March &march, Unknowns &y);
} // namespace lacuna

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "tissue/property.h"
#include "transport/node_matrix.h"

#include <vector>

namespace lacuna
{
  /**
   * The scalar stiffness k_ij = integral of f grad phi_i . grad phi_j of one factor f(x). Species
   * whose diffusivities are coefficient * f share it.
   */
  struct Stiffness : NodeMatrix
  {
    /** Assembles the operator of a factor (one function per region). */
    Stiffness(const StateLayout &layout, const std::vector<Property> &factor);

    std::vector<double> diagonal; ///< k_ii; 0 for a hanging node
  };
} // namespace lacuna

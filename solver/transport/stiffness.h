// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "species/state_layout.h"
#include "tissue/property.h"

#include <deal.II/lac/petsc_sparse_matrix.h>

#include <vector>

namespace lacuna
{
  /**
   * The scalar stiffness k_ij = integral of f grad phi_i . grad phi_j of one factor f(x): rows of
   * owned nodes, columns in local numbering (owned, then ghost). Species whose diffusivities are
   * coefficient * f share it.
   */
  struct Stiffness
  {
    /** Assembles the operator of a factor (one function per region). Collective. */
    Stiffness(const StateLayout &layout, const std::vector<Property> &factor);

    std::vector<unsigned int> begin, column;
    std::vector<double> k;
    std::vector<double> diagonal; ///< k_ii
    dealii::PETScWrappers::MPI::SparseMatrix
        matrix; ///< the same with global columns, for preconditioners

    /** k in the precision that serves a preconditioner; made when it is first asked for. */
    const std::vector<float> &single() const;

  private:
    mutable std::vector<float> k_single;
  };
} // namespace lacuna

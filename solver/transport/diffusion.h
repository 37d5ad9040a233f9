// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "species/species.h"
#include "species/state_layout.h"
#include "tissue/region_properties.h"

#include <deal.II/lac/petsc_sparse_matrix.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace lacuna
{
  /**
   * The scalar stiffness k_ij = integral of f grad phi_i . grad phi_j of one hindrance factor f(x):
   * rows of owned nodes, columns in local numbering (owned, then ghost). Species s that share f use
   * D0_s * k, so it is stored once.
   */
  struct Stiffness
  {
    std::vector<unsigned int> begin, column;
    std::vector<double> k;
    std::vector<double> diagonal; ///< k_ii
    dealii::PETScWrappers::MPI::SparseMatrix
        matrix; ///< the same with global columns, for preconditioners
  };

  /** Diffusion of all mobile species. */
  class Diffusion
  {
  public:
    Diffusion(const Case &input, const SpeciesTable &species, const StateLayout &layout,
              const std::vector<RegionProperties> &tissue);

    std::vector<std::unique_ptr<Stiffness>> operators;
    std::vector<unsigned int> operator_of; ///< species -> operator
    std::vector<double> coefficient;       ///< species -> D0, m^2/s

    /** Adds -D0 K c to `rate`; both are [node][species] arrays, `c` with ghosts, `rate` over owned
     * nodes. */
    void subtract_flux(const double *c, double *rate) const;

    /** Adds the sum of |D0 k_ii c_i| per species, the scale of the rounding error of the above. */
    void add_magnitude(const double *c, std::vector<double> &magnitude) const;

  private:
    unsigned int n_nodes;
  };
} // namespace lacuna

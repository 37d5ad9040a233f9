// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "species/state.h"
#include "transport/model.h"

#include <vector>

namespace lacuna
{
  /**
   * Cells that laws move: J = -D (grad V - V grad psi), with the random motility D and the
   * attraction psi at the nodes. Every pair of neighbouring nodes exchanges cells with exponential
   * fitting (Scharfetter and Gummel 1969): with the stiffness k_ij < 0 of free diffusion, the
   * harmonic mean of D and z = psi_i - psi_j,
   *
   *   F(j -> i) = -k_ij D_ij (B(-z) V_j - B(z) V_i),   B(z) = z / (exp(z) - 1),
   *
   * so that cells are conserved, a uniform attraction moves nobody, and V ~ exp(psi) is at rest.
   */
  class Motion
  {
  public:
    explicit Motion(Model &model);

    bool empty() const { return moving.empty(); }

    /** Asks the laws at this state and adds the flux to `rate`; `c` is [owned and ghost
     * node][species]. To `magnitude` ([species]) the scale of its rounding error is added.
     * Collective. */
    void add_flux(const double *c, const std::vector<double> &immobile, double time, double *rate,
                  std::vector<double> &magnitude);

    /** Adds the derivative of that flux in the direction `x` ([owned and ghost node][species]) to
     * `y`. Collective. */
    void add_derivative(const double *x, double *y);

  private:
    /** What the laws say at nodes, for one moving species. */
    struct AtNodes
    {
      StateLayout::NodeVector motility, attraction;
      StateLayout::NodeVector motility_change, attraction_change; ///< in a direction
      std::vector<double> d_motility, d_attraction;               ///< [owned node][mobile species]
    };
    void ask_laws(const double *c, const std::vector<double> &immobile, double time);

    Model &model;
    const std::vector<unsigned int> &moving;
    Reaction::Batch batch;
    Reaction::Motion movements;
    std::vector<AtNodes> at_nodes;
    std::vector<double> cells; ///< [owned and ghost node][moving species] at the last state
  };
} // namespace lacuna

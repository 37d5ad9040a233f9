// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "species/state_layout.h"

#include <memory>
#include <vector>

namespace lacuna
{
  /**
   * How the points of one region overlap: for points p = (node i, region) and q = (node j, region),
   * b_pq = integral of phi_i phi_j over the region (m^3), hanging nodes condensed. The row of a
   * point sums to its weight m_p, so that a rate r that is given at points brings to p
   *
   *   sum over q of b_pq r_q = m_p r_p + sum over q != p of b_pq (r_q - r_p).
   *
   * The first part is the lumped one. The second is held here, an *edge* for each pair of points:
   * since b_pq = b_qp, what it takes from p it gives to q.
   */
  struct RegionMass
  {
    /** Assembles all regions. Collective. */
    explicit RegionMass(const StateLayout &layout);

    /** Rows of owned points, columns in local numbering (owned, then ghosts), without p itself. */
    std::vector<unsigned int> begin, column;
    std::vector<double> overlap; ///< b_pq, m^3

    std::vector<unsigned int> node; ///< of every local point, in local numbering

    /** Owned points, and the ghosts that share a region's cell with them. */
    std::shared_ptr<const dealii::Utilities::MPI::Partitioner> points;
  };
} // namespace lacuna

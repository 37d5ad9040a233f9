// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "species/state_layout.h"

#include <functional>
#include <optional>
#include <vector>

namespace lacuna
{
  /**
   * A matrix of node by node that is a sum of small ones over cells, hanging nodes condensed. Rows
   * of owned nodes, in each its columns in ascending local numbering (owned, then ghosts). A
   * hanging node has no row, and neither has one that no admitted cell touches.
   *
   * Each rank computes the small matrices of its own cells, and sends those that bring something to
   * rows of other ranks.
   */
  struct NodeMatrix
  {
    /** Fills the matrix of one cell, [node of the cell][node of the cell], row by row. */
    using Fill = std::function<void(const dealii::FEValues<dim> &, std::vector<double> &)>;

    /** Collective. Of all cells, or of those of one region. `flags`: what `fill` reads of the
     * values, which are those at Gauss points that integrate products of shape functions on boxes
     * exactly. */
    NodeMatrix(const StateLayout &layout, std::optional<unsigned int> region,
               dealii::UpdateFlags flags, const Fill &fill);

    std::vector<unsigned int> begin, column;
    std::vector<double> entry;
  };
} // namespace lacuna

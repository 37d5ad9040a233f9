// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "species/state_layout.h"

#include <functional>

namespace lacuna
{
  /** The cell that holds a point, on the one rank that owns it. */
  struct Place
  {
    bool found = false; ///< on any rank
    bool mine  = false; ///< the members below are set on this rank only
    dealii::DoFHandler<dim>::active_cell_iterator cell;
    dealii::Point<dim> reference; ///< in the unit cell
  };

  /**
   * Finds the cell of a point (m), the first by number where several touch it, among those whose
   * material id is admitted. Collective.
   */
  Place locate(const StateLayout &layout, const dealii::Point<dim> &position,
               const std::function<bool(unsigned int region)> &admitted);
} // namespace lacuna

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "transport/stiffness.h"

#include <array>
#include <vector>

namespace lacuna
{
  /**
   * Lines of nodes that diffusion ties to one another more than to all others: across flat cells.
   * Discs are flat, and a smoother that treats each node on its own does not see what varies along
   * the long edges of their cells. A node without strong ties is a line of its own.
   */
  struct Lines
  {
    /** Over owned nodes; `stiffness` tells the strengths. */
    explicit Lines(const Stiffness &stiffness);

    std::vector<unsigned int> node;  ///< line by line, each from end to end
    std::vector<char> continues;     ///< whether a node's predecessor is of the same line
    std::vector<unsigned int> entry; ///< where the rows hold its tie to the predecessor, if so

    /** At most two ties of a node, the stronger first: places in the rows. */
    using Ties = std::array<unsigned int, 2>;

  private:
    /** Adds the line that goes on from a node, unless it is taken. */
    void walk(unsigned int from, const Stiffness &rows, const std::vector<Ties> &ties,
              std::vector<char> &taken);
  };
} // namespace lacuna

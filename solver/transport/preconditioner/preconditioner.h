// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "transport/evaluation.h"

#include <algorithm>
#include <cstddef>

namespace lacuna
{
  /** What a species owes to itself at a node (amount per second and concentration). Production that
   * grows with the species itself would spoil positive definiteness, and is left to the Krylov
   * method. */
  inline double consumption(const Evaluation &at, std::size_t node, unsigned int species)
  {
    return std::max(0., -at.local(node, species, species));
  }

  /** An approximate inverse of the Jacobian, for the Krylov method. */
  class Preconditioner
  {
  public:
    virtual ~Preconditioner() = default;

    /** Prepares for the Jacobian at this evaluation, unless what is there serves as well.
     * Collective. */
    virtual void update(const Evaluation &at) = 0;

    /** Makes the next update() begin anew. */
    virtual void expire() = 0;

    /** y = about the inverse of the Jacobian times x; over owned nodes. Collective. */
    virtual void apply(ConstNodeView x, NodeView y) = 0;
  };
} // namespace lacuna

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "transport/evaluation.h"

namespace lacuna
{
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

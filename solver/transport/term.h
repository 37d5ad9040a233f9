// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "species/field.h"
#include "transport/equation.h"

#include <memory>

namespace lacuna
{
  struct Evaluation;

  /**
   * One way in which the amounts of the mobile species change: diffusion, exchange through faces,
   * reaction, motion of cells. A term knows its coefficients and is not changed by being evaluated;
   * what an evaluation leaves behind goes into that Evaluation. A new flux is a new term
   * (transport/terms/), added to the list in Residual.
   *
   * With F_is(c) the term's rate at node i for species s, in amount per second:
   */
  class Term
  {
  public:
    virtual ~Term() = default;

    /** What a term keeps with an evaluation: where it was linearised, and room to work in. */
    class Memory
    {
    public:
      virtual ~Memory() = default;
    };
    virtual std::unique_ptr<Memory> make_memory() const { return nullptr; }

    /**
     * Adds F(c) to result.rate for c = result.mobile, and what it moves to the sums over the
     * tissue. That part of dF/dc which couples only the species of one node is added to
     * result.local, whose product is formed once for all terms; `memory` keeps what
     * add_derivative() needs for the rest. Collective.
     */
    virtual void add_rate(const Equation &equation, Evaluation &result, Memory *memory) const = 0;

    /** Adds to y that part of dF/dc x, at the last add_rate() with this memory, which is not in
     * Evaluation::local; `x` with ghosts, `y` over owned nodes. Collective. */
    virtual void add_derivative(Memory *, ConstNodeView /* x */, NodeView /* y */) const {}

    /** Adds to `diagonal` the entries -dF_is/dc_is of the same part. */
    virtual void add_diagonal(const Memory *, NodeView /* diagonal */) const {}
  };
} // namespace lacuna

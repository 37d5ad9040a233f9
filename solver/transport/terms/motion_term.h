// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "transport/model.h"
#include "transport/term.h"

#include <memory>
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
   * so that cells are conserved, a uniform attraction moves none, and V ~ exp(psi) is at rest.
   * D and psi depend on the mobile species of their node; their dependence on the immobile ones is
   * left out of the derivative.
   */
  class MotionTerm : public Term
  {
  public:
    explicit MotionTerm(const Model &model);

    std::unique_ptr<Memory> make_memory() const override;
    void add_rate(const Equation &equation, Evaluation &result, Memory *memory) const override;
    void add_derivative(Memory *memory, ConstNodeView x, NodeView y) const override;
    void add_diagonal(const Memory *memory, NodeView diagonal) const override;

  private:
    struct Linearisation;
    struct Population;
    void ask_laws(const Evaluation &at, double time, Linearisation &result) const;
    void average_at_node(unsigned int node, Linearisation &result) const;

    const Model &model;
    const std::vector<unsigned int> &moving;    ///< mobile species
    std::vector<const Stiffness *> stiffnesses; ///< of free diffusion, [moving species]
  };
} // namespace lacuna

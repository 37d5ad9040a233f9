// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "transport/model.h"
#include "transport/term.h"

#include <vector>

namespace lacuna
{
  /** Diffusion of all mobile species: F_is = -sum over nodes j of D_s k_ij c_js, with the
   * coefficient D_s and the stiffness k of the species' diffusivity (Medium). */
  class Diffusion : public Term
  {
  public:
    explicit Diffusion(const Model &model);

    void add_rate(const Equation &equation, Evaluation &result, Memory *memory) const override;
    void add_derivative(Memory *memory, ConstNodeView x, NodeView y) const override;
    void add_diagonal(const Memory *memory, NodeView diagonal) const override;

  private:
    /** Species that follow one another and share an operator, so that its rows are read once. */
    struct Group
    {
      const Stiffness *stiffness;
      unsigned int first, n_species;
    };
    void subtract_flux(ConstNodeView c, NodeView rate) const;

    std::vector<double> coefficient; ///< [mobile species], m^2/s
    std::vector<Group> groups;
  };
} // namespace lacuna

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "transport/model.h"
#include "transport/term.h"

#include <memory>

namespace lacuna
{
  /**
   * What laws do to the mobile species, lumped at nodes: F_is = sum over the points p of node i of
   * m_p R_s(c_i, n_p(c_i)), where the immobile species n_p at the end of the step are a function of
   * c_i (ImmobileUpdate). Everything here couples the species of one node only.
   */
  class ReactionTerm : public Term
  {
  public:
    explicit ReactionTerm(const Model &model_) : model(model_) {}

    std::unique_ptr<Memory> make_memory() const override;
    void add_rate(const Equation &equation, Evaluation &result, Memory *memory) const override;

  private:
    void add_batches(const Equation &equation, Evaluation &result, Memory &memory) const;

    const Model &model;
  };
} // namespace lacuna

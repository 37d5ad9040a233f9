// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "transport/boundary.h"
#include "transport/model.h"
#include "transport/preconditioner/linearised_level.h"
#include "transport/preconditioner/preconditioner.h"

#include <memory>
#include <vector>

namespace lacuna
{
  /**
   * One V-cycle on the levels of the mesh. Diffusion is assembled anew on every level; storage and
   * what rates owe to concentrations are amounts, gathered from the finest level by the transpose
   * of the interpolation. What couples the reactions of different nodes (consistent reactions,
   * moving cells) is left to the Krylov method.
   */
  class Multigrid : public Preconditioner
  {
  public:
    /** Builds the coarser levels if no one has asked for them yet. Collective. */
    Multigrid(const Model &model, const Boundary &boundary);

    void update(const Evaluation &at) override;
    void expire() override {}
    void apply(ConstNodeView x, NodeView y) override;

  private:
    /** A level, and the way to the next coarser one. */
    struct Floor
    {
      Floor(Level &level, const Medium &medium, unsigned int n_species);
      LinearisedLevel equations;
      NodeField values; ///< room for those of its nodes
      const Transfer *to_coarser = nullptr;
      std::unique_ptr<GhostedNodeField> coarse_values; ///< the same, of the coarser level's nodes
    };
    void cycle(unsigned int floor);

    const Model &model;
    const Boundary &boundary;
    NodeField held; ///< [node][s]: 1 where the unknown is held on the finest level, 0 elsewhere
    std::vector<std::unique_ptr<Floor>> floors; ///< finest first
  };
} // namespace lacuna

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "species/state_layout.h"
#include "transport/ghosted_field.h"

#include <memory>
#include <vector>

namespace lacuna
{
  /**
   * Between the nodes of a mesh and those of a coarser one that it refines (or of the same mesh
   * with elements of lower degree). Concentrations are interpolated, c = P C, where the coarse
   * hanging nodes are interpolated in their turn; amounts are gathered by the transpose, A = P^T a,
   * which loses nothing, since each row of P sums to 1. The two meshes may be divided among the
   * ranks in different ways.
   */
  class Transfer
  {
  public:
    /** Collective. */
    Transfer(const StateLayout &coarse, const StateLayout &fine);

    /** Fine owned nodes = P * coarse, which must hold its ghosts. */
    void interpolate(ConstNodeView coarse, NodeView fine) const;

    /** Coarse owned nodes = P^T * amounts of the fine owned nodes. Collective. */
    void gather(ConstNodeView fine, GhostedNodeField &coarse) const;

    /** Coarse owned nodes = what the fine nodes at the same places hold. Collective. */
    void sample(ConstNodeView fine, GhostedNodeField &coarse) const;

    /** The owned coarse nodes, and those of other ranks from which nodes here are interpolated. */
    std::shared_ptr<const dealii::Utilities::MPI::Partitioner> coarse_nodes;

  private:
    template <class Admits>
    void add_transposed(const Admits &admits, ConstNodeView fine, GhostedNodeField &coarse) const;

    std::vector<unsigned int> begin, column; ///< rows: owned fine nodes; columns: `coarse_nodes`
    std::vector<float> weight;               ///< exact: quarters of quarters
  };
} // namespace lacuna

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "transport/ghosted_field.h"

#include <algorithm>
#include <memory>

namespace lacuna
{
  namespace
  {
    /** The exchange pattern of [node][species] blocks, from that of the nodes. */
    std::shared_ptr<const dealii::Utilities::MPI::Partitioner>
    make_block_partitioner(const StateLayout &layout, unsigned int n_species)
    {
      const auto expand = [&](const dealii::IndexSet &nodes)
      {
        dealii::IndexSet blocks(nodes.size() * n_species);
        for (auto range = nodes.begin_intervals(); range != nodes.end_intervals(); ++range)
          blocks.add_range(*range->begin() * n_species, (range->last() + 1) * n_species);
        return blocks;
      };
      return std::make_shared<dealii::Utilities::MPI::Partitioner>(
          expand(layout.partitioner->locally_owned_range()),
          expand(layout.partitioner->ghost_indices()), layout.communicator());
    }
  } // namespace

  GhostedField::GhostedField(const StateLayout &layout, unsigned int n_species_)
      : n_owned(layout.n_nodes), n_nodes(layout.n_nodes + layout.partitioner->n_ghost_indices()),
        n_species(n_species_)
  {
    values.reinit(make_block_partitioner(layout, n_species));
  }

  void GhostedField::set(ConstNodeView owned)
  {
    std::copy(owned.begin(), owned.end(), values.begin());
    values.update_ghost_values();
  }
} // namespace lacuna

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "transport/ghosted_field.h"

#include <algorithm>

namespace lacuna
{
  namespace
  {
    using Partitioner = dealii::Utilities::MPI::Partitioner;

    /** The exchange pattern of [entity][species] blocks, from that of the entities. */
    std::shared_ptr<const Partitioner> make_block_partitioner(const Partitioner &entities,
                                                              unsigned int n_species)
    {
      const auto expand = [&](const dealii::IndexSet &indices)
      {
        dealii::IndexSet blocks(indices.size() * n_species);
        for (auto range = indices.begin_intervals(); range != indices.end_intervals(); ++range)
          blocks.add_range(*range->begin() * n_species, (range->last() + 1) * n_species);
        return blocks;
      };
      return std::make_shared<Partitioner>(expand(entities.locally_owned_range()),
                                           expand(entities.ghost_indices()),
                                           entities.get_mpi_communicator());
    }
  } // namespace

  template <class Entity>
  GhostedField<Entity>::GhostedField(const std::shared_ptr<const Partitioner> &entities,
                                     unsigned int n_species_)
      : n_owned(entities->locally_owned_size()), n_local(n_owned + entities->n_ghost_indices()),
        n_species(n_species_)
  {
    values.reinit(make_block_partitioner(*entities, n_species));
  }

  template <class Entity>
  void GhostedField<Entity>::set(ConstView owned_values)
  {
    std::copy(owned_values.begin(), owned_values.end(), values.begin());
    fetch_ghosts();
  }

  template <class Entity>
  typename GhostedField<Entity>::View GhostedField<Entity>::zeroed()
  {
    values.zero_out_ghost_values(); // from now on they take what is added
    std::fill(values.begin(), values.begin() + n_local * n_species, 0.);
    return {values.begin(), n_local, n_species};
  }

  template class GhostedField<Node>;
  template class GhostedField<Point>;
} // namespace lacuna

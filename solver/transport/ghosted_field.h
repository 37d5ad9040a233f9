// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "species/field.h"

#include <deal.II/lac/la_parallel_vector.h>

#include <cstddef>
#include <memory>

namespace lacuna
{
  /** A field at the owned nodes or points together with the ghosts that their equations see. */
  template <class Entity>
  class GhostedField
  {
  public:
    using View        = FieldView<Entity, double>;
    using ConstView   = FieldView<Entity, const double>;
    using Partitioner = dealii::Utilities::MPI::Partitioner;

    /** `entities`: which are owned here, and which are ghosts. Collective. */
    GhostedField(const std::shared_ptr<const Partitioner> &entities, unsigned int n_species);

    /** Takes the values of the owned and fetches those of the ghosts. Collective. */
    void set(ConstView owned);

    /** To be filled by hand; then fetch_ghosts(), collective. */
    View owned() { return {values.begin(), n_owned, n_species}; }
    void fetch_ghosts() { values.update_ghost_values(); }

    /** The owned and the ghosts, set to zero, to be added to by hand; then add_ghosts(), which
     * brings what was added to ghosts to their owners. Collective. */
    View zeroed();
    void add_ghosts() { values.compress(dealii::VectorOperation::add); }

    ConstView owned() const { return view().part(0, n_owned); }
    /** The owned, then ghosts, in local numbering. */
    ConstView view() const { return {values.begin(), n_local, n_species}; }

  private:
    dealii::LinearAlgebra::distributed::Vector<double> values;
    std::size_t n_owned, n_local;
    unsigned int n_species;
  };

  using GhostedNodeField  = GhostedField<Node>;
  using GhostedPointField = GhostedField<Point>;
} // namespace lacuna

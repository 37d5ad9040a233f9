// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "species/field.h"
#include "species/state_layout.h"

#include <cstddef>

namespace lacuna
{
  /** A field at the owned nodes together with the ghost nodes that their equations see. */
  class GhostedField
  {
  public:
    GhostedField(const StateLayout &layout, unsigned int n_species);

    /** Takes the values of the owned nodes and fetches those of the ghosts. Collective. */
    void set(ConstNodeView owned);

    /** Owned nodes, then ghosts, in local numbering. */
    ConstNodeView view() const { return {values.begin(), n_nodes, n_species}; }
    /** The owned nodes. */
    ConstNodeView owned() const { return view().part(0, n_owned); }

  private:
    StateLayout::NodeVector values;
    std::size_t n_owned, n_nodes;
    unsigned int n_species;
  };
} // namespace lacuna

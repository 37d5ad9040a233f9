// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "species/field.h"
#include "species/medium.h"
#include "species/state_layout.h"

#include <vector>

namespace lacuna
{
  /**
   * How the nodes store mobile species, lumped: S_is = sum over the points of node i of m * share
   * of species s, in m^3 per concentration, so that node i holds S_is c_is.
   */
  class Storage
  {
  public:
    Storage(const StateLayout &layout, const Medium &medium, const std::vector<double> &porosity,
            unsigned int n_mobile);

    double operator()(std::size_t node, unsigned int species) const
    {
      return at_node(node, species);
    }

    /** The concentration that an amount makes of a species at a node; a hanging node, which is no
     * unknown and stores nothing, has none: 0. */
    double concentration(double amount, std::size_t node, unsigned int species) const
    {
      const double storage = at_node(node, species);
      return storage > 0 ? amount / storage : 0;
    }

    /** The part of the storage that lies in one region: m * share (m^3). */
    double at_point(unsigned int point, unsigned int species) const
    {
      return layout.point_weight[point] * medium.storage_share(species, porosity[point]);
    }

    /** What the tissue holds of every mobile species (mol), all ranks. Collective. */
    std::vector<double> amounts(ConstNodeView concentration) const;

  private:
    const StateLayout &layout;
    const Medium &medium;
    const std::vector<double> &porosity;
    NodeField at_node;
  };
} // namespace lacuna

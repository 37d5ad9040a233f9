// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "species/field.h"
#include "species/medium.h"
#include "transport/level.h"

#include <vector>

namespace lacuna
{
  /**
   * The diffusion of all mobile species on one level, D_s K_s, with the coefficient D_s and the
   * stiffness K_s of the species' diffusivity (Medium). Species that follow one another and share
   * an operator are multiplied together, so that its rows are read once.
   */
  class DiffusionOperator
  {
  public:
    enum class Precision
    {
      full,
      single ///< of the stiffness, for what is approximate anyway
    };

    /** Assembles what no one has asked for yet. Collective. */
    DiffusionOperator(const Medium &medium, unsigned int n_species, Level &level,
                      Precision precision);

    /** y -= D K c over owned nodes; `c` with ghosts. */
    void subtract_product(ConstNodeView c, NodeView y) const;

    /** D_s k_ii. */
    double diagonal(std::size_t node, unsigned int species) const
    {
      return coefficient[species] * stiffness[species]->diagonal[node];
    }

    /** D_s times what the rows of the species' operator hold at this place. */
    double entry(unsigned int place, unsigned int species) const
    {
      return coefficient[species] * stiffness[species]->k[place];
    }

    /** K_s; all have the same pattern of entries. */
    const Stiffness &rows(unsigned int species) const { return *stiffness[species]; }

  private:
    struct Group
    {
      unsigned int first, n_species;
    };
    Precision precision;
    std::vector<double> coefficient;          ///< [mobile species], m^2/s
    std::vector<const Stiffness *> stiffness; ///< [mobile species]
    std::vector<Group> groups;
  };
} // namespace lacuna

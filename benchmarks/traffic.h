// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "transport/preconditioner/quad.h"

namespace lacuna
{
  /**
   * Bytes that a kernel moves at least between memory and processor: every array that it reads is
   * read once, every result is written once, and what is added to is both. Gathers are counted as
   * if every value were fetched once, and the lines that a processor reads before it overwrites
   * them are not counted, as in STREAM. `nodes` and so on are numbers of this rank.
   */
  struct Traffic
  {
    double species  = 3;           ///< mobile
    double immobile = 0;           ///< species
    double nodes = 0, entries = 0; ///< of the stiffness, whose rows have one for each neighbour
    double points = 0, edges = 0;  ///< of the region mass
    double ties         = 0;       ///< nodes with a predecessor in their line
    double coarse_nodes = 0, weights = 0; ///< of the way to the next coarser level

    static constexpr double index = 4, real = 8, single = 4;
    double quad() const { return quad_size * single; }       ///< of species, 4 at most
    double values() const { return real * species * nodes; } ///< a field at nodes
    double at_points() const { return real * species * points; }
    double blocks() const { return species * values(); } ///< species by species at nodes
    double flags() const { return species * nodes; }

    // In double precision: what Newton's method and GMRES need.

    /** y -= D K x: Diffusion. */
    double stiffness_product() const
    {
      return index * nodes + (index + real) * entries + values() + 2 * values();
    }
    /** What the edges bring, of rates at points: ReactionTerm::add_edges. */
    double edge_sums() const
    {
      return at_points() + 2 * index * points + (index + real) * edges + 2 * values();
    }
    /** dR/dc at every point times x, then the edges: ReactionTerm::add_derivative. */
    double region_mass_product() const
    {
      return index * points + values() + species * at_points() + at_points() + edge_sums();
    }
    /** The laws alone; their results stay in the cache, batch by batch. */
    double laws() const
    {
      return index * nodes + index * points + values() + real * immobile * points;
    }
    /** ReactionTerm::add_rate: the laws, what is kept of them, and the edges. */
    double reaction() const
    {
      const double kept = 4 * real * immobile * points + species * at_points() + at_points();
      return laws() + (real + index) * points + 2 * values() + 2 * blocks() + kept + edge_sums();
    }
    /** Residual::evaluate: concentrations copied, results cleared, two terms, the diagonal, and the
     * residual from concentration, storage, rate and diagonal. */
    double residual() const
    {
      const double cleared = 2 * values() + blocks(), diagonal = real * nodes + 2 * values();
      return 2 * values() + cleared + stiffness_product() + diagonal + reaction() + 5 * values() +
             flags();
    }
    /** Residual::apply_jacobian: direction copied, y cleared, two terms, then storage, blocks. */
    double jacobian_product() const
    {
      return 2 * values() + values() + stiffness_product() + region_mass_product() + values() +
             values() + blocks() + 2 * values() + flags();
    }

    // In single precision, padded to quads: LinearisedLevel.

    double quads() const { return quad() * nodes; }
    double row_products() const
    {
      return index * nodes + (index + single) * entries + 2 * quads() + species * quads();
    }
    /** One smoothing step: down the lines, and up. From zero there is no product. */
    double smoothing_step(bool from_zero = false) const
    {
      const double residual = from_zero ? quads() : row_products();
      const double inverses = species * quad();
      const double down     = nodes + quad() * ties + inverses * nodes + quads();
      const double up       = nodes + quads() + (2 * quad() + inverses) * ties + 4 * quads();
      return residual + down + up;
    }
    /** Between numbers of nodes in double precision and those along lines. */
    double conversion() const { return index * nodes + values() + quads(); }
    double cleared() const { return 2 * quads(); }
    double residual_of_level() const { return row_products() + index * nodes + values(); }

    double coarse_values() const { return real * species * coarse_nodes; }
    double transfer() const { return index * nodes + (index + single) * weights + values(); }
    double prolongation() const { return transfer() + coarse_values(); }
    double restriction() const { return transfer() + 3 * coarse_values(); }

    /** What a cycle does on a level that has a coarser one: Multigrid::cycle, with what it is given
     * and gives back. */
    double part_of_cycle(unsigned int degree) const
    {
      return cleared() + smoothing_step(true) + (2 * degree - 1) * smoothing_step() +
             residual_of_level() + restriction() + prolongation() + 3 * conversion() + quads();
    }
    /** And on the coarsest. */
    double coarsest_part(unsigned int degree) const
    {
      return cleared() + smoothing_step(true) + (degree - 1) * smoothing_step() + 2 * conversion();
    }
  };
} // namespace lacuna

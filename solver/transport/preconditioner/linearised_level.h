// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "species/medium.h"
#include "transport/level.h"
#include "transport/preconditioner/lines.h"
#include "transport/preconditioner/quad.h"

#include <deal.II/lac/la_parallel_vector.h>

#include <memory>
#include <utility>
#include <vector>

namespace lacuna
{
  /**
   * The linearised equations on one level, without what couples the reactions of different nodes:
   *
   *   (A x)_i = D K x + B_i x_i,
   *
   * with a block B_i of species by species at every node: storage, and what the rates there owe to
   * the species there. Unknowns that are held (prescribed values) have no rows. And their smoother:
   * Chebyshev polynomials of M^-1 A, where M is A without what couples different lines of nodes.
   *
   * All this is approximate anyway, so it is kept in single precision; nodes are numbered along the
   * lines, so that memory is read in order. Values of a node are padded to quads of species.
   */
  class LinearisedLevel
  {
  public:
    /** Collective. */
    LinearisedLevel(Level &level, const Medium &medium, unsigned int n_species);

    /** Takes B, [node][s * n_species + t], and which unknowns are held, [node][s]: not 0.
     * Collective at the first time. */
    void set(ConstNodeView block, ConstNodeView held);

    void set_right(ConstNodeView right); ///< what A x should be, but for unknowns that are held
    void clear_solution();
    void add_to_solution(ConstNodeView change);
    void get_solution(NodeView x) const;
    void get_residual(NodeView result); ///< right - A x; 0 where x is held. Collective.

    /** A polynomial that is small on the eigenvalues of M^-1 A between the largest and largest /
     * ratio. */
    struct Polynomial
    {
      unsigned int degree;
      double ratio;
    };
    /** Improves the solution. Collective. */
    void smooth(const Polynomial &polynomial);

    const StateLayout &layout;

  private:
    using Vector = dealii::LinearAlgebra::distributed::Vector<float>;
    using Quads  = std::vector<Quad>;

    /** Species that share the operator of their diffusion, in one quad. */
    struct Group
    {
      unsigned int quad;
      const std::vector<float> *entries; ///< of K, in the order of `columns`
      Quad coefficient;                  ///< D_s, or 0 for species with another K
    };
    void number_nodes();
    void take_rows(Level &level, const Medium &medium);
    void factor(ConstNodeView block, ConstNodeView held);
    Quad row_residual(std::size_t place, unsigned int quad, const QuadInFloats *x) const;
    void eliminate();
    void substitute(float keep, float add);
    double largest_eigenvalue();
    const QuadInFloats *values_with_ghosts();
    template <class AnyQuad>
    Quad multiply(const Quads &matrices, std::size_t place, unsigned int quad,
                  const AnyQuad *vector) const;

    unsigned int n_species, n_quads;
    Lines lines;
    std::vector<unsigned int> place; ///< of a node in the lines
    std::shared_ptr<const dealii::Utilities::MPI::Partitioner> partitioner; ///< of places * quads
    std::vector<unsigned int> begin,
        columns; ///< rows: places; columns: first quad of a place, also of ghosts
    std::vector<std::unique_ptr<std::vector<float>>> entries; ///< of every distinct K
    std::vector<const Stiffness *> stiffness;                 ///< [species]
    std::vector<double> coefficient;                          ///< [species], m^2/s
    std::vector<Group> groups;
    Vector x;
    bool x_is_zero = false;             ///< so that its product need not be formed
    Quads right, correction, direction; ///< [place][quad]
    Quads tie;              ///< [place][quad]: entry of A that ties a node to its predecessor
    Quads blocks, inverses; ///< [place][species t][quad of s]: B, and the inverse pivots of M
    std::vector<std::pair<unsigned int, unsigned int>> held_unknowns; ///< place, species
    double largest = 0; ///< eigenvalue of M^-1 A; 0: not yet known
  };
} // namespace lacuna

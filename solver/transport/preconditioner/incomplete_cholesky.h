// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "transport/boundary.h"
#include "transport/model.h"
#include "transport/preconditioner/preconditioner.h"

#include <petscksp.h>

#include <map>
#include <vector>

namespace lacuna
{
  /**
   * One scalar matrix per mobile species, A_s = alpha S + D0 K + exchange + its own consumption,
   * factored by incomplete Cholesky on each rank (block Jacobi between ranks). Species are solved
   * in their order, each with what its rate at a node owes to those before it (block Gauss-Seidel);
   * what it owes to those after it is left to the Krylov method.
   */
  class IncompleteCholesky : public Preconditioner
  {
  public:
    IncompleteCholesky(const Model &model, const Boundary &boundary);
    ~IncompleteCholesky() override;
    IncompleteCholesky(const IncompleteCholesky &)            = delete;
    IncompleteCholesky &operator=(const IncompleteCholesky &) = delete;

    void update(const Evaluation &at) override;
    void expire() override { factored_alpha = -1; }
    void apply(ConstNodeView x, NodeView y) override;

  private:
    /** The matrix of one species and its factors. */
    struct Factors
    {
      Mat matrix = nullptr, stiffness = nullptr; ///< the latter is one of `stiffnesses`
      KSP solver = nullptr;
      std::vector<PetscInt> fixed_rows; ///< global numbers of nodes
    };
    bool serves(const Evaluation &at) const;
    bool serves_alpha(double alpha) const;
    bool serves_consumption(const Evaluation &at) const;
    void set_up();
    void factor(unsigned int species, const Evaluation &at);
    bool is_held(unsigned int species) const;
    double carried_over(std::size_t node, unsigned int species, ConstNodeView y) const;

    const Model &model;
    const Boundary &boundary;
    std::map<const Stiffness *, Mat> stiffnesses;
    std::vector<Factors> factors; ///< [mobile species]
    Vec diagonal = nullptr, right = nullptr, solution = nullptr;
    bool is_set_up        = false;
    double factored_alpha = -1;     ///< 1/s; negative: nothing is factored
    NodeField factored_consumption; ///< that is in the factors, amount per second and concentration
    const Evaluation *current = nullptr; ///< of the last update()
  };
} // namespace lacuna

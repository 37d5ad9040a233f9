// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "transport/ghosted_field.h"
#include "transport/term.h"

#include <memory>
#include <vector>

namespace lacuna
{
  /** Sums over the tissue and all ranks, per mobile species, of one evaluation (mol/s). */
  struct Totals
  {
    explicit Totals(unsigned int n_species = 0)
        : in(n_species), produced(n_species), consumed(n_species), converted(n_species)
    {
    }
    std::vector<double> in; ///< through fixed, exchange and flux faces, minus what goes out
    std::vector<double> produced, consumed;
    std::vector<double> converted; ///< the part of `consumed` that became other cells
  };

  /** How well an equation is fulfilled, per mobile species, summed over the tissue (mol/s). */
  struct Imbalance
  {
    explicit Imbalance(unsigned int n_species = 0)
        : error(n_species), turnover(n_species), stored(n_species), magnitude(n_species),
          amount(n_species)
    {
    }
    std::vector<double> error;    ///< sum of |residual|
    std::vector<double> turnover; ///< sum of what flows, is produced, consumed and stored
    std::vector<double> stored;   ///< the part of it that is stored: sum of alpha S |c - predictor|
    std::vector<double> magnitude; ///< sum of |diagonal of the equations * c|: scale of rounding
    std::vector<double> amount;    ///< sum of S |c| (mol)
    double defect = 0;             ///< largest over species of error / turnover, beyond rounding
  };

  /**
   * The equations at one point: what Residual::evaluate() returns, and all that a product with the
   * Jacobian there needs. It may be used for the next evaluation, so that nothing is allocated.
   */
  struct Evaluation
  {
    GhostedNodeField mobile; ///< c, where it was evaluated
    PointField immobile;     ///< n(c), the end of the step of the immobile species

    NodeField rate;             ///< of all terms but storage, amount per second
    NodeField residual;         ///< see Residual
    NodeBlocks local;           ///< d(rate)/dc as far as it couples only the species of one node
    PointField gain, loss_rate; ///< of the immobile species: dn/dt = gain - loss_rate * n
    PointField converted;       ///< per time: losses of populations that are no deaths
    Totals totals;
    Imbalance imbalance;
    Equation equation;

    std::vector<std::unique_ptr<Term::Memory>> memories; ///< [term]
    NodeField diagonal;                                  ///< of -d(rate)/dc without the local part
    GhostedNodeField direction;                          ///< of a product with the Jacobian
  };
} // namespace lacuna

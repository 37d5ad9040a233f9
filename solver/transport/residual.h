// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "species/state.h"
#include "transport/boundary.h"
#include "transport/immobile_update.h"
#include "transport/model.h"
#include "transport/motion.h"

#include <deal.II/lac/la_parallel_vector.h>

#include <vector>

namespace lacuna
{
  /** Sums over the tissue and all ranks, per mobile species, of one evaluation (mol/s). */
  struct Totals
  {
    std::vector<double> in; ///< through fixed, exchange and flux faces, minus what goes out
    std::vector<double> produced, consumed;
    std::vector<double> converted; ///< the part of `consumed` that became other cells
  };

  /**
   * The one residual of steady states, implicit stages and checks. For every owned node i and
   * mobile species s
   *
   *   residual = alpha * storage * (c - predictor) - rate,   rate = -D0 K c + sum of m R(c, n(c)) +
   * boundary exchange,
   *
   * and c - value at fixed nodes. Immobile species are advanced over `immobile.step` inside (see
   * ImmobileUpdate).
   */
  class Residual
  {
  public:
    Residual(Model &model, const Boundary &boundary);

    struct Equation
    {
      double alpha            = 0;       ///< 1/s; 0 for a steady state
      const double *predictor = nullptr; ///< [owned node][species], if alpha > 0
      double time             = 0;       ///< s, at which the equation holds
      bool before_jump        = false;   ///< of the boundary tables at `time`
      double slope_time = 0;   ///< s, at which the tables' slopes are taken: the start of the step
      bool cells_rest = false; ///< moving cells stay as they are, like all others in a steady state
      ImmobileUpdate::Start immobile;
    };
    void set_equation(const Equation &equation) { this->equation = equation; }
    const Equation &current() const { return equation; }

    /**
     * Evaluates at `c` ([owned node][species]) with `immobile` ([point][species]) as guess, and
     * overwrites `immobile` with its solution. Leaves rate, residual, Jacobian blocks, totals and
     * defect in the members below.
     */
    void evaluate(const double *c, std::vector<double> &immobile);

    /** Writes the prescribed values at the equation's time into `c`. */
    void impose_fixed_values(double *c) const;

    /** y = Jacobian * x at the last point of evaluation; both [owned node][species]. */
    void apply_jacobian(const double *x, double *y);

    Model &model;
    const Boundary &boundary;

    std::vector<double> rate, residual; ///< [owned node][species], mol/s
    std::vector<double>
        block; ///< [owned node][species][species]: d(reaction + natural exchange)/dc
    std::vector<double> gain, loss_rate; ///< [point][immobile species] at the solution
    std::vector<double>
        converted; ///< [point][immobile species], per time: losses that are no deaths
    Totals totals;
    double defect = 0; ///< largest over species: sum of |residual| against the species' turnover

  private:
    void add_natural_exchange();
    void add_reactions(std::vector<double> &immobile);
    void scatter(const Reaction::Batch &batch, unsigned int first_node, unsigned int last_node);
    void finish();

    Equation equation;
    bool is_held(std::size_t row) const;
    bool rests(std::size_t row) const;

    ImmobileUpdate update;
    Motion motion;
    Reaction::Batch batch;
    dealii::LinearAlgebra::distributed::Vector<double>
        ghosted;                            ///< [node][species], owned and ghost
    std::vector<double> turnover, rounding; ///< [species], mol/s
    double at(const TimeTable &table) const;
  };
} // namespace lacuna

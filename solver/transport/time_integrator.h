// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "species/state.h"
#include "transport/balance.h"
#include "transport/nonlinear_solver.h"

#include <string>
#include <vector>

namespace lacuna
{
  /**
   * Adaptive, error-controlled TR-BDF2: a trapezoidal stage to t + gamma h and a second-order
   * backward difference to t + h, gamma = 2 - sqrt(2), so that both stages solve with alpha =
   * 2/(gamma h). One-step, L-stable, second order, with a third-order error estimate (Bank et al.
   * 1985; Hosea and Shampine 1996). Immobile species step along in production-loss form over both
   * stages (ImmobileUpdate). Step sizes are powers of 2^(1/4) seconds unless an event is hit, so
   * that rounding does not change the sequence.
   */
  class TimeIntegrator
  {
  public:
    TimeIntegrator(const Residual &residual, NonlinearSolver &solver, const TimeSettings &settings,
                   State &state);

    /** Advances by one accepted step that does not pass `limit` (s, an event or the end). Throws
     * ConvergenceError. */
    void step(double limit);

    /** After the state was changed from outside (an injection) or a boundary value jumped: books
     * and restarts. */
    void restart_after_event(const std::vector<double> &injected_amounts);

    double last_step      = 0; ///< s
    unsigned long n_steps = 0, n_rejected = 0;
    double largest_error = 0; ///< of any accepted step, in units of the tolerance
    Balance balance;

  private:
    /** One time of a step: the unknowns, their equations, and dc/dt of the mobile species (for the
     * start with the slope of fixed values). */
    struct Moment
    {
      explicit Moment(const Residual &residual);
      Solution solution;
      NodeField rate; ///< concentration per second
    };
    struct Length
    {
      double h; ///< s
      bool is_last, is_cut;
    };
    enum class Verdict
    {
      good,
      inexact,
      makes_negative,
      unsolved
    };
    Length length_within(double remaining) const;
    Verdict attempt(double h, double &negative);
    void shorten(double h, Verdict verdict);
    void evaluate_start();
    void follow_slopes();
    void close_balance(double alpha, Moment &to) const;
    bool try_step(double h);
    bool solved_step(double h);
    double undershoot() const;
    bool halving_helps(double &negative) const;
    bool solve_stage(double alpha, double time, double step, ConstNodeView predictor,
                     const Moment &from, Moment &to);
    double error_estimate(double h) const;
    void accept(double h);
    void tally_deaths(const Moment &before, const Moment &after, double h);
    double initial_step(double limit) const;
    void choose_first_step(double remaining);

    const Residual &residual;
    const Model &model;
    NonlinearSolver &solver;
    TimeSettings settings;
    Accuracy accuracy; ///< of a stage
    State &state;

    double next_step = 0; ///< s, 0 = to be chosen
    bool start_known = false;
    Moment start, middle, end;
    NodeField predictor;
    double error = 0;
    std::string refusal; ///< of a law, in the last step that was tried; else empty
  };
} // namespace lacuna

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "species/state.h"
#include "transport/newton.h"

#include <string>
#include <vector>

namespace lacuna
{
  /** Amounts of the mobile species over time, in the quadrature of the time scheme (mol). */
  struct Balance
  {
    std::vector<double> in, injected, produced, consumed; ///< since the start
    std::vector<double> converted;               ///< the part of `consumed` that became other cells
    std::vector<double> initial;                 ///< stored at the start
    std::vector<double> largest_relative_defect; ///< of any step, against the turnover of that step
  };

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
    TimeIntegrator(Residual &residual, Newton &newton, const TimeSettings &settings, State &state);

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

    /** Amount of every mobile species in the tissue (mol). */
    std::vector<double> amounts() const;

  private:
    /** Rates and coefficients at the start of a step. */
    struct Slope
    {
      std::vector<double> rate; ///< [owned node][species], concentration per second
      std::vector<double> gain, loss_rate, converted; ///< [point][immobile]
      Totals totals;
    };
    void evaluate_start();
    bool try_step(double h);
    bool solved_step(double h);
    bool solve_stage(double alpha, double time, double step, const std::vector<double> &predictor,
                     const std::vector<double> &amount, const std::vector<double> &gain,
                     const std::vector<double> &loss_rate);
    double error_estimate(double h) const;
    void accept(double h);
    /** What the immobile species are, gain and lose alive at one time of a step. */
    struct Lives
    {
      const std::vector<double> &amount, &gain, &converted;
    };
    void tally_deaths(std::vector<double> &dead, const Lives &before, const Lives &after,
                      double h) const;
    double initial_step(double limit) const;

    Residual &residual;
    Newton &newton;
    TimeSettings settings;
    State &state;

    double next_step = 0; ///< s, 0 = to be chosen
    bool start_known = false;
    Slope start;
    std::vector<double> mobile, immobile; ///< unknowns of the stage being solved
    std::vector<double> mid_mobile, mid_immobile, mid_gain, mid_loss_rate, mid_converted, mid_rate,
        end_rate;
    Totals mid_totals;
    double error = 0;
    std::string refusal; ///< of a law, in the last step that was tried; else empty
  };
} // namespace lacuna

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "transport/steady_state.h"

#include "config/quantity.h"
#include "config/user_error.h"

namespace lacuna
{
  namespace
  {
    constexpr double shortest_step = 1e-3, longest_step = 1e9; // s, of pseudo-time

    bool solve_at(Newton &newton, Residual &residual, State &state, double alpha,
                  const std::vector<double> &predictor)
    {
      Residual::Equation equation;
      equation.alpha      = alpha;
      equation.predictor  = predictor.data();
      equation.time       = state.time;
      equation.slope_time = state.time;
      equation.cells_rest = true;
      residual.set_equation(equation);
      try
      {
        return newton.solve(state.mobile, state.immobile);
      }
      catch (const EvaluationError &)
      {
        if (alpha > 1 / shortest_step)
          throw;
        return false; // a smaller pseudo-time step may stay where the laws hold
      }
    }
  } // namespace

  void solve_steady_state(Newton &newton, Residual &residual, State &state)
  {
    if (solve_at(newton, residual, state, 0, state.mobile))
      return;

    constexpr unsigned int largest_number_of_steps = 400;
    double step                                    = 600; // s, well below diffusion times
    residual.impose_fixed_values(state.mobile.data());
    for (unsigned int k = 0; k < largest_number_of_steps && step > shortest_step / 5; ++k)
    {
      const std::vector<double> before = state.mobile;
      if (!solve_at(newton, residual, state, 1 / step, before))
      {
        step /= 5;
        continue;
      }
      step *= 3;
      if (step > longest_step || (k % 4 == 3 && step > 1e4))
        if (solve_at(newton, residual, state, 0, state.mobile))
          return;
    }
    throw ConvergenceError(
        "no steady state was found: neither Newton's method nor " +
        std::to_string(largest_number_of_steps) +
        " pseudo-time steps ended with a residual below tolerance (last relative "
        "defect " +
        shortest(residual.defect) +
        "). Is there a steady state? Production without a way out has none.");
  }
} // namespace lacuna

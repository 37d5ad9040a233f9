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

    /** Solves the steady equation, or (alpha > 0) one implicit Euler step from `predictor`. */
    bool solve_at(NonlinearSolver &solver, double time, double alpha, ConstNodeView predictor,
                  Solution &solution)
    {
      Equation equation;
      equation.alpha            = alpha;
      equation.predictor        = predictor;
      equation.time             = time;
      equation.slope_time       = time;
      equation.populations_held = true;
      try
      {
        return solver.solve(equation, solution);
      }
      catch (const EvaluationError &)
      {
        if (alpha > 1 / shortest_step)
          throw;
        return false; // a smaller pseudo-time step may stay where the laws hold
      }
    }

    bool continue_in_pseudo_time(NonlinearSolver &solver, const Residual &residual, double time,
                                 unsigned int largest_number_of_steps, Solution &solution)
    {
      double step = 600; // s, well below diffusion times
      Equation steady;
      steady.time = steady.slope_time = time;
      residual.impose_fixed_values(steady, solution.mobile);
      for (unsigned int k = 0; k < largest_number_of_steps && step > shortest_step / 5; ++k)
      {
        const NodeField before = solution.mobile;
        if (!solve_at(solver, time, 1 / step, before, solution))
        {
          step /= 5;
          continue;
        }
        step *= 3;
        const bool is_worth_a_try = step > longest_step || (k % 4 == 3 && step > 1e4);
        if (is_worth_a_try && solve_at(solver, time, 0, {}, solution))
          return true;
      }
      return false;
    }
  } // namespace

  SteadyState solve_steady_state(NonlinearSolver &solver, const Residual &residual, State &state)
  {
    constexpr unsigned int largest_number_of_steps = 400;
    Solution solution(residual);
    solution.mobile              = state.mobile;
    solution.evaluation.immobile = state.immobile;
    if (!solve_at(solver, state.time, 0, {}, solution) &&
        !continue_in_pseudo_time(solver, residual, state.time, largest_number_of_steps, solution))
      throw ConvergenceError(
          "no steady state was found: neither the steady equations nor " +
          std::to_string(largest_number_of_steps) +
          " steps of pseudo-time ended with a residual below the tolerance (last relative defect " +
          shortest(solution.evaluation.imbalance.defect) +
          "). A species that is produced and has no way out has no steady state; rates that jump, "
          "and very steep ones, can keep Newton's method from finding one.");
    state.mobile   = solution.mobile;
    state.immobile = solution.evaluation.immobile;
    return {solution.evaluation.totals, solution.evaluation.imbalance.defect};
  }
} // namespace lacuna

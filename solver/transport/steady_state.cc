// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "transport/steady_state.h"

#include "config/quantity.h"
#include "config/user_error.h"

#include <algorithm>
#include <cstddef>

namespace lacuna
{
  namespace
  {
    constexpr double shortest_step = 1e-3, longest_step = 1e9; // s, of pseudo-time

    /** Solves the steady equation, or (alpha > 0) one implicit Euler step from `predictor`. */
    bool solve_at(NonlinearSolver &solver, double time, double alpha, ConstNodeView predictor,
                  const Accuracy &accuracy, Solution &solution)
    {
      Equation equation;
      equation.alpha            = alpha;
      equation.predictor        = predictor;
      equation.time             = time;
      equation.slope_time       = time;
      equation.populations_held = true;
      try
      {
        return solver.solve(equation, accuracy, solution);
      }
      catch (const EvaluationError &)
      {
        if (alpha > 1 / shortest_step)
          throw;
        return false; // a smaller pseudo-time step may stay where the laws hold
      }
    }

    bool continue_in_pseudo_time(NonlinearSolver &solver, const Residual &residual, double time,
                                 unsigned int largest_number_of_steps, const Accuracy &accuracy,
                                 Solution &solution)
    {
      const Accuracy on_the_way{accuracy.defect, {}, {}};
      double step = 600; // s, well below diffusion times
      Equation steady;
      steady.time = steady.slope_time = time;
      residual.impose_fixed_values(steady, solution.mobile);
      for (unsigned int k = 0; k < largest_number_of_steps && step > shortest_step / 5; ++k)
      {
        const NodeField before = solution.mobile;
        if (!solve_at(solver, time, 1 / step, before, on_the_way, solution))
        {
          step /= 5;
          continue;
        }
        step *= 3;
        const bool is_worth_a_try = step > longest_step || (k % 4 == 3 && step > 1e4);
        if (is_worth_a_try && solve_at(solver, time, 0, {}, accuracy, solution))
          return true;
      }
      return false;
    }
  } // namespace

  double largest_part(const std::vector<double> &errors, const std::vector<double> &amounts)
  {
    double result = 0;
    for (std::size_t s = 0; s < errors.size(); ++s)
      if (amounts[s] > 0)
        result = std::max(result, errors[s] / amounts[s]);
    return result;
  }

  SteadyState solve_steady_state(NonlinearSolver &solver, const Residual &residual,
                                 const Accuracy &accuracy, State &state)
  {
    constexpr unsigned int largest_number_of_steps = 400;
    Solution solution(residual);
    solution.mobile              = state.mobile;
    solution.evaluation.immobile = state.immobile;
    if (!solve_at(solver, state.time, 0, {}, accuracy, solution) &&
        !continue_in_pseudo_time(solver, residual, state.time, largest_number_of_steps, accuracy,
                                 solution))
      throw ConvergenceError(
          "no steady state was found: neither the steady equations nor " +
          std::to_string(largest_number_of_steps) +
          " steps of pseudo-time ended with a residual below the tolerance (last relative defect " +
          shortest(solution.evaluation.imbalance.defect) +
          "). A species that is produced and has no way out has no steady state; rates that jump, "
          "and very steep ones, can keep Newton's method from finding one.");
    state.mobile   = solution.mobile;
    state.immobile = solution.evaluation.immobile;
    SteadyState result{solution.evaluation.totals, solution.evaluation.imbalance.defect, {}, {}};
    if (!solution.error.empty())
      result.solver_error =
          largest_part(solution.error, residual.model.storage.amounts(state.mobile));
    return result;
  }
} // namespace lacuna

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "transport/time_integrator.h"

#include "config/in_days.h"
#include "config/quantity.h"
#include "config/user_error.h"

#include <deal.II/base/mpi.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <utility>

namespace lacuna
{
  namespace
  {
    const double gamma = 2 - std::sqrt(2.);
    // c_end is predicted by to_middle * c_middle - to_start * c_start.
    const double to_middle      = 1 / (gamma * (2 - gamma));
    const double to_start       = (1 - gamma) * (1 - gamma) / (gamma * (2 - gamma));
    const double error_constant = (-3 * gamma * gamma + 4 * gamma - 2) / (12 * (2 - gamma));
    // Quadrature: c_end = c_start + h * sum of weight * rate.
    const double weight_start = std::sqrt(2.) / 4, weight_middle = std::sqrt(2.) / 4,
                 weight_end        = gamma / 2;
    constexpr double shortest_step = 1e-6; // s

    /** The largest power of 2^(1/4) seconds that is not above h. */
    double quantised(double h)
    {
      return std::exp2(std::floor(4 * std::log2(h) + 1e-6) / 4);
    }
  } // namespace

  TimeIntegrator::Moment::Moment(const Residual &residual)
      : solution(residual), rate(solution.mobile.n_entities(), solution.mobile.n_species())
  {
  }

  TimeIntegrator::TimeIntegrator(const Residual &residual_, NonlinearSolver &solver_,
                                 const TimeSettings &settings_, State &state_)
      : balance(residual_.model, state_.mobile), residual(residual_), model(residual_.model),
        solver(solver_), settings(settings_),
        accuracy(accuracy_of_stage(residual_.model.input.solver, settings_)), state(state_),
        start(residual_), middle(residual_), end(residual_),
        predictor(state_.mobile.n_entities(), state_.mobile.n_species())
  {
  }

  void TimeIntegrator::restart_after_event(const std::vector<double> &injected_amounts)
  {
    const std::vector<double> before = model.storage.amounts(state.mobile);
    Equation equation;
    equation.time = equation.slope_time = state.time;
    residual.impose_fixed_values(equation, state.mobile);
    std::vector<double> through_faces = model.storage.amounts(state.mobile);
    std::transform(through_faces.begin(), through_faces.end(), before.begin(),
                   through_faces.begin(), std::minus<>());
    balance.book_event(injected_amounts, through_faces);
    start_known = false;
    next_step   = 0;
  }

  void TimeIntegrator::evaluate_start()
  {
    Equation equation;
    equation.time = equation.slope_time = state.time;
    Evaluation &at_start                = start.solution.evaluation;
    start.solution.mobile               = state.mobile;
    at_start.immobile                   = state.immobile;
    residual.evaluate(equation, state.mobile, at_start);
    for_each_value(
        start.rate, [&](std::size_t node, unsigned int s)
        { start.rate(node, s) = model.storage.concentration(at_start.rate(node, s), node, s); });
    follow_slopes();
    start_known = true;
  }

  /** From the start on, fixed values change by the slopes that their tables have there, and what
   * they store comes in. */
  void TimeIntegrator::follow_slopes()
  {
    const Equation &equation = start.solution.evaluation.equation;
    std::vector<double> more_inflow(state.mobile.n_species(), 0.);
    for (const auto &fixed : residual.boundary.fixed)
    {
      const double booked = equation.alpha == 0 ? 0 : fixed.value->rate(equation.slope_time);
      const double slope  = fixed.value->rate(state.time);
      start.rate(fixed.node, fixed.species) = slope;
      more_inflow[fixed.species] += model.storage(fixed.node, fixed.species) * (slope - booked);
    }
    dealii::Utilities::MPI::sum(more_inflow, model.layout.communicator(), more_inflow);
    for (unsigned int s = 0; s < more_inflow.size(); ++s)
      start.solution.evaluation.totals.in[s] += more_inflow[s];
  }

  /** A first step over which the state changes by a small part of the tolerance's scale. */
  double TimeIntegrator::initial_step(double limit) const
  {
    if (settings.first_step > 0)
      return std::min(settings.first_step, limit);
    const unsigned int n = state.mobile.n_species();
    std::vector<double> sums(2 * n, 0.); // of the squares of values, then of rates
    for_each_value(state.mobile,
                   [&](std::size_t node, unsigned int s)
                   {
                     const double c = state.mobile(node, s), rate = start.rate(node, s);
                     sums[s] += model.storage(node, s) * c * c;
                     sums[n + s] += model.storage(node, s) * rate * rate;
                   });
    dealii::Utilities::MPI::sum(sums, model.layout.communicator(), sums);
    double h = 600;
    for (unsigned int s = 0; s < n; ++s)
      if (sums[n + s] > 0 && sums[s] > 0)
        h = std::min(h, std::sqrt(settings.tolerance * sums[s] / sums[n + s]));
    return std::min(std::max(h, 1e-3), limit);
  }

  bool TimeIntegrator::solve_stage(double alpha, double time, double step,
                                   ConstNodeView stage_predictor, const Moment &from, Moment &to)
  {
    const Evaluation &before = from.solution.evaluation;
    Equation equation;
    equation.alpha       = alpha;
    equation.predictor   = stage_predictor;
    equation.time        = time;
    equation.before_jump = true;
    equation.slope_time  = state.time;
    equation.immobile    = {before.immobile, before.gain, before.loss_rate, step};
    if (!solver.solve(equation, accuracy, to.solution))
      return false;
    if (accuracy.part_of_amount)
      close_balance(alpha, to);
    for_each_value(
        to.rate, [&](std::size_t node, unsigned int s)
        { to.rate(node, s) = alpha * (to.solution.mobile(node, s) - stage_predictor(node, s)); });
    return true;
  }

  /**
   * The residuals that a stage leaves would be missing from the balance. Each species is therefore
   * multiplied by the factor, off 1 by less than the accuracy of the stage, with which it stores
   * all that flows in and reacts.
   */
  void TimeIntegrator::close_balance(double alpha, Moment &to) const
  {
    const unsigned int n           = state.mobile.n_species();
    const NodeField &residual_left = to.solution.evaluation.residual;
    std::vector<double> sums(2 * n, 0.); // of residuals, then of amounts
    const auto is_free = [&](std::size_t node, unsigned int s)
    { return !residual.boundary.is_fixed(node, s); };
    for_each_value(to.solution.mobile,
                   [&](std::size_t node, unsigned int s)
                   {
                     if (!is_free(node, s))
                       return;
                     sums[s] += residual_left(node, s);
                     sums[n + s] += model.storage(node, s) * to.solution.mobile(node, s);
                   });
    dealii::Utilities::MPI::sum(sums, model.layout.communicator(), sums);
    for_each_value(to.solution.mobile,
                   [&](std::size_t node, unsigned int s)
                   {
                     const double missing = sums[s] / alpha, amount = sums[n + s];
                     if (is_free(node, s) && std::abs(missing) < *accuracy.part_of_change * amount)
                       to.solution.mobile(node, s) *= 1 - missing / amount;
                   });
  }

  bool TimeIntegrator::try_step(double h)
  {
    const double alpha      = 2 / (gamma * h);
    const NodeField &before = start.solution.mobile, &between = middle.solution.mobile;

    // Trapezoidal stage to t + gamma h; the first guess follows the slope.
    for_each_value(predictor,
                   [&](std::size_t node, unsigned int s)
                   {
                     const double c = before(node, s), rate = start.rate(node, s);
                     predictor(node, s)              = c + rate / alpha;
                     middle.solution.mobile(node, s) = c + gamma * h * rate;
                   });
    middle.solution.evaluation.immobile = start.solution.evaluation.immobile;
    if (!solve_stage(alpha, state.time + gamma * h, gamma * h, predictor, start, middle))
      return false;

    // Backward differences to t + h; the first guess extrapolates.
    for_each_value(predictor,
                   [&](std::size_t node, unsigned int s)
                   {
                     const double c               = between(node, s);
                     predictor(node, s)           = to_middle * c - to_start * before(node, s);
                     end.solution.mobile(node, s) = c + (1 - gamma) * h * middle.rate(node, s);
                   });
    end.solution.evaluation.immobile = middle.solution.evaluation.immobile;
    return solve_stage(alpha, state.time + h, (1 - gamma) * h, predictor, middle, end);
  }

  /** How far the step takes anything below zero, or further below it, as a part of the typical
   * value that the file gives the species. */
  double TimeIntegrator::undershoot() const
  {
    double result = 0;
    for_each_value(state.mobile,
                   [&](std::size_t node, unsigned int s)
                   {
                     const double c =
                         std::min(middle.solution.mobile(node, s), end.solution.mobile(node, s));
                     const double below = std::min(0., start.solution.mobile(node, s)) - c;
                     if (below > 0 && model.typical[s] > 0)
                       result = std::max(result, below / model.typical[s]);
                   });
    return dealii::Utilities::MPI::max(result, model.layout.communicator());
  }

  /**
   * Whether the step made something negative, but less so than the longer one before, which left
   * `negative`. What the rates at the start take in the first half of a step does not know that
   * nothing may be left; what meshes make negative, shorter steps do not mend.
   */
  bool TimeIntegrator::halving_helps(double &negative) const
  {
    constexpr double helped = 1.5, negligible = 1e-4; // of a species' typical concentration
    const double before = std::exchange(negative, undershoot());
    return negative > negligible && negative < before / helped;
  }

  /** A law that cannot say what happens at an iterate counts as a step that did not converge. */
  bool TimeIntegrator::solved_step(double h)
  {
    refusal.clear();
    try
    {
      return try_step(h);
    }
    catch (const EvaluationError &failure)
    {
      refusal = failure.what();
      return false;
    }
  }

  /** Weighted L2 norm of the third-order estimate per species, in units of the tolerance; the
   * largest counts. */
  double TimeIntegrator::error_estimate(double h) const
  {
    const unsigned int n = state.mobile.n_species(), m = state.immobile.n_species();
    const double factor = 2 * error_constant * h;
    std::vector<double> errors(n + m, 0.), values(n + m, 0.); // sums of squares
    const auto add = [&](unsigned int k, double weight, double value, double at_start,
                         double at_middle, double at_end)
    {
      const double e =
          factor * (at_start / gamma - at_middle / (gamma * (1 - gamma)) + at_end / (1 - gamma));
      errors[k] += weight * e * e;
      values[k] += weight * value * value;
    };
    for_each_value(state.mobile,
                   [&](std::size_t node, unsigned int s)
                   {
                     add(s, model.storage(node, s), end.solution.mobile(node, s),
                         start.rate(node, s), middle.rate(node, s), end.rate(node, s));
                   });
    const Evaluation &before = start.solution.evaluation, &between = middle.solution.evaluation,
                     &after = end.solution.evaluation;
    const auto net_gain     = [](const Evaluation &at, std::size_t p, unsigned int k)
    { return at.gain(p, k) - at.loss_rate(p, k) * at.immobile(p, k); };
    for_each_value(state.immobile,
                   [&](std::size_t p, unsigned int k)
                   {
                     // What begins at nothing is held against what it becomes.
                     add(n + k, model.layout.point_weight[p],
                         std::max(before.immobile(p, k), after.immobile(p, k)),
                         net_gain(before, p, k), net_gain(between, p, k), net_gain(after, p, k));
                   });
    dealii::Utilities::MPI::sum(errors, model.layout.communicator(), errors);
    dealii::Utilities::MPI::sum(values, model.layout.communicator(), values);
    double largest = 0;
    for (unsigned int k = 0; k < n + m; ++k)
    {
      double reference = values[k];
      if (k < n) // a species that has just begun to arrive is held against its typical value
        reference = std::max(reference, model.level.volume * std::pow(1e-2 * model.scale[k], 2));
      if (reference > 0)
        largest = std::max(largest, std::sqrt(errors[k] / reference) / settings.tolerance);
    }
    return largest;
  }

  /** What populations lost between two times h apart is added to the tally of the dead. */
  void TimeIntegrator::tally_deaths(const Moment &before, const Moment &after, double h)
  {
    const Evaluation &a = before.solution.evaluation, &b = after.solution.evaluation;
    for_each_value(state.dead,
                   [&](std::size_t p, unsigned int k)
                   {
                     if (!model.species.immobile[k].cells)
                       return;
                     const double lost = a.immobile(p, k) +
                                         0.5 * h * (a.gain(p, k) + b.gain(p, k)) - b.immobile(p, k);
                     // What became other cells is known at the ends of the step only; it cannot
                     // exceed what was lost.
                     const double converted = 0.5 * h * (a.converted(p, k) + b.converted(p, k));
                     state.dead(p, k) += std::max(0., lost - converted);
                   });
  }

  void TimeIntegrator::accept(double h)
  {
    tally_deaths(start, middle, gamma * h);
    tally_deaths(middle, end, (1 - gamma) * h);
    balance.book_step({{{h * weight_start, start.solution.evaluation.totals},
                        {h * weight_middle, middle.solution.evaluation.totals},
                        {h * weight_end, end.solution.evaluation.totals}}},
                      state.mobile, end.solution.mobile);
    state.mobile   = end.solution.mobile;
    state.immobile = end.solution.evaluation.immobile;
    last_step      = h;
    ++n_steps;
    largest_error = std::max(largest_error, error);
    // The end's rates are those of its equation. Evaluated anew they would amplify what the solver
    // left of it by D / (length of a cell)^2 h.
    std::swap(start, end);
  }

  void TimeIntegrator::choose_first_step(double remaining)
  {
    if (settings.fixed_step > 0)
      next_step = settings.fixed_step;
    else if (next_step == 0)
      next_step = initial_step(remaining);
  }

  /** The length to try: up to the limit exactly, without a sliver of a step before it. */
  TimeIntegrator::Length TimeIntegrator::length_within(double remaining) const
  {
    const bool is_chosen = settings.fixed_step == 0;
    double h = settings.largest_step > 0 ? std::min(next_step, settings.largest_step) : next_step;
    if (is_chosen)
      h = quantised(h);
    if (h >= remaining * (1 - 1e-9))
      return {remaining, true, true};
    const bool halves = is_chosen && 2 * h > remaining;
    return {halves ? remaining / 2 : h, false, halves};
  }

  TimeIntegrator::Verdict TimeIntegrator::attempt(double h, double &negative)
  {
    error = 0;
    if (!solved_step(h))
      return Verdict::unsolved;
    if (settings.has_given_length())
      return Verdict::good;
    if (settings.fixed_step == 0)
      error = error_estimate(h);
    if (error > 1)
      return Verdict::inexact;
    return halving_helps(negative) ? Verdict::makes_negative : Verdict::good;
  }

  /** Chooses a shorter step after one of length h was no good, or gives up. */
  void TimeIntegrator::shorten(double h, Verdict verdict)
  {
    if (!refusal.empty() && (settings.has_given_length() || h / 4 < shortest_step))
      throw EvaluationError(refusal);
    if (settings.has_given_length())
      throw ConvergenceError("the fixed step of " + shortest(h) + " s did not converge at t = " +
                             in_days(state.time) + "; write 'set Step = adaptive'.");
    next_step = verdict == Verdict::unsolved         ? h / 4
                : verdict == Verdict::makes_negative ? h / 2
                                                     : h * std::max(0.2, 0.9 / std::cbrt(error));
    if (next_step < shortest_step)
      throw ConvergenceError(
          "the time step fell below " + shortest(shortest_step) +
          " s at t = " + in_days(state.time) +
          ": a law changes abruptly there, or its rates are far outside what the tissue can "
          "supply.");
  }

  void TimeIntegrator::step(double limit)
  {
    if (!start_known)
      evaluate_start();
    const double remaining = limit - state.time;
    choose_first_step(remaining);
    double negative = std::numeric_limits<double>::max(); // what the last try left
    for (;;)
    {
      const Length length   = length_within(remaining);
      const Verdict verdict = attempt(length.h, negative);
      if (verdict != Verdict::good)
      {
        ++n_rejected;
        shorten(length.h, verdict);
        continue;
      }
      accept(length.h);
      state.time = length.is_last ? limit : state.time + length.h;
      follow_slopes();
      const double growth = 0.9 / std::cbrt(std::max(error, 1e-6));
      // A step cut short by the limit says nothing against the longer one that was planned.
      next_step =
          length.is_cut ? std::min(next_step, length.h * growth) : length.h * std::min(2.5, growth);
      return;
    }
  }
} // namespace lacuna

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "transport/time_integrator.h"

#include "config/quantity.h"
#include "config/user_error.h"

#include <deal.II/base/mpi.h>

#include <algorithm>
#include <cmath>

namespace lacuna
{
  namespace
  {
    const double gamma_   = 2 - std::sqrt(2.);
    const double to_mid   = 1 / (gamma_ * (2 - gamma_)); // weight of the middle in the predictor
    const double to_start = (1 - gamma_) * (1 - gamma_) / (gamma_ * (2 - gamma_));
    const double error_constant = (-3 * gamma_ * gamma_ + 4 * gamma_ - 2) / (12 * (2 - gamma_));
    /** Quadrature weights of start, middle and end: c_end = c_start + h sum of weight * rate. */
    const double weight_start = std::sqrt(2.) / 4, weight_mid = std::sqrt(2.) / 4,
                 weight_end        = gamma_ / 2;
    constexpr double shortest_step = 1e-6; // s

    /** The largest power of 2^(1/4) seconds that is not above h. */
    double quantised(double h)
    {
      return std::exp2(std::floor(4 * std::log2(h) + 1e-6) / 4);
    }
  } // namespace

  TimeIntegrator::TimeIntegrator(Residual &residual_, Newton &newton_,
                                 const TimeSettings &settings_, State &state_)
      : residual(residual_), newton(newton_), settings(settings_), state(state_)
  {
    const unsigned int n = residual.model.species.mobile.size();
    for (auto *part : {&balance.in, &balance.injected, &balance.produced, &balance.consumed,
                       &balance.converted, &balance.largest_relative_defect})
      part->assign(n, 0.);
    balance.initial = amounts();
  }

  std::vector<double> TimeIntegrator::amounts() const
  {
    const Model &model   = residual.model;
    const unsigned int n = model.species.mobile.size();
    std::vector<double> result(n, 0.);
    for (std::size_t row = 0; row < state.mobile.size(); ++row)
      result[row % n] += model.storage[row] * state.mobile[row];
    dealii::Utilities::MPI::sum(result, model.layout.communicator(), result);
    return result;
  }

  void TimeIntegrator::restart_after_event(const std::vector<double> &injected_amounts)
  {
    const unsigned int n       = injected_amounts.size();
    std::vector<double> before = amounts();
    Residual::Equation equation;
    equation.time = equation.slope_time = state.time;
    residual.set_equation(equation);
    residual.impose_fixed_values(state.mobile.data());
    const std::vector<double> after = amounts();
    for (unsigned int s = 0; s < n; ++s)
    {
      balance.injected[s] += injected_amounts[s];
      balance.in[s] += after[s] - before[s];
    }
    start_known = false;
    next_step   = 0;
  }

  void TimeIntegrator::evaluate_start()
  {
    Residual::Equation equation;
    equation.time = equation.slope_time = state.time;
    residual.set_equation(equation);
    std::vector<double> unchanged = state.immobile;
    residual.evaluate(state.mobile.data(), unchanged);
    // With alpha = 0 the residual books no slope of fixed values; a step does.
    const Model &model   = residual.model;
    const unsigned int n = model.species.mobile.size();
    start.totals         = residual.totals;
    std::vector<double> slope_inflow(n, 0.);
    start.rate = residual.rate;
    for (const auto &fixed : residual.boundary.fixed)
    {
      const std::size_t row = std::size_t(fixed.node) * n + fixed.species;
      const double inflow   = model.storage[row] * fixed.value->rate(state.time);
      start.rate[row]       = inflow;
      slope_inflow[fixed.species] += inflow;
    }
    dealii::Utilities::MPI::sum(slope_inflow, model.layout.communicator(), slope_inflow);
    for (unsigned int s = 0; s < n; ++s)
      start.totals.in[s] += slope_inflow[s];
    for (std::size_t row = 0; row < start.rate.size(); ++row)
      start.rate[row] /= model.storage[row];
    start.gain      = residual.gain;
    start.loss_rate = residual.loss_rate;
    start.converted = residual.converted;
    start_known     = true;
  }

  /** A first step over which the state changes by a small part of the tolerance's scale. */
  double TimeIntegrator::initial_step(double limit) const
  {
    if (settings.first_step > 0)
      return std::min(settings.first_step, limit);
    const Model &model   = residual.model;
    const unsigned int n = model.species.mobile.size();
    std::vector<double> sums(2 * n, 0.);
    for (std::size_t row = 0; row < state.mobile.size(); ++row)
    {
      sums[2 * (row % n)] += model.storage[row] * state.mobile[row] * state.mobile[row];
      sums[2 * (row % n) + 1] += model.storage[row] * start.rate[row] * start.rate[row];
    }
    dealii::Utilities::MPI::sum(sums, model.layout.communicator(), sums);
    double h = 600;
    for (unsigned int s = 0; s < n; ++s)
      if (sums[2 * s + 1] > 0 && sums[2 * s] > 0)
        h = std::min(h, std::sqrt(settings.tolerance * sums[2 * s] / sums[2 * s + 1]));
    return std::min(std::max(h, 1e-3), limit);
  }

  bool TimeIntegrator::solve_stage(double alpha, double time, double step,
                                   const std::vector<double> &predictor,
                                   const std::vector<double> &amount,
                                   const std::vector<double> &gain,
                                   const std::vector<double> &loss_rate)
  {
    Residual::Equation equation;
    equation.alpha       = alpha;
    equation.predictor   = predictor.data();
    equation.time        = time;
    equation.before_jump = true;
    equation.slope_time  = state.time;
    equation.immobile    = {amount.data(), gain.data(), loss_rate.data(), step};
    residual.set_equation(equation);
    return newton.solve(mobile, immobile);
  }

  bool TimeIntegrator::try_step(double h)
  {
    const std::size_t n = state.mobile.size();
    const double alpha  = 2 / (gamma_ * h);
    std::vector<double> predictor(n);

    // Trapezoidal stage to t + gamma h; the first guess follows the slope.
    mobile.resize(n);
    for (std::size_t row = 0; row < n; ++row)
      predictor[row] = state.mobile[row] + start.rate[row] / alpha;
    for (std::size_t row = 0; row < n; ++row)
      mobile[row] = state.mobile[row] + gamma_ * h * start.rate[row];
    immobile = state.immobile;
    if (!solve_stage(alpha, state.time + gamma_ * h, gamma_ * h, predictor, state.immobile,
                     start.gain, start.loss_rate))
      return false;
    mid_mobile    = mobile;
    mid_immobile  = immobile;
    mid_gain      = residual.gain;
    mid_loss_rate = residual.loss_rate;
    mid_converted = residual.converted;
    mid_totals    = residual.totals;
    mid_rate.resize(n);
    for (std::size_t row = 0; row < n; ++row)
      mid_rate[row] = alpha * (mobile[row] - predictor[row]);

    // Backward differences to t + h; the first guess extrapolates.
    for (std::size_t row = 0; row < n; ++row)
    {
      predictor[row] = to_mid * mid_mobile[row] - to_start * state.mobile[row];
      mobile[row]    = mid_mobile[row] + (1 - gamma_) * h * mid_rate[row];
    }
    if (!solve_stage(alpha, state.time + h, (1 - gamma_) * h, predictor, mid_immobile, mid_gain,
                     mid_loss_rate))
      return false;
    end_rate.resize(n);
    for (std::size_t row = 0; row < n; ++row)
      end_rate[row] = alpha * (mobile[row] - predictor[row]);
    return true;
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
    const Model &model   = residual.model;
    const unsigned int n = model.species.mobile.size(), m = model.species.immobile.size();
    const double factor = 2 * error_constant * h;
    std::vector<double> sums(2 * (n + m), 0.);
    const auto add =
        [&](unsigned int k, double weight, double value, double f_start, double f_mid, double f_end)
    {
      const double e =
          factor * (f_start / gamma_ - f_mid / (gamma_ * (1 - gamma_)) + f_end / (1 - gamma_));
      sums[2 * k] += weight * e * e;
      sums[2 * k + 1] += weight * value * value;
    };
    for (std::size_t row = 0; row < mobile.size(); ++row)
      add(row % n, model.storage[row], mobile[row], start.rate[row], mid_rate[row], end_rate[row]);
    for (unsigned int p = 0; p < model.layout.n_points(); ++p)
      for (unsigned int k = 0; k < m; ++k)
      {
        const std::size_t at = std::size_t(p) * m + k;
        // What begins at nothing is held against what it becomes.
        add(n + k, model.layout.point_weight[p], std::max(state.immobile[at], immobile[at]),
            start.gain[at] - start.loss_rate[at] * state.immobile[at],
            mid_gain[at] - mid_loss_rate[at] * mid_immobile[at],
            residual.gain[at] - residual.loss_rate[at] * immobile[at]);
      }
    dealii::Utilities::MPI::sum(sums, model.layout.communicator(), sums);
    double largest = 0;
    for (unsigned int k = 0; k < n + m; ++k)
    {
      double reference = sums[2 * k + 1];
      if (k < n) // a species that has just begun to arrive is held against its typical value
        reference = std::max(reference, model.volume * std::pow(1e-2 * model.scale[k], 2));
      if (reference > 0)
        largest = std::max(largest, std::sqrt(sums[2 * k] / reference) / settings.tolerance);
    }
    return largest;
  }

  void TimeIntegrator::tally_deaths(std::vector<double> &dead, const Lives &before,
                                    const Lives &after, double h) const
  {
    const auto &species = residual.model.species.immobile;
    for (std::size_t at = 0; at < dead.size(); ++at)
      if (species[at % species.size()].cells)
      {
        const double lost =
            before.amount[at] + 0.5 * h * (before.gain[at] + after.gain[at]) - after.amount[at];
        // What became other cells is known at the ends of the step only; it cannot exceed what was
        // lost.
        const double converted = 0.5 * h * (before.converted[at] + after.converted[at]);
        dead[at] += std::max(0., lost - converted);
      }
  }

  void TimeIntegrator::accept(double h)
  {
    const unsigned int n             = residual.model.species.mobile.size();
    const std::vector<double> before = amounts();
    const Totals &end                = residual.totals;
    const Lives at_start{state.immobile, start.gain, start.converted};
    const Lives at_mid{mid_immobile, mid_gain, mid_converted};
    tally_deaths(state.dead, at_start, at_mid, gamma_ * h);
    tally_deaths(state.dead, at_mid, {immobile, residual.gain, residual.converted},
                 (1 - gamma_) * h);
    // What only changes place within the tissue is flux too.
    std::vector<double> moved(n, 0.);
    for (std::size_t row = 0; row < mobile.size(); ++row)
      moved[row % n] += residual.model.storage[row] * std::abs(mobile[row] - state.mobile[row]);
    dealii::Utilities::MPI::sum(moved, residual.model.layout.communicator(), moved);
    state.mobile   = mobile;
    state.immobile = immobile;

    // A defect of 1e-14 of what is stored is rounding, whatever flows.
    constexpr double unresolved     = 1e-6;
    const std::vector<double> after = amounts();
    for (unsigned int s = 0; s < n; ++s)
    {
      const auto booked = [&](std::vector<double> Totals::*part)
      {
        return h * (weight_start * (start.totals.*part)[s] + weight_mid * (mid_totals.*part)[s] +
                    weight_end * (end.*part)[s]);
      };
      const double in = booked(&Totals::in), produced = booked(&Totals::produced),
                   consumed = booked(&Totals::consumed);
      balance.in[s] += in;
      balance.produced[s] += produced;
      balance.consumed[s] += consumed;
      balance.converted[s] += booked(&Totals::converted);
      const double stored   = after[s] - before[s];
      const double nothing  = 1e-6 * residual.model.scale[s] * residual.model.volume;
      const double turnover = std::abs(in) + std::abs(produced) + std::abs(consumed) + moved[s] +
                              unresolved * (std::abs(after[s]) + nothing);
      if (turnover > 0)
        balance.largest_relative_defect[s] =
            std::max(balance.largest_relative_defect[s],
                     std::abs(in + produced - consumed - stored) / turnover);
    }
    last_step = h;
    ++n_steps;
    largest_error = std::max(largest_error, error);
    start_known   = false;
  }

  void TimeIntegrator::step(double limit)
  {
    if (!start_known)
      evaluate_start();
    const double remaining = limit - state.time;
    if (settings.fixed_step > 0)
      next_step = settings.fixed_step;
    else if (next_step == 0)
      next_step = initial_step(remaining);

    for (;;)
    {
      double h = settings.largest_step > 0 ? std::min(next_step, settings.largest_step) : next_step;
      if (settings.fixed_step == 0)
        h = quantised(h);
      // Hit the limit exactly, without a sliver of a step before it.
      const bool last = h >= remaining * (1 - 1e-9), halved = !last && 2 * h > remaining;
      if (last)
        h = remaining;
      else if (halved && settings.fixed_step == 0)
        h = remaining / 2;

      const bool solved = solved_step(h);
      error             = solved && settings.fixed_step == 0 ? error_estimate(h) : 0;
      if (solved && error <= 1)
      {
        accept(h);
        state.time          = last ? limit : state.time + h;
        const double growth = 0.9 / std::cbrt(std::max(error, 1e-6));
        // A step cut short by the limit says nothing against the longer one that was planned.
        next_step = last || halved ? std::min(next_step, h * growth) : h * std::min(2.5, growth);
        return;
      }
      ++n_rejected;
      if (!refusal.empty() && (settings.fixed_step > 0 || h / 4 < shortest_step))
        throw EvaluationError(refusal);
      if (settings.fixed_step > 0 && !solved)
        throw ConvergenceError("the fixed step of " + shortest(h) + " s did not converge at t = " +
                               shortest(state.time / 86400) + " d; write 'set Step = adaptive'.");
      next_step = solved ? h * std::max(0.2, 0.9 / std::cbrt(error)) : h / 4;
      if (next_step < shortest_step)
        throw ConvergenceError("the time step fell below " + shortest(shortest_step) +
                               " s at t = " + shortest(state.time / 86400) +
                               " d: a law changes abruptly there, or its rates are far outside "
                               "what the tissue can supply.");
    }
  }
} // namespace lacuna

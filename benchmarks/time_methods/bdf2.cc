// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "bdf2.h"

#include "config/user_error.h"
#include "transport/time_integrator.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <utility>

namespace lacuna
{
  namespace
  {
    /** A time that was reached, with the rates there. */
    struct Reached
    {
      explicit Reached(const Residual &residual)
          : solution(residual), rate(solution.mobile.n_entities(), solution.mobile.n_species()),
            net_gain(solution.evaluation.gain.n_entities(), solution.evaluation.gain.n_species())
      {
      }
      void take_net_gain()
      {
        const Evaluation &at = solution.evaluation;
        for_each_value(net_gain,
                       [&](std::size_t p, unsigned int k) {
                         net_gain(p, k) = at.gain(p, k) - at.loss_rate(p, k) * at.immobile(p, k);
                       });
      }
      double time = 0;
      Solution solution;
      NodeField rate;
      PointField net_gain;
    };

    class Bdf2
    {
    public:
      Bdf2(const Residual &residual_, NonlinearSolver &solver_, const March &march_, State &state_)
          : residual(residual_), model(residual_.model), solver(solver_), march(march_),
            state(state_), settings(model.input.time), before(residual_), now(residual_),
            next(residual_), predictor(state_.mobile.n_entities(), state_.mobile.n_species())
      {
        settings.tolerance  = march.tolerance;
        settings.first_step = settings.largest_step = settings.fixed_step = 0;
        accuracy = accuracy_of_stage(model.input.solver, settings);
      }
      Effort run();

    private:
      void evaluate_rates(Reached &at);
      double make_first_step();
      bool solve(double h);
      double error_of(double h) const;
      double length_within(double h, double largest) const;
      void accept();

      const Residual &residual;
      const Model &model;
      NonlinearSolver &solver;
      const March &march;
      State &state;
      TimeSettings settings;
      Accuracy accuracy;
      Reached before, now, next;
      NodeField predictor;
    };

    void Bdf2::evaluate_rates(Reached &at)
    {
      Equation equation;
      equation.time = equation.slope_time = state.time;
      Evaluation &evaluation              = at.solution.evaluation;
      at.time                             = state.time;
      at.solution.mobile                  = state.mobile;
      evaluation.immobile                 = state.immobile;
      residual.evaluate(equation, state.mobile, evaluation);
      for_each_value(at.rate, [&](std::size_t node, unsigned int s)
                     { at.rate(node, s) = evaluation.rate(node, s) / model.storage(node, s); });
      at.take_net_gain();
    }

    double Bdf2::make_first_step()
    {
      evaluate_rates(before);
      TimeIntegrator first(residual, solver, settings, state);
      first.step(march.end);
      evaluate_rates(now);
      return first.last_step;
    }

    bool Bdf2::solve(double h)
    {
      const double before_h = now.time - before.time, r = h / before_h;
      const double alpha = (1 + 2 * r) / ((1 + r) * h);
      const NodeField &c = now.solution.mobile, &c_before = before.solution.mobile;
      const Evaluation &start = now.solution.evaluation;
      for_each_value(predictor,
                     [&](std::size_t node, unsigned int s)
                     {
                       predictor(node, s) =
                           ((1 + r) * (1 + r) * c(node, s) - r * r * c_before(node, s)) /
                           (1 + 2 * r);
                       const double rate = now.rate(node, s), change = rate - before.rate(node, s);
                       next.solution.mobile(node, s) = c(node, s) + h * (rate + r / 2 * change);
                     });
      next.solution.evaluation.immobile = start.immobile;
      Equation equation;
      equation.alpha       = alpha;
      equation.predictor   = predictor;
      equation.time        = now.time + h;
      equation.before_jump = true;
      equation.slope_time  = now.time;
      equation.immobile    = {start.immobile, start.gain, start.loss_rate, h};
      if (!solver.solve(equation, accuracy, next.solution))
        return false;
      next.time = now.time + h;
      for_each_value(
          next.rate, [&](std::size_t node, unsigned int s)
          { next.rate(node, s) = alpha * (next.solution.mobile(node, s) - predictor(node, s)); });
      next.take_net_gain();
      return true;
    }

    double Bdf2::error_of(double h) const
    {
      const double before_h = now.time - before.time, r = h / before_h;
      const auto third = [&](double at_before, double at_now, double at_next)
      { return 2 * ((at_next - at_now) / h - (at_now - at_before) / before_h) / (h + before_h); };
      const double of_mobile = (1 + r) * (1 + r) / (6 * r * (1 + 2 * r)) * h * h * h;
      const double of_cells  = h * h * h / 12;
      const unsigned int n = model.species.mobile.size(), m = model.species.immobile.size();
      std::vector<double> errors(n + m, 0.), values(n + m, 0.);
      const auto add = [&](unsigned int v, double weight, double error, double value)
      {
        errors[v] += weight * error * error;
        values[v] += weight * value * value;
      };
      for_each_value(next.rate,
                     [&](std::size_t node, unsigned int s)
                     {
                       add(s, model.storage(node, s),
                           of_mobile *
                               third(before.rate(node, s), now.rate(node, s), next.rate(node, s)),
                           next.solution.mobile(node, s));
                     });
      for_each_value(
          next.net_gain,
          [&](std::size_t p, unsigned int k)
          {
            add(n + k, model.layout.point_weight[p],
                of_cells * third(before.net_gain(p, k), now.net_gain(p, k), next.net_gain(p, k)),
                std::max(now.solution.evaluation.immobile(p, k),
                         next.solution.evaluation.immobile(p, k)));
          });
      double largest = 0;
      for (unsigned int v = 0; v < n + m; ++v)
      {
        double whole = values[v];
        if (v < n)
          whole = std::max(whole, model.level.volume * std::pow(1e-2 * model.scale[v], 2));
        if (whole > 0)
          largest = std::max(largest, std::sqrt(errors[v] / whole) / march.tolerance);
      }
      return largest;
    }

    /** Never more than twice the step before: stable up to 1 + sqrt(2). */
    double Bdf2::length_within(double h, double remaining) const
    {
      h = std::min(h, 2 * (now.time - before.time));
      return h >= remaining * (1 - 1e-9) ? remaining : 2 * h > remaining ? remaining / 2 : h;
    }

    void Bdf2::accept()
    {
      std::swap(before, now);
      std::swap(now, next);
      state.time     = now.time;
      state.mobile   = now.solution.mobile;
      state.immobile = now.solution.evaluation.immobile;
    }

    Effort Bdf2::run()
    {
      Effort effort;
      double h = make_first_step();
      ++effort.steps;
      while (state.time < march.end * (1 - 1e-12))
      {
        const double length = length_within(h, march.end - state.time);
        const bool solved   = solve(length);
        const double error  = solved ? error_of(length) : 1e3;
        const double growth = 0.9 / std::cbrt(std::max(error, 1e-6));
        if (!(error <= 1))
        {
          ++effort.rejected;
          h = length * std::max(0.25, growth);
          if (h < 1e-6)
            throw ConvergenceError("the step of BDF2 fell below 1e-6 s");
          continue;
        }
        accept();
        h = length < h ? std::min(h, length * growth) : length * std::min(2., growth);
        ++effort.steps;
        Unknowns y(state.mobile.begin(), state.mobile.end());
        y.insert(y.end(), state.immobile.begin(), state.immobile.end());
        march.look(y);
      }
      effort.systems    = solver.n_nonlinear_iterations();
      effort.iterations = solver.n_linear_iterations();
      return effort;
    }
  } // namespace

  Effort march_bdf2(const Residual &residual, NonlinearSolver &solver, const March &march,
                    State &state)
  {
    return Bdf2(residual, solver, march, state).run();
  }
} // namespace lacuna

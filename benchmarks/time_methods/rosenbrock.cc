// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "rosenbrock.h"

#include "config/user_error.h"
#include "transport/dense.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace lacuna
{
  namespace
  {
    /**
     * The same method in the unknowns u = c k, which needs no products with J:
     *
     *   (1/(gamma h) - J) u_i = f(t + time_i h, y + sum a_ij u_j) + sum d_ij u_j / h + slope_i h
     * f_t
     *
     * (Hairer and Wanner, Solving ODEs II, IV.7). Of a stage that begins where the one before
     * began, f is known.
     */
    struct Transformed
    {
      explicit Transformed(const RosenbrockTable &table);
      unsigned int n;
      double gamma;
      std::vector<double> a, d, b, error, time, slope;
      std::vector<bool> begins_anew;
    };

    Transformed::Transformed(const RosenbrockTable &table)
        : n(table.n), gamma(table.gamma), a(n * n), d(n * n), b(n), error(n), time(n), slope(n),
          begins_anew(n, true)
    {
      std::vector<double> c = table.c, inverse(n * n, 0.);
      for (unsigned int i = 0; i < n; ++i)
        inverse[i * n + i] = 1;
      solve_dense(c.data(), inverse.data(), n, n);
      for (unsigned int i = 0; i < n; ++i)
      {
        bool same = i > 0;
        for (unsigned int j = 0; j < n; ++j)
        {
          time[i] += table.a[i * n + j];
          slope[i] += table.c[i * n + j];
          d[i * n + j] = (i == j ? 1 / gamma : 0) - inverse[i * n + j];
          b[i] += table.b[j] * inverse[j * n + i];
          error[i] += (table.b[j] - table.embedded[j]) * inverse[j * n + i];
          for (unsigned int k = 0; k < n; ++k)
            a[i * n + j] += table.a[i * n + k] * inverse[k * n + j];
          same = same && table.a[i * n + j] == table.a[(i - 1) * n + j];
        }
        begins_anew[i] = !same;
      }
    }

    void add(double factor, const Unknowns &x, Unknowns &y)
    {
      if (factor != 0)
        for (std::size_t i = 0; i < y.size(); ++i)
          y[i] += factor * x[i];
    }

    class Stepper
    {
    public:
      Stepper(const RosenbrockTable &table, StiffSystem &system_, const March &march_,
              bool follows_time_)
          : method(table), system(system_), march(march_), follows_time(follows_time_),
            u(method.n, Unknowns(system_.size())), at_start(system_.size()), slope(system_.size()),
            f(system_.size()), right(system_.size()), stage(system_.size()), error(system_.size())
      {
      }

      void linearise(double t, double h, const Unknowns &y);
      void solve_stages(double t, double h, const Unknowns &y);
      Unknowns result(const Unknowns &y) const;
      double estimate(const Unknowns &y);

    private:
      const Transformed method;
      StiffSystem &system;
      const March &march;
      const bool follows_time;
      std::vector<Unknowns> u;
      Unknowns at_start, slope, f, right, stage, error;
    };

    /** The system keeps the Jacobian of its last evaluation, which is that at y. */
    void Stepper::linearise(double t, double h, const Unknowns &y)
    {
      if (follows_time)
      {
        const double little = 1e-3 * h;
        system.evaluate(t + little, y.data(), slope.data());
        system.evaluate(t, y.data(), at_start.data());
        for (std::size_t i = 0; i < slope.size(); ++i)
          slope[i] = (slope[i] - at_start[i]) / little;
      }
      else
        system.evaluate(t, y.data(), at_start.data());
    }

    void Stepper::solve_stages(double t, double h, const Unknowns &y)
    {
      constexpr double part = 0.02; // of the tolerance, for each linear system
      const unsigned int n  = method.n;
      system.prepare(1 / (method.gamma * h));
      f = at_start;
      for (unsigned int i = 0; i < n; ++i)
      {
        if (i > 0 && method.begins_anew[i])
        {
          stage = y;
          for (unsigned int j = 0; j < i; ++j)
            add(method.a[i * n + j], u[j], stage);
          system.evaluate(t + method.time[i] * h, stage.data(), f.data());
        }
        right = f;
        for (unsigned int j = 0; j < i; ++j)
          add(method.d[i * n + j] / h, u[j], right);
        if (follows_time)
          add(method.slope[i] * h, slope, right);
        system.solve(right, part * march.tolerance, u[i]);
      }
    }

    Unknowns Stepper::result(const Unknowns &y) const
    {
      Unknowns result = y;
      for (unsigned int i = 0; i < method.n; ++i)
        add(method.b[i], u[i], result);
      return result;
    }

    double Stepper::estimate(const Unknowns &y)
    {
      std::fill(error.begin(), error.end(), 0.);
      for (unsigned int i = 0; i < method.n; ++i)
        add(method.error[i], u[i], error);
      return system.size_of(error, y) / march.tolerance;
    }

    double length_within(double h, double remaining)
    {
      return h >= remaining * (1 - 1e-9) ? remaining : 2 * h > remaining ? remaining / 2 : h;
    }
  } // namespace

  RosenbrockTable rodas3()
  {
    return {4,
            0.5,
            {0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0.75, -0.25, 0.5, 0},
            {0.5, 0, 0, 0, 1, 0.5, 0, 0, -0.25, -0.25, 0.5, 0, 1. / 12, 1. / 12, -2. / 3, 0.5},
            {5. / 6, -1. / 6, -1. / 6, 0.5},
            {0.75, -0.25, 0.5, 0}};
  }

  RosenbrockTable ros34pw2()
  {
    const double g = 4.3586652150845900e-01;
    return {4,
            g,
            {0, 0, 0, 0, 8.7173304301691801e-01, 0, 0, 0, 8.4457060015369423e-01,
             -1.1299064236484185e-01, 0, 0, 0, 0, 1, 0},
            {g, 0, 0, 0, -8.7173304301691801e-01, g, 0, 0, -9.0338057013044082e-01,
             5.4180672388095326e-02, g, 0, 2.4212380706095346e-01, -1.2232505839045147e+00,
             5.4526025533510214e-01, g},
            {2.4212380706095346e-01, -1.2232505839045147e+00, 1.5452602553351020e+00, g},
            {3.7810903145819369e-01, -9.6042292212423178e-02, 5.0000000000000000e-01,
             2.1793326075422950e-01}};
  }

  namespace
  {
    /** Tries shorter and shorter steps from t until one is exact enough, which it takes; h is the
     * length to try, then that of the next step. The length taken. */
    double adaptive_step(Stepper &stepper, double t, double end, double &h, Unknowns &y,
                         Effort &effort)
    {
      for (;;)
      {
        stepper.linearise(t, h, y); // again: the system's Jacobian is that of the last stage by now
        const double length = length_within(h, end - t);
        stepper.solve_stages(t, length, y);
        const Unknowns next = stepper.result(y);
        const double error  = stepper.estimate(next);
        const double growth = 0.9 / std::cbrt(std::max(error, 1e-6));
        if (error <= 1)
        {
          y = next;
          h = length < h ? std::min(h, length * growth) : length * std::min(2.5, growth);
          return length;
        }
        ++effort.rejected;
        h = length * std::max(0.2, std::isfinite(error) ? growth : 0.2);
        if (h < 1e-6)
          throw ConvergenceError("the step of a Rosenbrock method fell below 1e-6 s");
      }
    }

    double fixed_step(Stepper &stepper, double t, double end, double h, Unknowns &y)
    {
      const double length = std::min(h, end - t);
      stepper.linearise(t, h, y);
      stepper.solve_stages(t, length, y);
      y = stepper.result(y);
      return length;
    }
  } // namespace

  Effort march_rosenbrock(const RosenbrockTable &table, StiffSystem &system, const March &march,
                          bool follows_time, Unknowns &y)
  {
    Effort effort;
    Stepper stepper(table, system, march, follows_time);
    double h = march.first_step;
    for (double t = march.begin; t < march.end;)
    {
      const double length = march.fixed_step > 0
                                ? fixed_step(stepper, t, march.end, march.fixed_step, y)
                                : adaptive_step(stepper, t, march.end, h, y, effort);
      t                   = length == march.end - t ? march.end : t + length;
      ++effort.steps;
      march.look(y);
    }
    effort.systems    = system.n_solves;
    effort.iterations = system.n_iterations;
    return effort;
  }
} // namespace lacuna

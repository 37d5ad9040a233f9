// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause

// Marches a case by several methods of time integration, and prints what each costs and how far
// off it is: RESULTS.md, "Time steps". One rank, from just after what happens at the start to the
// end, without events in between.

#include "config/user_error.h"
#include "simulated_case.h"
#include "time_methods/bdf2.h"
#include "time_methods/cvode_march.h"
#include "time_methods/order_check.h"
#include "time_methods/rosenbrock.h"
#include "transport/make_solver.h"

#include <CLI/CLI.hpp>
#include <deal.II/base/mpi.h>

#include <petscsys.h>

#include <sys/resource.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <exception>
#include <limits>
#include <memory>
#include <string>
#include <vector>

namespace lacuna
{
  namespace
  {
    struct Options
    {
      std::string file, name;
      std::vector<std::string> overrides, methods{"tr-bdf2", "bdf2", "rodas3", "ros34pw2", "cvode"};
      std::vector<double> tolerances{1e-2, 3e-3, 1e-3, 3e-4, 1e-4, 3e-5};
      std::string reference     = "rodas3";
      double reference_accuracy = 1e-7;
      bool untreated = false, orders = false;
    };

    double processor_seconds()
    {
      rusage usage;
      getrusage(RUSAGE_SELF, &usage);
      const auto seconds = [](const timeval &time) { return time.tv_sec + 1e-6 * time.tv_usec; };
      return seconds(usage.ru_utime) + seconds(usage.ru_stime);
    }

    struct Outcome
    {
      Unknowns y;
      Effort effort;
      double seconds = 0;
      double lowest  = 0; ///< value at any step, as a part of what its species typically has
    };

    /** The case, ready to be marched again and again. */
    class Problem : private SimulatedCase
    {
    public:
      explicit Problem(const Options &options)
          : SimulatedCase(options.file, options.overrides, !options.untreated)
      {
        simulation.prepare(nullptr);
        simulation.begin();
        begin = simulation.state;
      }

      Outcome march(const std::string &method, double tolerance) const;
      void print(const Options &options, const std::string &method, double tolerance,
                 const Outcome &outcome, const Outcome &reference) const;

    private:
      Unknowns values_of(const State &state) const;
      double lowest_in(const Unknowns &y) const;
      double cells(const Unknowns &y, bool with_residents) const;
      double least(const Unknowns &y, const std::string &solute) const;
      Effort march_system(const std::string &method, March &march, Unknowns &y) const;
      Effort march_state(const std::string &method, const March &march, Unknowns &y) const;

      State begin;
    };

    Unknowns Problem::values_of(const State &state) const
    {
      Unknowns y(state.mobile.begin(), state.mobile.end());
      y.insert(y.end(), state.immobile.begin(), state.immobile.end());
      return y;
    }

    double Problem::lowest_in(const Unknowns &y) const
    {
      const Model &model  = simulation.model;
      const std::size_t n = begin.mobile.n_species(), m = begin.immobile.n_species();
      const std::size_t n_c = begin.mobile.size();
      double result         = std::numeric_limits<double>::max();
      std::vector<double> most(m, 0.);
      for_each_value(begin.immobile, [&](std::size_t p, unsigned int k)
                     { most[k] = std::max(most[k], begin.immobile(p, k)); });
      for (std::size_t i = 0; i < y.size(); ++i)
        if (const double scale = i < n_c ? model.typical[i % n] : most[(i - n_c) % m]; scale > 0)
          result = std::min(result, y[i] / scale);
      return result;
    }

    /** How many live. */
    double Problem::cells(const Unknowns &y, bool with_residents) const
    {
      double sum          = 0;
      const std::size_t m = begin.immobile.n_species();
      for (std::size_t p = 0; p < layout.n_points(); ++p)
        for (std::size_t k = 0; k < m; ++k)
          if (const Species &species = simulation.species.immobile[k];
              species.cells && (with_residents || species.dose != Species::no_dose))
            sum += layout.point_weight[p] * y[begin.mobile.size() + p * m + k];
      return sum;
    }

    double Problem::least(const Unknowns &y, const std::string &solute) const
    {
      const std::size_t s = simulation.species.find_mobile(solute);
      double result       = std::numeric_limits<double>::max();
      for (std::size_t i = s; i < begin.mobile.size(); i += begin.mobile.n_species())
        result = std::min(result, y[i]);
      return result;
    }

    /** Methods that see one system of equations. */
    Effort Problem::march_system(const std::string &method, March &march, Unknowns &y) const
    {
      TissueSystem system(simulation.residual);
      if (method == "cvode")
        return march_cvode(system, march, y);
      Unknowns slope(y.size()), later(y.size());
      system.evaluate(march.begin + 3600, y.data(), later.data());
      system.evaluate(march.begin, y.data(), slope.data());
      for (std::size_t i = 0; i < y.size(); ++i)
        later[i] -= slope[i];
      const bool follows_time = system.size_of(later, slope) > 1e-10;
      march.first_step = std::min(600., std::sqrt(march.tolerance) / system.size_of(slope, y));
      return march_rosenbrock(method == "rodas3" ? rodas3() : ros34pw2(), system, march,
                              follows_time, y);
    }

    /** Methods that solve with Newton's method for the mobile species alone. */
    Effort Problem::march_state(const std::string &method, const March &march, Unknowns &y) const
    {
      const auto solver = make_solver(simulation.residual, input.solver);
      State state       = begin;
      Effort effort;
      if (method == "bdf2")
        effort = march_bdf2(simulation.residual, *solver, march, state);
      else
      {
        TimeSettings settings = input.time;
        settings.tolerance    = march.tolerance;
        TimeIntegrator integrator(simulation.residual, *solver, settings, state);
        while (state.time < march.end)
        {
          integrator.step(march.end);
          march.look(values_of(state));
        }
        effort.steps      = integrator.n_steps;
        effort.rejected   = integrator.n_rejected;
        effort.systems    = solver->n_nonlinear_iterations();
        effort.iterations = solver->n_linear_iterations();
      }
      y = values_of(state);
      return effort;
    }

    Outcome Problem::march(const std::string &method, double tolerance) const
    {
      Outcome result;
      result.y      = values_of(begin);
      result.lowest = std::numeric_limits<double>::max();
      March march{begin.time, input.time.end, tolerance, 0, [&](const Unknowns &y) {
                    result.lowest = std::min(result.lowest, lowest_in(y));
                  }};
      const double before = processor_seconds();
      result.effort       = method == "tr-bdf2" || method == "bdf2"
                                ? march_state(method, march, result.y)
                                : march_system(method, march, result.y);
      result.seconds      = processor_seconds() - before;
      return result;
    }

    void Problem::print(const Options &options, const std::string &method, double tolerance,
                        const Outcome &outcome, const Outcome &reference) const
    {
      TissueSystem system(simulation.residual);
      Unknowns difference = outcome.y;
      for (std::size_t i = 0; i < difference.size(); ++i)
        difference[i] -= reference.y[i];
      const Effort &effort = outcome.effort;
      std::printf("%s,%zu,%s,%g,%lu,%lu,%lu,%lu,%.3f,%.3e,%.3e,%.9e,%.9e,%.9e,%.9e\n",
                  options.name.c_str(), begin.mobile.size(), method.c_str(), tolerance,
                  effort.steps, effort.rejected, effort.systems, effort.iterations, outcome.seconds,
                  system.size_of(difference, reference.y), outcome.lowest,
                  cells(outcome.y, true) / cells(values_of(begin), true), cells(outcome.y, false),
                  least(outcome.y, "glucose"), least(outcome.y, "oxygen"));
      std::fflush(stdout);
    }

    void compare(const Options &options)
    {
      const Problem problem(options);
      std::puts("problem,unknowns,method,tolerance,steps,rejected,systems,iterations,cpu_s,"
                "field_error,lowest,viable_fraction,survivors,least_glucose,least_oxygen");
      const Outcome reference = problem.march(options.reference, options.reference_accuracy);
      problem.print(options, "reference " + options.reference, options.reference_accuracy,
                    reference, reference);
      for (const std::string &method : options.methods)
        for (const double tolerance : options.tolerances)
          try
          {
            problem.print(options, method, tolerance, problem.march(method, tolerance), reference);
          }
          catch (const std::exception &error)
          {
            std::fprintf(stderr, "%s at %g failed: %s\n", method.c_str(), tolerance, error.what());
          }
    }
  } // namespace
} // namespace lacuna

int main(int argc, char **argv)
{
  lacuna::Options options;
  CLI::App app("Work and precision of methods of time integration");
  app.add_option("file", options.file, "parameter file");
  app.add_option("--name", options.name, "of the problem, for the first column");
  app.add_option("--set", options.overrides, "PATH=VALUE, as of 'lacuna run'")
      ->allow_extra_args(false);
  app.add_option("--methods", options.methods)->delimiter(',');
  app.add_option("--tolerances", options.tolerances)->delimiter(',');
  app.add_option("--reference", options.reference, "method of the reference");
  app.add_option("--reference-tolerance", options.reference_accuracy);
  app.add_flag("--untreated", options.untreated, "without injections");
  app.add_flag("--orders", options.orders, "only checks the order of the Rosenbrock methods");
  CLI11_PARSE(app, argc, argv);
  if (options.orders)
  {
    lacuna::print_orders();
    return 0;
  }
  return lacuna::run_benchmark(argv[0], [&] { lacuna::compare(options); });
}

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause

// Work and error of meshes that are refined everywhere, and of meshes that are refined where it is
// worth most: survivors of the first dose of a case at its end, a line of CSV for each mesh.

#include "simulated_case.h"

#include "transport/mesh_indicator.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <cstdio>
#include <ctime>

namespace lacuna
{
  namespace
  {
    struct Options
    {
      std::string file;
      std::vector<std::string> overrides;
      std::vector<unsigned int> uniform{0, 1, 2};
      unsigned int first = 1, trials = 3; // of the adaptive meshes
      double share = 0.5;
    };

    /** Of all doses' cells. */
    double survivors(const Simulation &simulation)
    {
      double sum = 0;
      for (unsigned int p = 0; p < simulation.layout.n_points(); ++p)
        for (unsigned int k = 0; k < simulation.species.immobile.size(); ++k)
          if (const Species &species = simulation.species.immobile[k];
              species.cells && species.dose != Species::no_dose)
            sum += simulation.layout.point_weight[p] * simulation.state.immobile(p, k);
      return dealii::Utilities::MPI::sum(sum, simulation.layout.communicator());
    }

    /** A case on one mesh, from start to end. */
    class Trial
    {
    public:
      Trial(const Case &input, const LawsOfCase &laws, std::unique_ptr<Geometry> mesh)
          : geometry(std::move(mesh)), layout(*geometry, input.geometry.degree),
            level(input, layout), simulation(input, level, laws.pointers(), true)
      {
      }

      void run(const char *kind, MeshIndicator *indicator)
      {
        const std::clock_t start = std::clock();
        simulation.prepare(nullptr);
        simulation.begin();
        if (indicator != nullptr && simulation.input.time.steady)
          indicator->add(simulation.state, 1);
        double duration = 0;
        for (unsigned int k = 1; simulation.step(); ++k)
        {
          duration += simulation.integrator->last_step;
          if (indicator == nullptr || k % 4 != 0)
            continue;
          indicator->add(simulation.state, duration);
          duration = 0;
        }
        const double seconds  = double(std::clock() - start) / CLOCKS_PER_SEC;
        const double unknowns = double(layout.n_global_nodes() - layout.hanging.n_constraints()) *
                                simulation.species.mobile.size();
        const unsigned long steps = simulation.integrator ? simulation.integrator->n_steps : 1;
        std::printf("%s,%u,%u,%.0f,%lu,%.4g,%.2f,%.8g\n", kind,
                    geometry->refinement.n_local_levels(), geometry->refinement.global, unknowns,
                    steps, unknowns * steps, seconds, survivors(simulation));
        std::fflush(stdout);
      }

      const std::unique_ptr<Geometry> geometry;
      const StateLayout layout;
      Level level;
      Simulation simulation;
    };

    void compare(const Options &options)
    {
      const Case input = read_case(options.file, options.overrides, law_lookup());
      const LawsOfCase laws(input);
      std::printf("mesh,local levels,global levels,unknowns,steps,unknown-steps,processor "
                  "seconds,survivors\n");
      const auto uniform = [&](unsigned int global)
      {
        GeometrySettings settings = input.geometry;
        settings.refinements      = global;
        return build_geometry(settings, MPI_COMM_WORLD);
      };
      for (const unsigned int global : options.uniform)
        Trial(input, laws, uniform(global)).run("uniform", nullptr);
      auto geometry = uniform(options.first);
      for (unsigned int k = 0; k < options.trials; ++k)
      {
        Trial trial(input, laws, std::move(geometry));
        MeshIndicator indicator(trial.simulation.residual);
        trial.run("adaptive", &indicator);
        geometry = build_refined(*trial.geometry, indicator.refined(options.share));
      }
    }
  } // namespace
} // namespace lacuna

int main(int argc, char **argv)
{
  lacuna::Options options;
  CLI::App app("Work and error of uniform and of adaptive meshes");
  app.add_option("file", options.file, "parameter file");
  app.add_option("--set", options.overrides, "PATH=VALUE, as of 'lacuna run'")
      ->allow_extra_args(false);
  app.add_option("--uniform", options.uniform, "global refinements")->delimiter(',');
  app.add_option("--first", options.first, "global refinements of the first adaptive mesh");
  app.add_option("--trials", options.trials, "adaptive meshes");
  app.add_option("--share", options.share, "of the indicator, in the cells that are refined");
  CLI11_PARSE(app, argc, argv);
  return lacuna::run_benchmark(argv[0], [&] { lacuna::compare(options); });
}

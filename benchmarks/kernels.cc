// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause

// What the kernels of problem P cost per node, and what part of the memory's bandwidth they reach:
// bytes that must move at least (traffic.h) over processor time, as a part of the STREAM triad of
// one thread, measured just before and after; the better one counts. Everything is evaluated at the
// solution.
//
//   ninja bench_kernels && bin/bench_kernels [REFINEMENTS, default 3] [options of Google Benchmark]

#include "simulated_case.h"
#include "traffic.h"
#include "transport/batches.h"
#include "transport/preconditioner/multigrid.h"
#include "transport/terms/diffusion.h"
#include "transport/terms/reaction_term.h"

#include <deal.II/base/mpi.h>

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <functional>
#include <iostream>
#include <vector>

namespace
{
  using namespace lacuna;

  constexpr LinearisedLevel::Polynomial smoothing{3, 6}; // as in multigrid.cc
  constexpr unsigned int degree_of_coarsest = 24;        // the same

  // The triad

  struct Triad
  {
    explicit Triad(std::size_t bytes) : a(bytes / 24, 1.), b(a), c(a) {}
    double bytes() const { return 24. * a.size(); }
    void run()
    {
      double *const to         = a.data();
      const double *const from = b.data(), *const other = c.data();
      for (std::size_t i = 0; i < a.size(); ++i)
        to[i] = from[i] + 3 * other[i];
      benchmark::ClobberMemory();
    }
    std::vector<double> a, b, c;
  };

  double processor_seconds()
  {
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
  }

  /** Bytes per second, the best of several runs, as STREAM counts them. */
  double bandwidth(Triad &triad, unsigned int n_runs)
  {
    double best = 0;
    for (unsigned int k = 0; k < n_runs; ++k)
    {
      const double begin = processor_seconds();
      triad.run();
      best = std::max(best, triad.bytes() / (processor_seconds() - begin));
    }
    return best;
  }

  // Problem P at its solution

  Traffic traffic_of(Level &level, const Model &model, const RegionMass *mass)
  {
    const Stiffness &stiffness = level.stiffness(model.medium.diffusivity(0));
    const Lines lines(stiffness);
    Traffic result;
    result.species  = model.species.mobile.size();
    result.immobile = model.species.immobile.size();
    result.nodes    = level.layout.n_nodes;
    result.entries  = static_cast<double>(stiffness.entry.size());
    result.points   = level.layout.n_points();
    result.ties =
        static_cast<double>(std::count(lines.continues.begin(), lines.continues.end(), 1));
    if (mass != nullptr)
      result.edges = static_cast<double>(mass->overlap.size());
    if (Level::Coarser *coarser = level.coarser(); coarser != nullptr)
    {
      // Nodes of a refined mesh are at vertices, or in the middle of edges, faces, cells of the
      // coarser one, and have 1, 2, 4, 8 weights.
      const auto &mesh    = coarser->geometry->triangulation;
      result.coarse_nodes = coarser->layout.n_nodes;
      result.weights      = mesh.n_used_vertices() + 2. * mesh.n_active_lines() +
                       4. * mesh.n_active_quads() + 8. * mesh.n_active_hexs();
    }
    return result;
  }

  /** One V-cycle, all levels. */
  double traffic_of_cycle(Level &finest, const Model &model)
  {
    Level *level = &finest;
    double sum   = 0;
    for (Level::Coarser *coarser = level->coarser(); coarser != nullptr; coarser = level->coarser())
    {
      sum += traffic_of(*level, model, nullptr).part_of_cycle(smoothing.degree);
      level = &coarser->level;
    }
    return sum + traffic_of(*level, model, nullptr).coarsest_part(degree_of_coarsest);
  }

  /** The kernels, and what they work on. */
  struct Kernels
  {
    explicit Kernels(SimulatedCase &problem)
        : simulation(problem.simulation), model(simulation.model), residual(simulation.residual),
          multigrid(model, simulation.boundary), diffusion(model), reactions(model),
          memory(reactions.make_memory()), at(residual.make_evaluation()),
          finest(problem.level, model.medium, model.species.mobile.size()),
          coarser(*problem.level.coarser()),
          coarse(coarser.transfer.coarse_nodes, model.species.mobile.size()),
          batch(model.reaction.make_batch()),
          traffic(traffic_of(problem.level, model, &problem.level.region_mass())),
          of_cycle(traffic_of_cycle(problem.level, model))
    {
      simulation.prepare(nullptr);
      c           = simulation.state.mobile;
      x           = c;
      y           = c;
      at.immobile = simulation.state.immobile;
      residual.evaluate(equation, c, at);
      reactions.add_rate(equation, at, memory.get());
      residual.evaluate(equation, c, at);
      multigrid.update(at);
      set_finest();
    }

    void evaluate_laws()
    {
      for_each_batch(model.layout, model.reaction, at.mobile.view(), at.immobile, batch,
                     [&](unsigned int, unsigned int)
                     { model.reaction.evaluate(batch, model.points, 0); });
    }

    Simulation &simulation;
    const Model &model;
    const Residual &residual;
    Multigrid multigrid;
    Diffusion diffusion;
    ReactionTerm reactions;
    std::unique_ptr<Term::Memory> memory;
    Equation equation;
    Evaluation at;
    LinearisedLevel finest;
    Level::Coarser &coarser;
    GhostedNodeField coarse;
    Reaction::Batch batch;
    NodeField c, x, y;
    const Traffic traffic;
    const double of_cycle;

  private:
    /** The finest level of a cycle on its own, as Multigrid::update sets it. */
    void set_finest()
    {
      const unsigned int n = model.species.mobile.size();
      NodeField block(c.n_entities(), n * n), held(c.n_entities(), n);
      for_each_value(held,
                     [&](std::size_t node, unsigned int s)
                     {
                       held(node, s) = simulation.boundary.is_fixed(node, s);
                       for (unsigned int t = 0; t < n; ++t)
                         block(node, s * n + t) =
                             s == t ? consumption(at, node, s) : -at.local(node, s, t);
                     });
      finest.set(block, held);
      finest.set_right(at.rate);
      finest.clear_solution();
      finest.smooth(smoothing);
    }
  };

  void measure(benchmark::State &state, const std::function<void()> &kernel, double nodes,
               double bytes, Triad &triad)
  {
    using benchmark::Counter;
    constexpr unsigned int n_triads =
        3; // others use the memory too, more or less from time to time
    const double before = bandwidth(triad, n_triads);
    for (auto _ : state)
      kernel();
    const double reached             = std::max(before, bandwidth(triad, n_triads));
    constexpr auto rate              = Counter::kIsIterationInvariantRate;
    state.counters["per_node"]       = Counter(nodes, rate | Counter::kInvert);
    state.counters["B_per_node"]     = Counter(bytes / nodes);
    state.counters["GB_per_s"]       = Counter(bytes / 1e9, rate);
    state.counters["triad_GB_per_s"] = Counter(reached / 1e9);
    state.counters["of_triad"]       = Counter(bytes / reached, rate);
  }

  void register_kernels(Kernels &on, Triad &triad)
  {
    const Traffic &t = on.traffic;
    const auto add   = [&](const char *name, double bytes, const std::function<void()> &kernel)
    {
      benchmark::RegisterBenchmark(name, &measure, kernel, t.nodes, bytes, std::ref(triad))
          ->Unit(benchmark::kMillisecond);
    };
    add("stiffness product", t.stiffness_product(),
        [&on] { on.diffusion.add_derivative(nullptr, on.at.mobile.view(), on.y); });
    add("region-mass product", t.region_mass_product(),
        [&on] { on.reactions.add_derivative(on.memory.get(), on.at.mobile.view(), on.y); });
    add("laws", t.laws(), [&on] { on.evaluate_laws(); });
    add("reactions", t.reaction(),
        [&on] { on.reactions.add_rate(on.equation, on.at, on.memory.get()); });
    add("residual", t.residual(), [&on] { on.residual.evaluate(on.equation, on.c, on.at); });
    add("Jacobian product", t.jacobian_product(),
        [&on] { on.residual.apply_jacobian(on.at, on.x, on.y); });
    add("smoother, 3 steps", 3 * t.smoothing_step(), [&on] { on.finest.smooth(smoothing); });
    add("residual of a level", t.residual_of_level(), [&on] { on.finest.get_residual(on.y); });
    add("restriction", t.restriction(), [&on] { on.coarser.transfer.gather(on.x, on.coarse); });
    add("prolongation", t.prolongation(),
        [&on] { on.coarser.transfer.interpolate(on.coarse.view(), on.y); });
    add("V-cycle, all levels", on.of_cycle, [&on] { on.multigrid.apply(on.x, on.y); });
  }

  void describe(const Traffic &t)
  {
    std::cout << "P: " << t.nodes << " nodes, " << t.species << " species; per node "
              << t.entries / t.nodes << " entries of the stiffness, " << t.points / t.nodes
              << " points, " << t.edges / t.nodes << " edges, " << t.ties / t.nodes << " ties, "
              << t.weights / t.nodes << " weights" << std::endl;
  }
} // namespace

int main(int argc, char **argv)
{
  benchmark::Initialize(&argc, argv);
  const dealii::Utilities::MPI::MPI_InitFinalize mpi(argc, argv, 1);
  const unsigned int refinements = argc > 1 ? std::atoi(argv[1]) : 3;
  constexpr std::size_t MiB = 1 << 20, far_larger_than_caches = 3072 * MiB;
  for (const std::size_t size : {1, 16, 64, 256})
  {
    Triad triad(size * MiB);
    std::cout << "triad, " << size << " MiB: " << bandwidth(triad, 50) / 1e9 << " GB/s\n";
  }
  Triad triad(far_larger_than_caches);
  std::cout << "triad, 3 GiB: " << bandwidth(triad, 10) / 1e9 << " GB/s\n";
  SimulatedCase problem(LACUNA_SOURCE_DIR "/benchmarks/yardstick/yardstick.prm",
                        {"Geometry/Global refinements=" + std::to_string(refinements),
                         "Solver/Reactions=blended"}, // as in the comparison
                        false);
  Kernels kernels(problem);
  describe(kernels.traffic);
  register_kernels(kernels, triad);
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}

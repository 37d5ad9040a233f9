// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "transport/simulation.h"

#include "transport/make_solver.h"
#include "transport/nested_iteration.h"

#include <deal.II/base/mpi.h>

#include <algorithm>
#include <cmath>
#include <functional>

namespace lacuna
{
  Simulation::Simulation(const Case &input_, Level &level, const std::vector<const Law *> &laws,
                         bool with_injections)
      : input(input_), layout(level.layout), species(make_species(input_, with_injections)),
        model(input_, species, level, laws), dosing(model, laws, with_injections),
        boundary(input_.boundaries, species, layout, model.points), residual(model, boundary),
        solver(make_solver(residual, input_.solver))
  {
    events = boundary.knots();
    for (unsigned int k = 0; k < input.injections.size(); ++k)
      if (dosing.gives(k))
        events.push_back(input.injections[k].time);
    events.insert(events.end(), input.output.field_times.begin(), input.output.field_times.end());
    events.push_back(input.time.end);
    std::sort(events.begin(), events.end());
  }

  void Simulation::set_given_values()
  {
    state.time = input.time.start;
    state.mobile.resize(layout.n_nodes, species.mobile.size());
    const auto hangs = [&](std::size_t node) // and so is no unknown
    { return layout.node_begin[node] == layout.node_begin[node + 1]; };
    for_each_value(state.mobile,
                   [&](std::size_t node, unsigned int s)
                   {
                     if (!hangs(node))
                       state.mobile(node, s) = species.mobile[s].initial;
                   });
    state.immobile.resize(layout.n_points(), species.immobile.size());
    for_each_value(state.immobile, [&](std::size_t point, unsigned int k)
                   { state.immobile(point, k) = species.immobile[k].initial; });
    state.dead.resize(layout.n_points(), species.immobile.size());
    for (unsigned int v = 0; v < species.n_variables(); ++v)
      for (const PopulationSettings &population : input.populations)
        if (population.name == species.variable(v).name)
          set_cells(v, population);
  }

  /** The residents of a population; those that move are averaged over the regions at a node. */
  void Simulation::set_cells(unsigned int variable, const PopulationSettings &population)
  {
    const unsigned int n_mobile = species.mobile.size();
    std::vector<double> cells(layout.n_points(), 0.);
    for (const auto &[region, density] : population.density)
    {
      const Property evaluate = make_property(density);
      for (unsigned int p = 0; p < layout.n_points(); ++p)
        if (layout.geometry.regions[layout.point_region[p]] == region)
          cells[p] = evaluate(layout.node_position[layout.point_node[p]]);
    }
    for (unsigned int p = 0; p < layout.n_points(); ++p)
      if (variable < n_mobile)
      {
        const unsigned int node = layout.point_node[p];
        state.mobile(node, variable) +=
            layout.point_weight[p] * cells[p] / model.storage(node, variable);
      }
      else
        state.immobile(p, variable - n_mobile) = cells[p];
  }

  /** A steady state under the boundary values of the start, which may differ from those of the run.
   */
  void Simulation::find_steady_start()
  {
    if (input.initial.boundary_values.empty())
    {
      steady = find_steady_state(*solver, residual, state);
      return;
    }
    std::vector<BoundarySetting> settings = input.boundaries;
    for (BoundarySetting &setting : settings)
      if (const auto face = input.initial.boundary_values.find(setting.face);
          face != input.initial.boundary_values.end())
        if (const auto value = face->second.find(setting.species); value != face->second.end())
          setting.value = TimeTable{{0.}, {value->second}};
    const Boundary before(settings, species, layout, model.points);
    const Residual start_residual(model, before);
    const auto start_solver = make_solver(start_residual, input.solver);
    find_steady_state(*start_solver, start_residual, state);
    n_newton_before += start_solver->n_nonlinear_iterations();
    n_linear_before += start_solver->n_linear_iterations();
  }

  /** Lets residents die back, or grow, to what the supply can feed, before the run starts and
   * without any injection. */
  void Simulation::bring_residents_to_equilibrium()
  {
    state.time            = input.time.start - input.initial.equilibration;
    TimeSettings settings = input.time;
    settings.first_step = settings.largest_step = settings.fixed_step = 0;
    TimeIntegrator settle(residual, *solver, settings, state);
    constexpr double settled = 1e-6; // relative change of the residents per day
    const auto count         = [&]
    {
      double sum = 0;
      for_each_value(state.immobile, [&](std::size_t point, unsigned int k)
                     { sum += layout.point_weight[point] * state.immobile(point, k); });
      return dealii::Utilities::MPI::sum(sum, layout.communicator());
    };
    while (state.time < input.time.start)
    {
      const double before = count();
      settle.step(input.time.start);
      const double days = settle.last_step / 86400;
      if (settle.last_step > 86400 && std::abs(count() - before) <= settled * before * days)
        break;
    }
    state.time = input.time.start;
    steady     = solve_steady_state(*solver, residual, accuracy_to_rounding(input.solver), state);
    state.dead.fill(0); // the tally counts from the start
  }

  void Simulation::restore(const RunState &saved)
  {
    restore_tissue(saved, species, input.initial.begun_anew, state);
  }

  void Simulation::save(RunState &saved) const
  {
    save_tissue(species, state, saved);
    dosing.save(state.time, saved);
  }

  void Simulation::prepare(const RunState *saved)
  {
    set_given_values();
    if (saved != nullptr)
      restore(*saved);
    const bool begins_steady = input.initial.start == Start::steady_state,
               settles       = input.initial.equilibration > 0 && !species.immobile.empty();
    if (begins_steady)
      find_steady_start();
    if (settles)
      bring_residents_to_equilibrium();
    const bool is_found = settles || (begins_steady && input.initial.boundary_values.empty());
    if (input.time.steady && !is_found)
      steady = find_steady_state(*solver, residual, state);
  }

  void Simulation::prepare_as(const Simulation &other)
  {
    set_given_values();
    const auto copy = [](const std::vector<Species> &from, const auto &values,
                         const std::vector<Species> &to, auto &target)
    {
      for (unsigned int i = 0; i < from.size(); ++i)
        for (unsigned int j = 0; j < to.size(); ++j)
          if (from[i].name == to[j].name)
            for (std::size_t entity = 0; entity < target.n_entities(); ++entity)
              target(entity, j) = values(entity, i);
    };
    copy(other.species.mobile, other.state.mobile, species.mobile, state.mobile);
    copy(other.species.immobile, other.state.immobile, species.immobile, state.immobile);
    copy(other.species.immobile, other.state.dead, species.immobile, state.dead);
  }

  void Simulation::begin()
  {
    if (input.time.steady)
      return;
    integrator = std::make_unique<TimeIntegrator>(residual, *solver, input.time, state);
    integrator->restart_after_event(std::vector<double>(species.mobile.size(), 0.));
    apply_events(input.time.start);
  }

  /** Injections and jumps of boundary values at `time`. */
  void Simulation::apply_events(double time)
  {
    std::vector<double> injected(species.mobile.size(), 0.);
    bool event = false;
    for (unsigned int k = 0; k < input.injections.size(); ++k)
      if (dosing.gives(k) && input.injections[k].time == time)
      {
        const std::vector<double> amounts = dosing.give(k, state);
        std::transform(amounts.begin(), amounts.end(), injected.begin(), injected.begin(),
                       std::plus<>());
        event = true;
      }
    const auto knots = boundary.knots();
    event |= std::binary_search(knots.begin(), knots.end(), time);
    if (event)
      integrator->restart_after_event(injected);
  }

  double Simulation::next_event_after(double time) const
  {
    const auto next = std::upper_bound(events.begin(), events.end(), time);
    return next == events.end() ? input.time.end : std::min(*next, input.time.end);
  }

  bool Simulation::step(double latest)
  {
    if (state.time >= input.time.end)
      return false;
    const double event = next_event_after(state.time);
    integrator->step(std::min(event, latest));
    if (state.time == event)
      apply_events(event);
    return true;
  }

  bool Simulation::at_field_time() const
  {
    return state.time == input.time.end ||
           std::find(input.output.field_times.begin(), input.output.field_times.end(),
                     state.time) != input.output.field_times.end();
  }
} // namespace lacuna

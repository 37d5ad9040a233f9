// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "transport/simulation.h"

#include <deal.II/base/mpi.h>

#include <algorithm>
#include <cmath>

namespace lacuna
{
  Simulation::Simulation(const Case &input_, const StateLayout &layout_,
                         const std::vector<const Law *> &laws, bool with_injections)
      : input(input_), layout(layout_), species(make_species(input_, with_injections)),
        model(input_, species, layout_, laws), dosing(model, laws, with_injections),
        boundary(input_.boundaries, species, layout_, model.points), residual(model, boundary),
        newton(residual, input_.solver)
  {
    events = boundary.knots();
    if (with_injections)
      for (const InjectionSettings &injection : input.injections)
        events.push_back(injection.time);
    events.insert(events.end(), input.output.field_times.begin(), input.output.field_times.end());
    events.push_back(input.time.end);
    std::sort(events.begin(), events.end());
  }

  void Simulation::set_given_values()
  {
    const unsigned int n_mobile = species.mobile.size(), n_immobile = species.immobile.size();
    state.time = 0;
    state.mobile.resize(std::size_t(layout.n_nodes) * n_mobile);
    for (std::size_t row = 0; row < state.mobile.size(); ++row)
      state.mobile[row] = species.mobile[row % n_mobile].initial;

    state.immobile.resize(std::size_t(layout.n_points()) * n_immobile);
    for (std::size_t at = 0; at < state.immobile.size(); ++at)
      state.immobile[at] = species.immobile[at % n_immobile].initial;
    state.dead.assign(state.immobile.size(), 0.);
    for (unsigned int v = 0; v < species.n_variables(); ++v)
      for (const PopulationSettings &population : input.populations)
        if (population.name == species.variable(v).name)
          set_cells(v, population);
  }

  /** The residents of a population; those that move are averaged over the regions at a node. */
  void Simulation::set_cells(unsigned int variable, const PopulationSettings &population)
  {
    const unsigned int n_mobile = species.mobile.size(), n_immobile = species.immobile.size();
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
        const std::size_t row = std::size_t(layout.point_node[p]) * n_mobile + variable;
        state.mobile[row] += layout.point_weight[p] * cells[p] / model.storage[row];
      }
      else
        state.immobile[std::size_t(p) * n_immobile + variable - n_mobile] = cells[p];
  }

  /** A steady state under the boundary values of the start, which may differ from those of the run.
   */
  void Simulation::find_steady_start()
  {
    if (input.initial.boundary_values.empty())
    {
      solve_steady_state(newton, residual, state);
      return;
    }
    std::vector<BoundarySetting> settings = input.boundaries;
    for (BoundarySetting &setting : settings)
      if (const auto face = input.initial.boundary_values.find(setting.face);
          face != input.initial.boundary_values.end())
        if (const auto value = face->second.find(setting.species); value != face->second.end())
          setting.value = TimeTable{{0.}, {value->second}};
    const Boundary before(settings, species, layout, model.points);
    Residual start_residual(model, before);
    Newton start_newton(start_residual, input.solver);
    solve_steady_state(start_newton, start_residual, state);
    n_newton_before += start_newton.n_newton;
    n_linear_before += start_newton.n_linear;
  }

  /** Lets residents die back, or grow, to what the supply can feed, before t = 0 and without any
   * injection. */
  void Simulation::bring_residents_to_equilibrium()
  {
    state.time            = -input.initial.equilibration;
    TimeSettings settings = input.time;
    settings.first_step = settings.largest_step = settings.fixed_step = 0;
    TimeIntegrator settle(residual, newton, settings, state);
    constexpr double settled = 1e-6; // relative change of the residents per day
    const auto count         = [&]
    {
      double sum = 0;
      for (std::size_t at = 0; at < state.immobile.size(); ++at)
        sum += layout.point_weight[at / species.immobile.size()] * state.immobile[at];
      return dealii::Utilities::MPI::sum(sum, layout.communicator());
    };
    while (state.time < 0)
    {
      const double before = count();
      settle.step(0);
      const double days = settle.last_step / 86400;
      if (settle.last_step > 86400 && std::abs(count() - before) <= settled * before * days)
        break;
    }
    state.time = 0;
    solve_steady_state(newton, residual, state);
    std::fill(state.dead.begin(), state.dead.end(), 0.); // the tally counts from t = 0
  }

  void Simulation::prepare(const std::function<void(State &)> &load)
  {
    set_given_values();
    if (input.initial.start == Start::finished_run)
      load(state);
    if (input.initial.start == Start::steady_state)
      find_steady_start();
    if (input.initial.equilibration > 0 && !species.immobile.empty())
      bring_residents_to_equilibrium();
    if (input.time.steady)
      solve_steady_state(newton, residual, state);
  }

  void Simulation::prepare_as(const Simulation &other)
  {
    set_given_values();
    const auto copy = [](const std::vector<Species> &from, const std::vector<double> &values,
                         const std::vector<Species> &to, std::vector<double> &target)
    {
      for (unsigned int i = 0; i < from.size(); ++i)
        for (unsigned int j = 0; j < to.size(); ++j)
          if (from[i].name == to[j].name)
            for (std::size_t row = 0; row < target.size() / to.size(); ++row)
              target[row * to.size() + j] = values[row * from.size() + i];
    };
    copy(other.species.mobile, other.state.mobile, species.mobile, state.mobile);
    copy(other.species.immobile, other.state.immobile, species.immobile, state.immobile);
  }

  void Simulation::begin()
  {
    if (input.time.steady)
      return;
    integrator = std::make_unique<TimeIntegrator>(residual, newton, input.time, state);
    integrator->restart_after_event(std::vector<double>(species.mobile.size(), 0.));
    happen(0);
  }

  /** Injections and jumps of boundary values at `time`. */
  void Simulation::happen(double time)
  {
    std::vector<double> injected(species.mobile.size(), 0.);
    bool event = false;
    for (unsigned int k = 0; k < dosing.boluses.size(); ++k)
      if (input.injections[k].time == time)
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

  double Simulation::next_event(double time) const
  {
    const auto next = std::upper_bound(events.begin(), events.end(), time);
    return next == events.end() ? input.time.end : std::min(*next, input.time.end);
  }

  bool Simulation::step()
  {
    if (state.time >= input.time.end)
      return false;
    const double limit = next_event(state.time);
    integrator->step(limit);
    if (state.time == limit)
      happen(limit);
    return true;
  }

  bool Simulation::at_field_time() const
  {
    return state.time == input.time.end ||
           std::find(input.output.field_times.begin(), input.output.field_times.end(),
                     state.time) != input.output.field_times.end();
  }
} // namespace lacuna

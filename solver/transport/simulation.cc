// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "transport/simulation.h"

#include "config/quantity.h"
#include "transport/batches.h"
#include "transport/collective_error.h"

#include <deal.II/base/mpi.h>

#include <algorithm>
#include <cmath>

namespace lacuna
{
  Simulation::Simulation(const Case &input_, const StateLayout &layout_,
                         const std::vector<const Law *> &laws_, bool with_injections_)
      : input(input_), layout(layout_), species(make_species(input_, with_injections_)),
        model(input_, species, layout_, laws_),
        boundary(input_.boundaries, species, layout_, model.points), residual(model, boundary),
        newton(residual, input_.solver), with_injections(with_injections_), laws(laws_)
  {
    for (unsigned int k = 0; with_injections && k < input.injections.size(); ++k)
    {
      boluses.push_back(place_bolus(input.injections[k], layout, model.tissue));
      let_laws_deliver(k);
    }

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

  /** What of a dose arrives, after every law has had its say. */
  void Simulation::let_laws_deliver(unsigned int k)
  {
    InjectionSettings injection = input.injections[k];
    lacuna_dose dose            = describe_dose(k);
    std::vector<std::string> reports;
    for (const Law *law : laws)
    {
      char report[512] = "";
      dose.time        = injection.time / si_factor(law->library->plugin().time_unit);
      dose.report      = report;
      dose.report_size = sizeof(report);
      law->deliver(dose);
      if (report[0] != 0)
        reports.push_back(law->section + ": " + report);
    }
    injection.viability         = dose.viability;
    injection.needle_factor     = dose.needle_survival;
    injection.retained_fraction = dose.retained_fraction;
    deliveries.push_back(deliver(injection));
    delivery_reports.push_back(reports);
  }

  lacuna_dose Simulation::describe_dose(unsigned int k) const
  {
    constexpr double same_place        = 1e-4; // m
    const InjectionSettings &injection = input.injections[k];
    lacuna_dose dose                   = {};
    dose.size                          = sizeof(dose);
    dose.name                          = injection.name.c_str();
    dose.species                       = injection.species.c_str();
    dose.number                        = k;
    dose.loaded                        = injection.loaded;
    dose.volume                        = 1e6 * injection.volume;
    dose.x                             = 1e3 * injection.site[0];
    dose.y                             = 1e3 * injection.site[1];
    dose.z                             = 1e3 * injection.site[2];
    dose.viability                     = injection.viability;
    dose.needle_survival               = injection.needle_factor;
    dose.retained_fraction             = injection.retained_fraction;
    for (unsigned int earlier = 0; earlier < k; ++earlier)
    {
      double distance = 0;
      for (unsigned int d = 0; d < dim; ++d)
        distance += std::pow(injection.site[d] - input.injections[earlier].site[d], 2);
      dose.same_site += std::sqrt(distance) < same_place ? 1 : 0;
    }
    return dose;
  }

  /** What laws change at once when a dose is given, before it arrives; returns what that adds of
   * the mobile species. */
  std::vector<double> Simulation::let_laws_act(unsigned int k)
  {
    const unsigned int n_mobile = species.mobile.size(), n_immobile = species.immobile.size();
    std::vector<double> added(n_mobile, 0.);
    if (!model.reaction.acts_at_doses())
      return added;
    const lacuna_dose dose           = describe_dose(k);
    Reaction::Batch batch            = model.reaction.make_batch();
    const std::vector<double> before = state.mobile;
    collectively(layout.communicator(),
                 [&]
                 {
                   for_each_batch(
                       layout, model.reaction, before.data(), state.immobile.data(), batch,
                       [&](unsigned int, unsigned int)
                       {
                         model.reaction.give_dose(input.injections[k], dose, batch, model.points,
                                                  state.time);
                         for (unsigned int p = 0; p < batch.n_points; ++p)
                         {
                           const unsigned int point = batch.first_point + p;
                           for (unsigned int s = 0; s < n_mobile; ++s)
                           {
                             const std::size_t row =
                                 std::size_t(layout.point_node[point]) * n_mobile + s;
                             const double share  = storage_share(model, point, s);
                             const double change = share * (batch.state.row(s)[p] - before[row]);
                             state.mobile[row] += change / model.storage[row];
                             added[s] += change;
                           }
                           for (unsigned int n = 0; n < n_immobile; ++n)
                           {
                             const std::size_t at = std::size_t(point) * n_immobile + n;
                             const double after   = batch.state.row(n_mobile + n)[p];
                             if (species.immobile[n].cells)
                               state.dead[at] += std::max(0., state.immobile[at] - after);
                             state.immobile[at] = after;
                           }
                         }
                       });
                 });
    dealii::Utilities::MPI::sum(added, layout.communicator(), added);
    return added;
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
    for (unsigned int k = 0; k < boluses.size(); ++k)
      if (input.injections[k].time == time)
      {
        for (const auto &amounts :
             {let_laws_act(k), inject(input.injections[k], boluses[k], deliveries[k], species,
                                      layout, model.points.porosity, model.storage, state)})
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

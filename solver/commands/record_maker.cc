// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "commands/record_maker.h"

#include "config/quantity.h"
#include "transport/make_solver.h"

#include <deal.II/base/mpi.h>

#include <algorithm>

#include <cmath>
#include <cstdio>

namespace lacuna
{
  namespace
  {
    constexpr double day = 86400; // s
  }

  std::vector<QuantityField> quantity_fields_of(const Simulation &simulation)
  {
    return make_quantity_fields(simulation.layout, simulation.species, simulation.model.medium,
                                simulation.model.derived, simulation.model.points,
                                simulation.state);
  }

  RecordMaker::RecordMaker(const Simulation &simulation_, const RunState *saved)
      : simulation(simulation_), dead_before(simulation_.species.n_variables())
  {
    const SpeciesTable &species = simulation.species;
    const auto counted     = saved != nullptr ? saved->parts.at("cells") : nlohmann::json::object();
    const auto &begun_anew = simulation.input.initial.begun_anew;
    for (unsigned int v = 0; v < species.n_variables(); ++v)
    {
      const std::string &name = species.variable(v).name;
      initial_amount.push_back(amount(v));
      if (!counted.contains(name) || std::count(begun_anew.begin(), begun_anew.end(), name) > 0)
        continue;
      initial_amount[v] = counted[name].at("at_first");
      if (v < species.mobile.size())
        dead_before[v] = counted[name].at("dead").get<double>() - dead(v);
    }
  }

  void RecordMaker::save(RunState &saved) const
  {
    nlohmann::json &part = saved.parts["cells"] = nlohmann::json::object();
    for (unsigned int v = 0; v < simulation.species.n_variables(); ++v)
      if (simulation.species.variable(v).cells)
        part[simulation.species.variable(v).name] = {{"at_first", initial_amount[v]},
                                                     {"dead", dead(v)}};
  }

  double RecordMaker::amount(unsigned int variable) const
  {
    const StateLayout &layout = simulation.layout;
    const State &state        = simulation.state;
    const unsigned int n      = simulation.species.mobile.size();
    double sum                = 0;
    for (unsigned int p = 0; p < layout.n_points(); ++p)
      sum += variable < n ? simulation.model.storage.at_point(p, variable) *
                                state.mobile(layout.point_node[p], variable)
                          : layout.point_weight[p] * state.immobile(p, variable - n);
    return dealii::Utilities::MPI::sum(sum, layout.communicator());
  }

  /** The tally of dead cells; of moving ones it is kept as a whole, by the balance. */
  double RecordMaker::dead(unsigned int variable) const
  {
    const unsigned int n = simulation.species.mobile.size();
    if (variable < n)
    {
      const int dose         = simulation.species.mobile[variable].dose;
      const bool has_arrived = dose != Species::no_dose &&
                               simulation.input.injections[dose].time <= simulation.state.time;
      const Balance *balance = simulation.integrator ? &simulation.integrator->balance : nullptr;
      return dead_before[variable] +
             (balance ? balance->consumed[variable] - balance->converted[variable] : 0) +
             (has_arrived ? simulation.dosing.deliveries[dose].dead_on_arrival : 0);
    }
    double sum = 0;
    for (unsigned int p = 0; p < simulation.layout.n_points(); ++p)
      sum += simulation.layout.point_weight[p] * simulation.state.dead(p, variable - n);
    return dealii::Utilities::MPI::sum(sum, simulation.layout.communicator());
  }

  StepRecord RecordMaker::make_record(const std::vector<QuantityField> &fields) const
  {
    StepRecord result;
    result.time       = simulation.state.time / day;
    result.dt         = simulation.integrator ? simulation.integrator->last_step / day : 0;
    result.quantities = make_statistics(simulation.layout, fields);
    result.doses      = record_doses();
    result.balance    = record_balance();
    return result;
  }

  std::vector<DoseRecord> RecordMaker::record_doses() const
  {
    std::vector<DoseRecord> result;
    for (unsigned int v = 0; v < simulation.species.n_variables(); ++v)
    {
      const Species &species = simulation.species.variable(v);
      if (!species.cells)
        continue;
      DoseRecord record;
      record.population = species.population;
      record.viable     = amount(v);
      record.dead       = dead(v);
      if (species.dose == Species::no_dose)
      {
        record.dose   = "residents";
        record.loaded = record.delivered = initial_amount[v];
      }
      else
      {
        const InjectionSettings &injection = simulation.input.injections[species.dose];
        const Delivery &delivery           = simulation.dosing.deliveries[species.dose];
        record.dose                        = injection.name;
        record.time_of_dose                = injection.time / day;
        record.loaded                      = delivery.loaded;
        record.delivered                   = delivery.delivered;
        record.leaked                      = delivery.leaked;
        record.dead_on_arrival             = delivery.dead_on_arrival;
      }
      result.push_back(record);
    }
    return result;
  }

  std::vector<BalanceRecord> RecordMaker::record_balance() const
  {
    std::vector<BalanceRecord> result;
    const auto &mobile = simulation.species.mobile;
    const bool steady  = simulation.integrator == nullptr;
    const std::vector<double> amounts =
        steady ? std::vector<double>(mobile.size(), 0.)
               : simulation.model.storage.amounts(simulation.state.mobile);
    for (unsigned int s = 0; s < mobile.size(); ++s)
    {
      BalanceRecord record;
      const double factor = 1 / mobile[s].amount_factor;
      record.species      = mobile[s].name;
      record.unit         = mobile[s].amount_unit + (steady ? "/s" : "");
      if (steady)
      {
        const Totals &totals = simulation.steady.totals;
        record.in            = factor * totals.in[s];
        record.produced      = factor * totals.produced[s];
        record.consumed      = factor * totals.consumed[s];
      }
      else
      {
        const Balance &balance         = simulation.integrator->balance;
        record.in                      = factor * balance.in[s];
        record.injected                = factor * balance.injected[s];
        record.produced                = factor * balance.produced[s];
        record.consumed                = factor * balance.consumed[s];
        record.stored                  = factor * (amounts[s] - balance.initial[s]);
        record.largest_relative_defect = balance.largest_relative_defect[s];
      }
      record.defect =
          record.in + record.injected + record.produced - record.consumed - record.stored;
      if (steady)
        record.largest_relative_defect = simulation.steady.defect;
      result.push_back(record);
    }
    return result;
  }

  std::map<std::string, std::string> model_choices(const Simulation &simulation)
  {
    const Case &input = simulation.input;
    std::map<std::string, std::string> result;
    result["Solute balance"] = input.balance == SoluteBalance::pore_water ? "pore water"
                               : input.balance == SoluteBalance::tissue
                                   ? "tissue"
                                   : "tissue, oxygen by porosity";
    result["Acidity"]        = "pH = " + shortest(input.acidity.intercept) + " + " +
                        shortest(input.acidity.slope) + " * lactate [mM]";
    result["Osmolarity"] = "ideal Donnan equilibrium, osmotic coefficient " +
                           shortest(input.osmolarity.osmotic_coefficient);
    result["Tissue"] = "rigid: porosity, fixed charge, geometry and residents per tissue volume do "
                       "not change with an injection";
    const double share          = input.solver.consistent_share;
    result["Reaction"]          = share == 0   ? "lumped at the reaction points"
                                  : share == 1 ? "consistent: rates interpolated like the solutes"
                                               : "blended: two thirds consistent, one third lumped";
    const unsigned int n_levels = number_of_levels(simulation.model);
    result["Solver"]            = n_levels > 1
                                      ? "Newton's method, multigrid on " + std::to_string(n_levels) + " levels"
                                      : "Newton's method, incomplete Cholesky";
    result["Element"]           = "Q" + std::to_string(input.geometry.degree);
    result["Time"]              = input.time.steady ? "steady state" : "TR-BDF2";
    for (const LawSettings &law : input.laws)
      result["Law " + law.section] = law.law;
    for (unsigned int k = 0; k < simulation.dosing.reports.size(); ++k)
      for (const std::string &report : simulation.dosing.reports[k])
      {
        std::string &text = result["Delivery of " + input.injections[k].name];
        text += (text.empty() ? "" : " ") + report;
      }
    return result;
  }
} // namespace lacuna

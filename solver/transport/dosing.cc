// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "transport/dosing.h"

#include "transport/batches.h"
#include "transport/collective_error.h"

#include <deal.II/base/mpi.h>

#include <algorithm>
#include <functional>

namespace lacuna
{
  Dosing::Dosing(const Model &model_, const std::vector<const Law *> &laws, bool with_injections_)
      : boluses(model_.input.injections.size()), deliveries(boluses.size()),
        reports(boluses.size()), model(model_), with_injections(with_injections_)
  {
    const auto &injections = model.input.injections;
    for (unsigned int k = 0; k < injections.size(); ++k)
      if (gives(k))
      {
        boluses[k] = place_bolus(injections[k], model.layout, model.level.tissue);
        ask_for_delivery(k, laws);
      }
      else if (injections[k].given)
        deliveries[k] = *injections[k].given;
  }

  void Dosing::save(double time, RunState &saved) const
  {
    nlohmann::json doses = nlohmann::json::array();
    for (unsigned int k = 0; k < boluses.size(); ++k)
    {
      const InjectionSettings &injection = model.input.injections[k];
      const Delivery &delivery           = deliveries[k];
      if (injection.time <= time && (injection.given || gives(k)))
        doses.push_back({{"name", injection.name},
                         {"species", injection.species},
                         {"age_s", time - injection.time},
                         {"loaded", delivery.loaded},
                         {"leaked", delivery.leaked},
                         {"dead_on_arrival", delivery.dead_on_arrival},
                         {"delivered", delivery.delivered},
                         {"volume_m3", injection.volume},
                         {"site_m", injection.site}});
    }
    saved.parts["doses"] = doses;
  }

  std::vector<InjectionSettings> given_doses(const RunState &saved, double start)
  {
    std::vector<InjectionSettings> result;
    for (const auto &dose : saved.parts.at("doses"))
    {
      InjectionSettings injection;
      injection.name    = dose.at("name");
      injection.species = dose.at("species");
      injection.time    = start - dose.at("age_s").get<double>();
      injection.loaded  = dose.at("loaded");
      injection.volume  = dose.at("volume_m3");
      injection.site    = dose.at("site_m");
      injection.given   = Delivery{dose.at("loaded"), dose.at("leaked"), dose.at("dead_on_arrival"),
                                 dose.at("delivered")};
      result.push_back(injection);
    }
    return result;
  }

  /** What of a dose arrives, after every law has had its say. */
  void Dosing::ask_for_delivery(unsigned int k, const std::vector<const Law *> &laws)
  {
    InjectionSettings injection = model.input.injections[k];
    Dose dose                   = describe_dose(model.input.injections, k);
    for (const Law *law : laws)
      if (const std::string report = lower_shares(*law, dose); !report.empty())
        reports[k].push_back(law->section + ": " + report);
    injection.viability         = dose.viability;
    injection.needle_factor     = dose.needle_survival;
    injection.retained_fraction = dose.retained_fraction;
    deliveries[k]               = deliver(injection);
  }

  std::vector<double> Dosing::give(unsigned int k, State &state)
  {
    std::vector<double> added = let_laws_act(k, state);
    const std::vector<double> amount =
        inject(model.input.injections[k], boluses[k], deliveries[k], model.species, model.layout,
               model.points.porosity, model.storage, state);
    std::transform(amount.begin(), amount.end(), added.begin(), added.begin(), std::plus<>());
    return added;
  }

  /** What laws change at once; returns what that adds of the mobile species. */
  std::vector<double> Dosing::let_laws_act(unsigned int k, State &state)
  {
    std::vector<double> added(model.species.mobile.size(), 0.);
    if (!model.reaction.acts_at_doses())
      return added;
    const Dose dose             = describe_dose(model.input.injections, k);
    Reaction::Batch batch       = model.reaction.make_batch();
    const NodeField before      = state.mobile;
    const MPI_Comm communicator = model.layout.communicator();
    collectively(communicator,
                 [&]
                 {
                   for_each_batch(model.layout, model.reaction, before, state.immobile, batch,
                                  [&](unsigned int, unsigned int)
                                  {
                                    model.reaction.give_dose(dose, batch, model.points, state.time);
                                    for (unsigned int p = 0; p < batch.n_points; ++p)
                                      change_point(batch, p, before, state, added);
                                  });
                 });
    dealii::Utilities::MPI::sum(added, communicator, added);
    return added;
  }

  void Dosing::change_point(const Reaction::Batch &batch, unsigned int p,
                            const NodeField &mobile_before, State &state,
                            std::vector<double> &added) const
  {
    const unsigned int point = batch.first_point + p;
    const unsigned int node  = model.layout.point_node[point];
    for (unsigned int s = 0; s < state.mobile.n_species(); ++s)
    {
      const double change =
          model.storage.at_point(point, s) * (batch.state.row(s)[p] - mobile_before(node, s));
      state.mobile(node, s) += change / model.storage(node, s);
      added[s] += change;
    }
    for (unsigned int k = 0; k < state.immobile.n_species(); ++k)
    {
      const double after = batch.state.row(state.mobile.n_species() + k)[p];
      if (model.species.immobile[k].cells)
        state.dead(point, k) += std::max(0., state.immobile(point, k) - after);
      state.immobile(point, k) = after;
    }
  }
} // namespace lacuna

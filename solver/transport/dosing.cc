// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "transport/dosing.h"

#include "config/quantity.h"
#include "transport/batches.h"
#include "transport/collective_error.h"

#include <deal.II/base/mpi.h>

#include <algorithm>
#include <cmath>

namespace lacuna
{
  namespace
  {
    double distance(const Coordinates &a, const Coordinates &b)
    {
      double sum = 0;
      for (unsigned int d = 0; d < dim; ++d)
        sum += (a[d] - b[d]) * (a[d] - b[d]);
      return std::sqrt(sum);
    }
  } // namespace

  Dosing::Dosing(const Model &model_, const std::vector<const Law *> &laws, bool with_injections)
      : model(model_)
  {
    const auto &injections = model.input.injections;
    for (unsigned int k = 0; with_injections && k < injections.size(); ++k)
    {
      boluses.push_back(place_bolus(injections[k], model.layout, model.level.tissue));
      ask_for_delivery(k, laws);
    }
  }

  lacuna_dose Dosing::describe(unsigned int k) const
  {
    constexpr double same_place        = 1e-4; // m
    const auto &injections             = model.input.injections;
    const InjectionSettings &injection = injections[k];
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
    dose.same_site                     = std::count_if(injections.begin(), injections.begin() + k,
                                                       [&](const auto &earlier)
                                                       { return distance(earlier.site, injection.site) < same_place; });
    return dose;
  }

  /** What of a dose arrives, after every law has had its say. */
  void Dosing::ask_for_delivery(unsigned int k, const std::vector<const Law *> &laws)
  {
    InjectionSettings injection = model.input.injections[k];
    lacuna_dose dose            = describe(k);
    reports.emplace_back();
    for (const Law *law : laws)
    {
      char report[512] = "";
      dose.time        = injection.time / si_factor(law->library->plugin().time_unit);
      dose.report      = report;
      dose.report_size = sizeof(report);
      law->deliver(dose);
      if (report[0] != 0)
        reports.back().push_back(law->section + ": " + report);
    }
    injection.viability         = dose.viability;
    injection.needle_factor     = dose.needle_survival;
    injection.retained_fraction = dose.retained_fraction;
    deliveries.push_back(deliver(injection));
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
    const InjectionSettings &injection = model.input.injections[k];
    const lacuna_dose dose             = describe(k);
    Reaction::Batch batch              = model.reaction.make_batch();
    const NodeField before             = state.mobile;
    const MPI_Comm communicator        = model.layout.communicator();
    collectively(communicator,
                 [&]
                 {
                   for_each_batch(
                       model.layout, model.reaction, before, state.immobile, batch,
                       [&](unsigned int, unsigned int)
                       {
                         model.reaction.give_dose(injection, dose, batch, model.points, state.time);
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
      const double change = model.storage.at_point(point, s) *
                            (batch.state.row(s)[p] - mobile_before(node, s));
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

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "species/injection.h"

#include <deal.II/base/mpi.h>

namespace lacuna
{
  Delivery deliver(const InjectionSettings &injection)
  {
    Delivery result;
    const double alive     = injection.viability * injection.needle_factor;
    result.loaded          = injection.loaded;
    result.leaked          = injection.loaded * (1 - injection.retained_fraction);
    result.delivered       = injection.loaded * injection.retained_fraction * alive;
    result.dead_on_arrival = injection.loaded * injection.retained_fraction * (1 - alive);
    return result;
  }

  namespace
  {
    /** Mixes the carrier with the pore water, by volumes; returns what came in of a solute. */
    double mix_carrier(const InjectionSettings &injection, double concentration, const Bolus &bolus,
                       const StateLayout &layout, const std::vector<double> &porosity,
                       const Storage &storage, unsigned int solute, NodeField &mobile)
    {
      double injected = 0;
      for (unsigned int node = 0; node < layout.n_nodes; ++node)
      {
        double water = 0, fluid = 0; // none at a hanging node
        for (unsigned int p = layout.node_begin[node]; p < layout.node_begin[node + 1]; ++p)
        {
          water += layout.point_weight[p] * porosity[p];
          fluid += bolus.share[p] * injection.volume;
        }
        if (water == 0)
          continue;
        double &c          = mobile(node, solute);
        const double mixed = (water * c + fluid * concentration) / (water + fluid);
        injected += storage(node, solute) * (mixed - c);
        c = mixed;
      }
      return injected;
    }
  } // namespace

  std::vector<double> inject(const InjectionSettings &injection, const Bolus &bolus,
                             const Delivery &delivery, const SpeciesTable &species,
                             const StateLayout &layout, const std::vector<double> &porosity,
                             const Storage &storage, State &state)
  {
    const unsigned int n_mobile = species.mobile.size(), n_immobile = species.immobile.size();
    std::vector<double> injected(n_mobile, 0.);
    for (const auto &[solute, concentration] : injection.carrier)
      if (const int s = species.find_mobile(solute); s >= 0)
        injected[s] += mix_carrier(injection, concentration, bolus, layout, porosity, storage, s,
                                   state.mobile);

    // Cells come as an instance of their own, whatever else as more of what is there.
    const unsigned int v = species.injected_by(injection);
    for (unsigned int p = 0; p < layout.n_points(); ++p)
      if (v < n_mobile)
      {
        const unsigned int node = layout.point_node[p];
        const double arrived    = delivery.delivered * bolus.share[p];
        state.mobile(node, v) += arrived / storage(node, v);
        injected[v] += arrived;
      }
      else
      {
        const double per_volume = bolus.share[p] / layout.point_weight[p];
        state.immobile(p, v - n_mobile) += delivery.delivered * per_volume;
        state.dead(p, v - n_mobile) += delivery.dead_on_arrival * per_volume;
      }
    // What cells hold inside begins when they come.
    for (unsigned int k = 0; k < n_immobile; ++k)
      if (species.immobile[k].cell_population == species.variable(v).name)
        for (unsigned int p = 0; p < layout.n_points(); ++p)
          state.immobile(p, k) = species.immobile[k].initial;
    dealii::Utilities::MPI::sum(injected, layout.communicator(), injected);
    return injected;
  }
} // namespace lacuna

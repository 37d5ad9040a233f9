// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "laws/law_rates.h"

#include "laws/chain_rule.h"
#include "laws/evaluation_failure.h"
#include "laws/law_inputs.h"

namespace lacuna
{
  namespace
  {
    /** A species that moves has one balance: d(gain - loss)/du by the chain rule. */
    void add_to_mobile(const BoundLaws &laws, const BoundLaw &bound, const BoundTarget &target,
                       const Medium &medium, const PointProperties &properties, LawBatch &batch)
    {
      const unsigned int n   = batch.n_points;
      const double *porosity = properties.porosity.data() + batch.first_point;
      double scale[BatchArray::width], sensitivity[BatchArray::width];
      for (unsigned int p = 0; p < n; ++p)
        scale[p] = target.factor * medium.rate_share(target.species, porosity[p]);

      double *gain    = batch.mobile_gain.row(target.species);
      double *loss    = batch.mobile_loss.row(target.species);
      const double *g = batch.laws.gain(target.read), *l = batch.laws.loss(target.read);
      for (unsigned int p = 0; p < n; ++p)
      {
        gain[p] += scale[p] * g[p];
        loss[p] += scale[p] * l[p];
      }
      for (const unsigned int r : bound.active)
      {
        const double *dg = batch.laws.d_gain(target.read, r);
        const double *dl = batch.laws.d_loss(target.read, r);
        for (unsigned int p = 0; p < n; ++p)
          sensitivity[p] = scale[p] * (dg[p] - dl[p]);
        contract(laws, bound.reads[r], sensitivity, 1, batch, batch.d_mobile,
                 target.species * laws.n_variables);
      }
    }

    /**
     * What stays in place is integrated as dn/dt = g - k n, so a loss l becomes the rate per amount
     *
     *     k = l / n,    dk/du = (dl/du) / n,  and for n itself  dk/dn = (dl/dn - k) / n.
     *
     * A loss vanishes with its species, so that k has the limit dl/dn at n -> 0. There, below
     * `absent`, dk/du would need second derivatives of l. It is left out: k acts as k n only, and
     * n dk/du vanishes with n.
     */
    void add_to_immobile(const BoundLaws &laws, const BoundLaw &bound, const BoundTarget &target,
                         LawBatch &batch)
    {
      constexpr double absent      = 1e-12; // below this amount a species counts as not there
      const unsigned int n         = batch.n_points;
      const unsigned int variable  = laws.n_mobile + target.species;
      const unsigned int first_row = target.species * laws.n_variables;
      const double *amount         = batch.state.row(variable);
      double sensitivity[BatchArray::width], added[BatchArray::width];

      double *gain    = batch.gain.row(target.species);
      double *rate    = batch.loss_rate.row(target.species);
      const double *g = batch.laws.gain(target.read), *l = batch.laws.loss(target.read);
      const double *own_slope = batch.laws.d_loss(target.read, target.read);
      const double own_factor = target.factor * bound.reads[target.read].factor;
      for (unsigned int p = 0; p < n; ++p)
      {
        gain[p] += target.factor * g[p];
        added[p] =
            amount[p] > absent ? target.factor * l[p] / amount[p] : own_factor * own_slope[p];
        rate[p] += added[p];
      }
      for (const unsigned int r : bound.active)
      {
        const BoundRead &read = bound.reads[r];
        contract(laws, read, batch.laws.d_gain(target.read, r), target.factor, batch, batch.d_gain,
                 first_row);
        const double *dl = batch.laws.d_loss(target.read, r);
        for (unsigned int p = 0; p < n; ++p)
          sensitivity[p] = amount[p] > absent ? dl[p] / amount[p] : 0;
        contract(laws, read, sensitivity, target.factor, batch, batch.d_loss_rate, first_row);
      }
      double *own = batch.d_loss_rate.row(first_row + variable);
      for (unsigned int p = 0; p < n; ++p)
        if (amount[p] > absent)
          own[p] -= added[p] / amount[p];
    }
  } // namespace

  void add_rates(const BoundLaws &laws, const BoundLaw &bound, const Medium &medium,
                 const PointProperties &properties, double time, LawBatch &batch)
  {
    fill_reads(bound, properties, time, true, batch);
    with_place_and_time(batch, properties, time,
                        [&] { bound.caller.rates(batch.laws, batch.n_points); });
    for (const BoundTarget &target : bound.targets)
    {
      const double *converted = batch.laws.converted(target.read);
      double *sum             = batch.converted.row(bound.reads[target.read].index);
      for (unsigned int p = 0; p < batch.n_points; ++p)
        sum[p] += target.factor * converted[p];
    }
    for (const BoundTarget &target : bound.targets)
      if (target.mobile)
        add_to_mobile(laws, bound, target, medium, properties, batch);
      else
      {
        check_changes(bound, target, batch, properties, time);
        add_to_immobile(laws, bound, target, batch);
      }
  }
} // namespace lacuna

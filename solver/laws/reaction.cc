// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "laws/reaction.h"

#include "laws/competing_deaths.h"
#include "laws/evaluation_failure.h"
#include "laws/law_binding.h"
#include "laws/law_inputs.h"
#include "laws/law_rates.h"
#include "laws/signals.h"

#include <algorithm>
#include <numeric>

namespace lacuna
{
  namespace
  {
    std::vector<unsigned int> find_changed_together(const BoundLaws &bound)
    {
      std::vector<unsigned int> result(bound.n_mobile);
      std::iota(result.begin(), result.end(), 0u);
      for (const BoundLaw &law : bound.laws)
      {
        const BoundTarget *first = nullptr;
        for (const BoundTarget &target : law.targets)
          if (target.mobile && first == nullptr)
            first = &target;
          else if (target.mobile)
            std::replace(result.begin(), result.end(), unsigned(result[target.species]),
                         unsigned(result[first->species]));
      }
      return result;
    }
  } // namespace

  Reaction::Reaction(const Case &input, const SpeciesTable &species, const Medium &medium_,
                     const std::vector<DerivedQuantity> &derived, const PointProperties &points,
                     const std::vector<const Law *> &laws)
      : n_mobile(species.mobile.size()), n_immobile(species.immobile.size()), medium(medium_)
  {
    if (!input.allow_competing_deaths)
      refuse_competing_deaths(laws);
    bound            = bind_laws(laws, input, species, derived, points);
    moving           = moving_species(bound);
    changed_together = find_changed_together(bound);
    for (unsigned int v = 0; v < n_variables(); ++v)
      if (const Species &decaying = species.variable(v); decaying.decay > 0)
        decays.push_back({v < n_mobile, v < n_mobile ? v : v - n_mobile, decaying.decay});
  }

  Reaction::Batch Reaction::make_batch() const
  {
    Batch batch;
    batch.state.resize(n_variables());
    batch.mobile_gain.resize(n_mobile);
    batch.mobile_loss.resize(n_mobile);
    batch.d_mobile.resize(n_mobile * n_variables());
    batch.gain.resize(n_immobile);
    batch.loss_rate.resize(n_immobile);
    batch.d_gain.resize(n_immobile * n_variables());
    batch.d_loss_rate.resize(n_immobile * n_variables());
    batch.converted.resize(n_variables());
    batch.derived.resize(bound.derived.size());
    batch.signal.resize(bound.signals.size());
    batch.d_signal.resize(bound.signals.size() * n_variables());
    return batch;
  }

  void Reaction::evaluate_before_rates(Batch &batch, const PointProperties &properties,
                                       double time) const
  {
    evaluate_derived(bound, properties, batch);
    evaluate_signals(bound, properties, time, batch);
  }

  void Reaction::evaluate(Batch &batch, const PointProperties &properties, double time) const
  {
    for (BatchArray *result :
         {&batch.mobile_gain, &batch.mobile_loss, &batch.d_mobile, &batch.gain, &batch.loss_rate,
          &batch.d_gain, &batch.d_loss_rate, &batch.converted})
      result->clear();
    evaluate_before_rates(batch, properties, time);
    for (const BoundLaw &law : bound.laws)
      if (!law.targets.empty())
        add_rates(bound, law, medium, properties, time, batch);
    // Once, however many doses there are.
    for (const Decay &decay : decays)
      add_decay(decay, properties, batch);
  }

  void Reaction::add_decay(const Decay &decay, const PointProperties &properties,
                           Batch &batch) const
  {
    if (!decay.mobile)
    {
      double *rate = batch.loss_rate.row(decay.species);
      for (unsigned int p = 0; p < batch.n_points; ++p)
        rate[p] += decay.rate;
      return;
    }
    const double *porosity = properties.porosity.data() + batch.first_point;
    const double *c        = batch.state.row(decay.species);
    double *loss           = batch.mobile_loss.row(decay.species);
    double *slope          = batch.d_mobile.row(decay.species * n_variables() + decay.species);
    for (unsigned int p = 0; p < batch.n_points; ++p)
    {
      const double rate = decay.rate * medium.storage_share(decay.species, porosity[p]);
      loss[p] += rate * c[p];
      slope[p] -= rate;
    }
  }

  void Reaction::evaluate_motion(Batch &batch, const PointProperties &properties, double time,
                                 Motion &result) const
  {
    evaluate_before_rates(batch, properties, time);
    lacuna::evaluate_motion(bound, moving, properties, time, batch, result);
  }

  bool Reaction::acts_at_doses() const
  {
    return std::any_of(bound.laws.begin(), bound.laws.end(),
                       [](const BoundLaw &law) { return law.law->acts_at_doses(); });
  }

  void Reaction::give_dose(const Dose &dose, Batch &batch, const PointProperties &properties,
                           double time) const
  {
    evaluate_before_rates(batch, properties, time);
    for (const BoundLaw &law : bound.laws)
    {
      if (!law.law->acts_at_doses())
        continue;
      fill_reads(law, properties, time, true, batch);
      with_place_and_time(batch, properties, time,
                          [&] { law.caller.at_dose(dose, batch.laws, batch.n_points); });
      for (const BoundTarget &target : law.targets)
      {
        const BoundRead &read = law.reads[target.read];
        // What several instances of the law share is changed once.
        if (!law.first && read.index != static_cast<unsigned int>(law.subject))
          continue;
        const double *after = batch.laws.after(target.read);
        double *amount      = batch.state.row(read.index);
        for (unsigned int p = 0; p < batch.n_points; ++p)
          amount[p] = after[p] / read.factor;
      }
    }
  }

  std::vector<const Law *> Reaction::laws_with_ranges() const
  {
    std::vector<const Law *> result;
    for (const BoundLaw &law : bound.laws)
      if (law.first && !law.law->ranges.empty())
        result.push_back(law.law);
    return result;
  }

  void Reaction::report_ranges(Batch &batch, const PointProperties &properties, double time,
                               const RangeReport &report) const
  {
    evaluate_derived(bound, properties, batch);
    for (const BoundLaw &law : bound.laws)
    {
      if (law.law->ranges.empty())
        continue;
      fill_reads(law, properties, time, false, batch);
      for (const LawRange &range : law.law->ranges)
        for (unsigned int p = 0; p < batch.n_points; ++p)
          report(range, batch.laws.read(range.read)[p], batch.first_point + p,
                 law.subject < 0 ? 1 : batch.state.row(law.subject)[p]);
    }
  }

  std::vector<std::string> Reaction::idle_signals() const
  {
    return lacuna::idle_signals(bound.signals);
  }
} // namespace lacuna

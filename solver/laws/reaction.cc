// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "laws/reaction.h"

#include "config/quantity.h"
#include "config/user_error.h"

#include <algorithm>

namespace lacuna
{
  Reaction::Reaction(const Case &input, const SpeciesTable &species, const Medium &medium_,
                     const std::vector<DerivedQuantity> &derived_, const PointProperties &points,
                     const std::vector<const Law *> &laws)
      : n_mobile(species.mobile.size()), n_immobile(species.immobile.size()), derived(derived_),
        medium(medium_)
  {
    if (!input.allow_competing_deaths)
      refuse_competing_deaths(laws);
    for (const Law *law : laws)
    {
      const auto bound = bind_law(*law, input, species, derived, points, signals);
      runs.insert(runs.end(), bound.begin(), bound.end());
    }
    find_active_reads();
    for (unsigned int v = 0; v < n_variables(); ++v)
      if (const Species &one = species.variable(v); one.decay > 0)
        decays.push_back({v < n_mobile, v < n_mobile ? v : v - n_mobile, one.decay});
  }

  /** A read that cannot change, such as a place or a signal that no law provides, needs no
   * derivatives. */
  void Reaction::find_active_reads()
  {
    for (BoundLaw &run : runs)
    {
      for (unsigned int r = 0; r < run.reads.size(); ++r)
      {
        const BoundRead &read = run.reads[r];
        const bool idle =
            read.source == BoundRead::Source::signal && signals[read.index].provider.empty();
        if (read.depends_on_state() && !idle)
          run.active.push_back(r);
      }
      std::vector<unsigned int> changed;
      for (const BoundTarget &target : run.targets)
        changed.push_back(target.read);
      run.caller = LawCaller(*run.law, changed, run.active, run.first);
      for (const unsigned int species : run.motions)
        if (species == BoundLaw::absent)
          continue;
        else if (std::find(moving.begin(), moving.end(), species) == moving.end())
          moving.push_back(species);
        else
          throw UserError("law '" + run.law->section + "' moves '" + run.instance +
                          "', which another law moves already; remove one of the two.");
    }
  }

  std::vector<std::string> Reaction::idle_signals() const
  {
    std::vector<std::string> sentences;
    for (const Signal &signal : signals)
      if (!signal.provider.empty() && signal.user.empty())
        sentences.push_back("law '" + signal.provider + "' acts on '" + signal.process + "' of '" +
                            signal.target + "', but no law of this case has such a process");
    return sentences;
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
    batch.derived.resize(derived.size());
    batch.signal.resize(signals.size());
    batch.d_signal.resize(signals.size() * n_variables());
    return batch;
  }

  void Reaction::evaluate(Batch &batch, const PointProperties &properties, double time) const
  {
    for (BatchArray *result :
         {&batch.mobile_gain, &batch.mobile_loss, &batch.d_mobile, &batch.gain, &batch.loss_rate,
          &batch.d_gain, &batch.d_loss_rate, &batch.converted})
      result->clear();
    evaluate_derived(batch, properties);
    evaluate_signals(batch, properties, time);
    for (const BoundLaw &run : runs)
      if (!run.targets.empty())
        evaluate_rates(run, batch, properties, time);
    decay(batch, properties);
  }

  /** First-order decay that laws declare for their own species; once, however many doses there are.
   */
  void Reaction::decay(Batch &batch, const PointProperties &properties) const
  {
    for (const Decay &one : decays)
    {
      if (!one.mobile)
      {
        double *rate = batch.loss_rate.row(one.species);
        for (unsigned int p = 0; p < batch.n_points; ++p)
          rate[p] += one.rate;
        continue;
      }
      const double *porosity = properties.porosity.data() + batch.first_point;
      const double *c        = batch.state.row(one.species);
      double *loss           = batch.mobile_loss.row(one.species);
      double *slope          = batch.d_mobile.row(one.species * n_variables() + one.species);
      for (unsigned int p = 0; p < batch.n_points; ++p)
      {
        const double rate = one.rate * medium.storage_share(one.species, porosity[p]);
        loss[p] += rate * c[p];
        slope[p] -= rate;
      }
    }
  }

  void Reaction::evaluate_derived(Batch &batch, const PointProperties &properties) const
  {
    for (unsigned int d = 0; d < derived.size(); ++d)
    {
      double *value      = batch.derived.row(d);
      const double *base = properties.derived_base[d].data() + batch.first_point;
      std::copy(base, base + batch.n_points, value);
      for (const auto &[species, slope] : derived[d].slopes)
      {
        const double *c = batch.state.row(species);
        for (unsigned int p = 0; p < batch.n_points; ++p)
          value[p] += slope * c[p];
      }
    }
  }

  void Reaction::gather(const BoundLaw &run, Batch &batch, const PointProperties &properties,
                        double time, bool with_signals) const
  {
    using Source         = BoundRead::Source;
    const unsigned int n = batch.n_points, first = batch.first_point;
    run.caller.prepare(batch.laws);
    for (unsigned int r = 0; r < run.reads.size(); ++r)
    {
      const BoundRead &read = run.reads[r];
      if (read.source == Source::signal && !with_signals)
        continue;
      double *value        = batch.laws.read(r);
      const double *origin = nullptr;
      switch (read.source)
      {
      case Source::nothing:
        std::fill_n(value, n, 0.);
        break;
      case Source::variable:
        origin = batch.state.row(read.index);
        break;
      case Source::derived:
        origin = batch.derived.row(read.index);
        break;
      case Source::signal:
        origin = batch.signal.row(read.index);
        break;
      case Source::x:
        origin = properties.x.data() + first;
        break;
      case Source::y:
        origin = properties.y.data() + first;
        break;
      case Source::z:
        origin = properties.z.data() + first;
        break;
      case Source::porosity:
        origin = properties.porosity.data() + first;
        break;
      case Source::fixed_charge:
        origin = properties.fixed_charge.data() + first;
        break;
      case Source::region:
        for (unsigned int p = 0; p < n; ++p)
          value[p] = properties.region[first + p] == read.index ? 1 : 0;
        break;
      case Source::face:
        for (unsigned int p = 0; p < n; ++p)
          value[p] = read.factor * properties.face_area[read.index][first + p] /
                     properties.weight[first + p];
        break;
      case Source::face_area:
        std::fill_n(value, n, read.factor * properties.whole_face_area[read.index]);
        break;
      case Source::time:
        std::fill_n(value, n, read.factor * time);
        break;
      case Source::age:
        std::fill_n(value, n, read.factor * (time - read.time_origin));
        break;
      case Source::total:
        std::fill_n(value, n, 0.);
        for (const unsigned int variable : read.variables)
          for (unsigned int p = 0; p < n; ++p)
            value[p] += read.factor * batch.state.row(variable)[p];
        break;
      }
      if (origin != nullptr)
        for (unsigned int p = 0; p < n; ++p)
          value[p] = read.factor * origin[p];
    }
  }

  void Reaction::contract(const BoundRead &read, const double *sensitivity, double factor,
                          const Batch &batch, BatchArray &rows, unsigned int first_row) const
  {
    const unsigned int n_points = batch.n_points;
    const auto add              = [&](unsigned int variable, double slope)
    {
      double *row = rows.row(first_row + variable);
      for (unsigned int p = 0; p < n_points; ++p)
        row[p] += slope * sensitivity[p];
    };
    switch (read.source)
    {
    case BoundRead::Source::variable:
      add(read.index, factor * read.factor);
      break;
    case BoundRead::Source::derived:
      for (const auto &[species, slope] : derived[read.index].slopes)
        add(species, factor * read.factor * slope);
      break;
    case BoundRead::Source::total:
      for (const unsigned int variable : read.variables)
        add(variable, factor * read.factor);
      break;
    case BoundRead::Source::signal:
      for (unsigned int v = 0; v < n_variables(); ++v)
      {
        const double *gradient = batch.d_signal.row(read.index * n_variables() + v);
        double *row            = rows.row(first_row + v);
        for (unsigned int p = 0; p < n_points; ++p)
          row[p] += factor * read.factor * gradient[p] * sensitivity[p];
      }
      break;
    default:
      break; // position, time and tissue do not depend on the state
    }
  }

  void Reaction::evaluate_signals(Batch &batch, const PointProperties &properties,
                                  double time) const
  {
    batch.d_signal.clear();
    for (unsigned int k = 0; k < signals.size(); ++k)
      std::fill_n(batch.signal.row(k), batch.n_points,
                  signals[k].combination == LACUNA_COMBINE_PRODUCT ? 1. : 0.);
    for (const BoundLaw &run : runs)
      if (!run.provides.empty())
      {
        gather(run, batch, properties, time, false);
        call(batch, properties, time, [&] { run.caller.signals(batch.laws, batch.n_points); });
        check_signals(run, batch, properties, time);
        for (unsigned int k = 0; k < run.provides.size(); ++k)
          combine_signal(run, k, batch);
      }
  }

  void Reaction::combine_signal(const BoundLaw &run, unsigned int provided, Batch &batch) const
  {
    const unsigned int n_points = batch.n_points;
    const double *value         = batch.laws.signal(provided);
    double before[BatchArray::width], weighted[BatchArray::width];
    for (const unsigned int index : run.provides[provided])
    {
      double *combined   = batch.signal.row(index);
      const bool product = signals[index].combination == LACUNA_COMBINE_PRODUCT;
      std::copy_n(combined, n_points, before);
      for (unsigned int p = 0; p < n_points; ++p)
        combined[p] = product ? combined[p] * value[p] : combined[p] + value[p];
      if (product)
        for (unsigned int v = 0; v < n_variables(); ++v)
        {
          double *gradient = batch.d_signal.row(index * n_variables() + v);
          for (unsigned int p = 0; p < n_points; ++p)
            gradient[p] *= value[p];
        }
      for (const unsigned int r : run.active)
      {
        if (run.reads[r].source == BoundRead::Source::signal)
          continue;
        const double *slope = batch.laws.d_signal(provided, r);
        for (unsigned int p = 0; p < n_points; ++p)
          weighted[p] = product ? slope[p] * before[p] : slope[p];
        contract(run.reads[r], weighted, 1, batch, batch.d_signal, index * n_variables());
      }
    }
  }

  void Reaction::evaluate_rates(const BoundLaw &run, Batch &batch,
                                const PointProperties &properties, double time) const
  {
    gather(run, batch, properties, time, true);
    call(batch, properties, time, [&] { run.caller.rates(batch.laws, batch.n_points); });
    for (const BoundTarget &target : run.targets)
    {
      double *sum = batch.converted.row(run.reads[target.read].index);
      for (unsigned int p = 0; p < batch.n_points; ++p)
        sum[p] += target.factor * batch.laws.converted(target.read)[p];
    }
    for (const BoundTarget &target : run.targets)
      if (target.mobile)
        add_to_mobile(run, target, batch, properties);
      else
      {
        check_changes(run, target, batch, properties, time);
        add_to_immobile(run, target, batch);
      }
  }

  void Reaction::add_to_mobile(const BoundLaw &run, const BoundTarget &target, Batch &batch,
                               const PointProperties &properties) const
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
    for (const unsigned int r : run.active)
    {
      const double *dg = batch.laws.d_gain(target.read, r);
      const double *dl = batch.laws.d_loss(target.read, r);
      for (unsigned int p = 0; p < n; ++p)
        sensitivity[p] = scale[p] * (dg[p] - dl[p]);
      contract(run.reads[r], sensitivity, 1, batch, batch.d_mobile, target.species * n_variables());
    }
  }

  void Reaction::add_to_immobile(const BoundLaw &run, const BoundTarget &target, Batch &batch) const
  {
    constexpr double absent      = 1e-12; // below this amount a species counts as not there
    const unsigned int n         = batch.n_points;
    const unsigned int first_row = target.species * n_variables();
    const double *amount         = batch.state.row(n_mobile + target.species);
    double sensitivity[BatchArray::width];

    // The loss vanishes with the species, so its rate per amount is loss / n, and d loss / dn
    // where n = 0.
    double *gain    = batch.gain.row(target.species);
    double *rate    = batch.loss_rate.row(target.species);
    const double *g = batch.laws.gain(target.read), *l = batch.laws.loss(target.read);
    const double *own_slope = batch.laws.d_loss(target.read, target.read);
    double added[BatchArray::width];
    for (unsigned int p = 0; p < n; ++p)
    {
      gain[p] += target.factor * g[p];
      added[p] = amount[p] > absent ? target.factor * l[p] / amount[p]
                                    : target.factor * run.reads[target.read].factor * own_slope[p];
      rate[p] += added[p];
    }
    for (const unsigned int r : run.active)
    {
      const double *dg = batch.laws.d_gain(target.read, r);
      contract(run.reads[r], dg, target.factor, batch, batch.d_gain, first_row);
      const double *dl = batch.laws.d_loss(target.read, r);
      for (unsigned int p = 0; p < n; ++p)
        sensitivity[p] = amount[p] > absent ? dl[p] / amount[p] : 0;
      contract(run.reads[r], sensitivity, target.factor, batch, batch.d_loss_rate, first_row);
    }
    double *own = batch.d_loss_rate.row(first_row + n_mobile + target.species);
    for (unsigned int p = 0; p < n; ++p)
      if (amount[p] > absent)
        own[p] -= added[p] / amount[p];
  }
} // namespace lacuna

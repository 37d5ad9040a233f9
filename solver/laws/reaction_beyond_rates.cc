// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "laws/reaction.h"

#include "config/quantity.h"
#include "config/user_error.h"

#include <algorithm>

// What laws do besides rates: they move cells, act when a dose is given, and say where their data
// hold.

namespace lacuna
{
  Reaction::Movements Reaction::make_movements() const
  {
    Movements result;
    for (BatchArray *values : {&result.motility, &result.attraction})
      values->resize(moving.size());
    for (BatchArray *slopes : {&result.d_motility, &result.d_attraction})
      slopes->resize(moving.size() * n_variables());
    return result;
  }

  void Reaction::evaluate_movements(const Batch &batch, const PointProperties &properties,
                                    double time, Movements &result)
  {
    for (BatchArray *values :
         {&result.motility, &result.attraction, &result.d_motility, &result.d_attraction})
      values->clear();
    evaluate_derived(batch, properties);
    evaluate_signals(batch, properties, time);
    const unsigned int n = batch.n_points;
    for (const BoundLaw &run : runs)
    {
      if (run.moves.empty())
        continue;
      const unsigned int n_reads = run.reads.size(), n_moves = run.moves.size();
      gather(run, batch, properties, time, true);
      lacuna_batch called = arguments(run, batch);
      motility_pointer.resize(n_moves);
      attraction_pointer.resize(n_moves);
      d_motility_pointer.assign(n_moves * n_reads, nullptr);
      d_attraction_pointer.assign(n_moves * n_reads, nullptr);
      for (unsigned int k = 0; k < n_moves; ++k)
      {
        motility_pointer[k]   = law_movement.row(2 * k);
        attraction_pointer[k] = law_movement.row(2 * k + 1);
        for (const unsigned int c : run.active)
        {
          d_motility_pointer[k * n_reads + c]   = law_d_movement.row(2 * (k * n_reads + c));
          d_attraction_pointer[k * n_reads + c] = law_d_movement.row(2 * (k * n_reads + c) + 1);
        }
      }
      called.motility     = motility_pointer.data();
      called.attraction   = attraction_pointer.data();
      called.d_motility   = d_motility_pointer.data();
      called.d_attraction = d_attraction_pointer.data();
      call(batch, properties, time, [&] { run.law->motion(called); });

      const double per_second = 1e-6 / si_factor(run.law->library->plugin().time_unit); // of mm^2
      for (unsigned int k = 0; k < n_moves; ++k)
      {
        if (run.moves[k] == BoundLaw::nobody)
          continue;
        const unsigned int row =
            std::find(moving.begin(), moving.end(), run.moves[k]) - moving.begin();
        for (unsigned int p = 0; p < n; ++p)
        {
          result.motility.row(row)[p]   = per_second * motility_pointer[k][p];
          result.attraction.row(row)[p] = attraction_pointer[k][p];
        }
        for (const unsigned int c : run.active)
        {
          const unsigned int first_row = row * n_variables();
          contract(run.reads[c], d_motility_pointer[k * n_reads + c], per_second, n,
                   result.d_motility, first_row);
          contract(run.reads[c], d_attraction_pointer[k * n_reads + c], 1, n, result.d_attraction,
                   first_row);
        }
      }
    }
  }

  bool Reaction::acts_at_doses() const
  {
    return std::any_of(runs.begin(), runs.end(),
                       [](const BoundLaw &run) { return run.law->acts_at_doses(); });
  }

  void Reaction::give_dose(const InjectionSettings &injection, lacuna_dose dose, Batch &batch,
                           const PointProperties &properties, double time)
  {
    evaluate_derived(batch, properties);
    evaluate_signals(batch, properties, time);
    const unsigned int n = batch.n_points;
    for (const BoundLaw &run : runs)
    {
      if (!run.law->acts_at_doses())
        continue;
      gather(run, batch, properties, time, true);
      lacuna_batch called = arguments(run, batch);
      after_pointer.assign(run.reads.size(), nullptr);
      for (const BoundTarget &target : run.targets)
        after_pointer[target.read] = amount_after.row(target.read);
      called.after = after_pointer.data();
      dose.time    = injection.time / si_factor(run.law->library->plugin().time_unit);
      call(batch, properties, time, [&] { run.law->at_dose(dose, called); });
      for (const BoundTarget &target : run.targets)
      {
        const BoundRead &read = run.reads[target.read];
        // What several instances of the law share is changed once.
        if (!run.first && read.index != static_cast<unsigned int>(run.subject))
          continue;
        double *amount = batch.state.row(read.index);
        for (unsigned int p = 0; p < n; ++p)
          amount[p] = after_pointer[target.read][p] / read.factor;
      }
    }
  }

  std::vector<const Law *> Reaction::laws_with_ranges() const
  {
    std::vector<const Law *> result;
    for (const BoundLaw &run : runs)
      if (run.first && !run.law->ranges.empty())
        result.push_back(run.law);
    return result;
  }

  void Reaction::look_at_ranges(const Batch &batch, const PointProperties &properties, double time,
                                const RangeReport &report)
  {
    evaluate_derived(batch, properties);
    for (const BoundLaw &run : runs)
    {
      if (run.law->ranges.empty())
        continue;
      gather(run, batch, properties, time, false);
      for (const LawRange &range : run.law->ranges)
        for (unsigned int p = 0; p < batch.n_points; ++p)
          report(range, read_value.row(range.read)[p], batch.first_point + p,
                 run.subject < 0 ? 1 : batch.state.row(run.subject)[p]);
    }
  }
} // namespace lacuna

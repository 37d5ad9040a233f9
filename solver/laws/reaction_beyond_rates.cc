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
  Reaction::Motion Reaction::make_motion() const
  {
    Motion result;
    for (BatchArray *values : {&result.motility, &result.attraction})
      values->resize(moving.size());
    for (BatchArray *slopes : {&result.d_motility, &result.d_attraction})
      slopes->resize(moving.size() * n_variables());
    return result;
  }

  void Reaction::evaluate_motion(Batch &batch, const PointProperties &properties, double time,
                                 Motion &result) const
  {
    for (BatchArray *values :
         {&result.motility, &result.attraction, &result.d_motility, &result.d_attraction})
      values->clear();
    evaluate_derived(batch, properties);
    evaluate_signals(batch, properties, time);
    const unsigned int n = batch.n_points;
    for (const BoundLaw &run : runs)
    {
      if (run.motions.empty())
        continue;
      gather(run, batch, properties, time, true);
      call(batch, properties, time, [&] { run.caller.motion(batch.laws, n); });

      const double per_second = 1e-6 / run.law->time_unit; // of mm^2
      for (unsigned int k = 0; k < run.motions.size(); ++k)
      {
        if (run.motions[k] == BoundLaw::absent)
          continue;
        const unsigned int row =
            std::find(moving.begin(), moving.end(), run.motions[k]) - moving.begin();
        for (unsigned int p = 0; p < n; ++p)
        {
          result.motility.row(row)[p]   = per_second * batch.laws.motility(k)[p];
          result.attraction.row(row)[p] = batch.laws.attraction(k)[p];
        }
        for (const unsigned int c : run.active)
        {
          const unsigned int first_row = row * n_variables();
          contract(run.reads[c], batch.laws.d_motility(k, c), per_second, batch, result.d_motility,
                   first_row);
          contract(run.reads[c], batch.laws.d_attraction(k, c), 1, batch, result.d_attraction,
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

  void Reaction::give_dose(const Dose &dose, Batch &batch, const PointProperties &properties,
                           double time) const
  {
    evaluate_derived(batch, properties);
    evaluate_signals(batch, properties, time);
    const unsigned int n = batch.n_points;
    for (const BoundLaw &run : runs)
    {
      if (!run.law->acts_at_doses())
        continue;
      gather(run, batch, properties, time, true);
      call(batch, properties, time, [&] { run.caller.at_dose(dose, batch.laws, n); });
      for (const BoundTarget &target : run.targets)
      {
        const BoundRead &read = run.reads[target.read];
        // What several instances of the law share is changed once.
        if (!run.first && read.index != static_cast<unsigned int>(run.subject))
          continue;
        double *amount = batch.state.row(read.index);
        for (unsigned int p = 0; p < n; ++p)
          amount[p] = batch.laws.after(target.read)[p] / read.factor;
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

  void Reaction::report_ranges(Batch &batch, const PointProperties &properties, double time,
                               const RangeReport &report) const
  {
    evaluate_derived(batch, properties);
    for (const BoundLaw &run : runs)
    {
      if (run.law->ranges.empty())
        continue;
      gather(run, batch, properties, time, false);
      for (const LawRange &range : run.law->ranges)
        for (unsigned int p = 0; p < batch.n_points; ++p)
          report(range, batch.laws.read(range.read)[p], batch.first_point + p,
                 run.subject < 0 ? 1 : batch.state.row(run.subject)[p]);
    }
  }
} // namespace lacuna

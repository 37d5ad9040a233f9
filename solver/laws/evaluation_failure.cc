// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "laws/evaluation_failure.h"

#include "config/quantity.h"
#include "config/user_error.h"

#include <vector>

namespace lacuna
{
  namespace
  {
    /** Whether nothing that the law was given is negative: diffusion undershoots by a little here
     * and there, which is reported elsewhere and no fault of a law. */
    bool has_only_amounts(const BoundLaw &bound, const LawBatch &batch, unsigned int p)
    {
      for (unsigned int r = 0; r < bound.reads.size(); ++r)
        if (bound.reads[r].source == BoundRead::Source::variable && batch.laws.read(r)[p] < 0)
          return false;
      return true;
    }
  } // namespace

  std::string place_and_time(const LawBatch &batch, const PointProperties &properties,
                             unsigned int p, double time)
  {
    const auto in_mm = [&](const std::vector<double> &coordinate)
    { return shortest(1e3 * coordinate[batch.first_point + p]); };
    return "\n  at (" + in_mm(properties.x) + ", " + in_mm(properties.y) + ", " +
           in_mm(properties.z) + ") mm, t = " + shortest(time / 86400) + " d";
  }

  void check_factors(const BoundLaw &bound, const LawBatch &batch,
                     const PointProperties &properties, double time)
  {
    for (unsigned int k = 0; k < bound.provides.size(); ++k)
    {
      const LawSignal &signal = bound.law->provides[k];
      if (signal.combination != LACUNA_COMBINE_PRODUCT)
        continue;
      const double *factor = batch.laws.signal(k);
      for (unsigned int p = 0; p < batch.n_points; ++p)
        if (!(factor[p] >= 0) && has_only_amounts(bound, batch, p))
          throw EvaluationError("law '" + bound.law->section + "' gives the process '" +
                                signal.process + "' of '" + signal.target + "' the factor " +
                                shortest(factor[p]) + "; a factor must not be negative" +
                                place_and_time(batch, properties, p, time));
    }
  }

  void check_changes(const BoundLaw &bound, const BoundTarget &target, const LawBatch &batch,
                     const PointProperties &properties, double time)
  {
    const double *gain = batch.laws.gain(target.read), *loss = batch.laws.loss(target.read);
    for (unsigned int p = 0; p < batch.n_points; ++p)
      if ((!(gain[p] >= 0) || !(loss[p] >= 0)) && has_only_amounts(bound, batch, p))
        throw EvaluationError(
            "law '" + bound.law->section + "' computes the " +
            (loss[p] >= 0 ? "gain " + shortest(gain[p]) : "loss " + shortest(loss[p])) + " of '" +
            bound.law->reads[target.read].name +
            "', which must not be negative; what adds belongs to 'at.rate(..) +=', what takes away "
            "to 'at.rate(..) -='" +
            place_and_time(batch, properties, p, time));
  }
} // namespace lacuna

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "laws/reaction.h"

#include "config/quantity.h"
#include "config/user_error.h"

// What is told when a law cannot say what happens, or says what cannot be.

namespace lacuna
{
  namespace
  {
    std::string place_and_time(const PointProperties &properties, unsigned int p, double time)
    {
      return "\n  at (" + shortest(1e3 * properties.x[p]) + ", " + shortest(1e3 * properties.y[p]) +
             ", " + shortest(1e3 * properties.z[p]) + ") mm, t = " + shortest(time / 86400) + " d";
    }
  } // namespace

  /** Runs a function of a law; what it says when it fails gets place and time. */
  void Reaction::call(const Batch &batch, const PointProperties &properties, double time,
                      const std::function<void()> &function) const
  {
    try
    {
      function();
    }
    catch (const LawFailure &failure)
    {
      throw EvaluationError(failure.what() +
                            place_and_time(properties, batch.first_point + failure.point, time));
    }
  }

  /** Whether nothing that the law was given is negative: diffusion undershoots by a little here and
   * there, which is reported elsewhere and no fault of a law. */
  bool Reaction::inputs_are_sound(const BoundLaw &run, const Batch &batch, unsigned int p) const
  {
    for (unsigned int r = 0; r < run.reads.size(); ++r)
      if (run.reads[r].source == BoundRead::Source::variable && batch.laws.read(r)[p] < 0)
        return false;
    return true;
  }

  /** A factor is not negative. */
  void Reaction::check_signals(const BoundLaw &run, const Batch &batch,
                               const PointProperties &properties, double time) const
  {
    for (unsigned int k = 0; k < run.provides.size(); ++k)
      if (run.law->provides[k].combination == LACUNA_COMBINE_PRODUCT)
        for (unsigned int p = 0; p < batch.n_points; ++p)
          if (!(batch.laws.signal(k)[p] >= 0) && inputs_are_sound(run, batch, p))
            throw EvaluationError("law '" + run.law->section + "' gives the process '" +
                                  run.law->provides[k].process + "' of '" +
                                  run.law->provides[k].target + "' the factor " +
                                  shortest(batch.laws.signal(k)[p]) +
                                  "; a factor must not be negative" +
                                  place_and_time(properties, batch.first_point + p, time));
  }

  /** What stays in place is neither gained nor lost backwards, where it exists at all. */
  void Reaction::check_changes(const BoundLaw &run, const BoundTarget &target, const Batch &batch,
                               const PointProperties &properties, double time) const
  {
    const double *gain = batch.laws.gain(target.read), *loss = batch.laws.loss(target.read);
    for (unsigned int p = 0; p < batch.n_points; ++p)
      if ((!(gain[p] >= 0) || !(loss[p] >= 0)) && inputs_are_sound(run, batch, p))
        throw EvaluationError(
            "law '" + run.law->section + "' computes the " +
            (loss[p] >= 0 ? "gain " + shortest(gain[p]) : "loss " + shortest(loss[p])) + " of '" +
            run.law->reads[target.read].name +
            "', which must not be negative; what adds belongs to 'at.rate(..) +=', what takes away "
            "to "
            "'at.rate(..) -='" +
            place_and_time(properties, batch.first_point + p, time));
  }
} // namespace lacuna

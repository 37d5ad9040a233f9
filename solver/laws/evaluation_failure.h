// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "laws/bound_law.h"
#include "laws/law_batch.h"
#include "species/point_properties.h"

#include <string>

namespace lacuna
{
  /** "\n  at (1, 2, 3) mm, t = 4 d": where point p of a batch is, and when. */
  std::string place_and_time(const LawBatch &batch, const PointProperties &properties,
                             unsigned int p, double time);

  /** Calls a function of a law; what it says when it fails gets place and time. */
  template <class Function>
  void with_place_and_time(const LawBatch &batch, const PointProperties &properties, double time,
                           const Function &function)
  {
    try
    {
      function();
    }
    catch (const LawFailure &failure)
    {
      throw EvaluationError(failure.what() +
                            place_and_time(batch, properties, failure.point, time));
    }
  }

  /** Throws EvaluationError if a law gives a negative factor. */
  void check_factors(const BoundLaw &bound, const LawBatch &batch,
                     const PointProperties &properties, double time);

  /** Throws EvaluationError if what stays in place is gained or lost backwards. */
  void check_changes(const BoundLaw &bound, const BoundTarget &target, const LawBatch &batch,
                     const PointProperties &properties, double time);
} // namespace lacuna

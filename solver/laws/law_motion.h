// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "laws/bound_law.h"
#include "laws/law_batch.h"
#include "species/point_properties.h"

#include <vector>

namespace lacuna
{
  /** How the cells of one species move at the points of a batch, SI, and what that depends on. */
  struct LawMotion
  {
    BatchArray motility, attraction;     ///< [moving species], m^2/s and 1
    BatchArray d_motility, d_attraction; ///< [moving species * n_variables + variable]
  };

  /** The mobile species that laws move. Throws UserError if two laws move the same. */
  std::vector<unsigned int> moving_species(const BoundLaws &laws);

  LawMotion make_motion(const BoundLaws &laws, const std::vector<unsigned int> &moving);

  /** Asks all laws how they move cells. Signals must have been evaluated. Throws EvaluationError.
   */
  void evaluate_motion(const BoundLaws &laws, const std::vector<unsigned int> &moving,
                       const PointProperties &properties, double time, LawBatch &batch,
                       LawMotion &result);
} // namespace lacuna

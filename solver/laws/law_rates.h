// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "laws/bound_law.h"
#include "laws/law_batch.h"
#include "species/point_properties.h"

namespace lacuna
{
  /**
   * Asks one law for its rates and adds them to the batch, with their derivatives by the variables.
   * Signals must have been evaluated. `scaled_by_porosity` is the mobile species whose rates are
   * scaled by the porosity, or -1. Throws EvaluationError.
   */
  void add_rates(const BoundLaws &laws, const BoundLaw &bound, int scaled_by_porosity,
                 const PointProperties &properties, double time, LawBatch &batch);
} // namespace lacuna

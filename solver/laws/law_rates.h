// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "laws/bound_law.h"
#include "laws/law_batch.h"
#include "species/medium.h"
#include "species/point_properties.h"

namespace lacuna
{
  /**
   * Asks one law for its rates and adds them to the batch, with their derivatives by the variables.
   * Signals must have been evaluated. Throws EvaluationError.
   */
  void add_rates(const BoundLaws &laws, const BoundLaw &bound, const Medium &medium,
                 const PointProperties &properties, double time, LawBatch &batch);
} // namespace lacuna

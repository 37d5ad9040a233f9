// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "laws/bound_law.h"
#include "laws/law_batch.h"
#include "species/point_properties.h"

#include <string>
#include <vector>

namespace lacuna
{
  /** Asks all laws for the signals that they provide, and combines them with their derivatives by
   * the variables. Derived quantities must have been evaluated. Throws EvaluationError. */
  void evaluate_signals(const BoundLaws &laws, const PointProperties &properties, double time,
                        LawBatch &batch);

  /** Sentences on signals that a law provides and none uses. */
  std::vector<std::string> idle_signals(const std::vector<Signal> &signals);
} // namespace lacuna

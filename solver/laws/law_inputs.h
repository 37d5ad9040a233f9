// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "laws/bound_law.h"
#include "laws/law_batch.h"
#include "species/point_properties.h"

namespace lacuna
{
  /** Evaluates the quantities that follow from the state of a batch, such as pH. */
  void evaluate_derived(const BoundLaws &laws, const PointProperties &properties, LawBatch &batch);

  /** Hands a law what it reads at the points of a batch, in its units; signals only where they are
   * evaluated already. */
  void fill_reads(const BoundLaw &bound, const PointProperties &properties, double time,
                  bool with_signals, LawBatch &batch);
} // namespace lacuna

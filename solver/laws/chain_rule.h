// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "laws/bound_law.h"
#include "laws/law_batch.h"

namespace lacuna
{
  /**
   * Laws give derivatives by what they read; the solver needs them by the variables u of the point.
   * For a result f of a law with reads x_r,
   *
   *     df/du_v = sum over r of df/dx_r dx_r/du_v,
   *
   * where dx_r/du_v is, up to the law's unit,
   *     1 for the variable v itself, and for each variable of a total,
   *     the constant slope of a derived quantity such as pH in a solute,
   *     the gradient d_signal of a signal, for every v: signals depend on the state themselves,
   *     0 for place, time and tissue.
   *
   * Adds factor * sensitivity[p] * dx_r/du_v for one read r to the rows `first_row` + v, in which
   * sensitivity is df/dx_r at the points.
   */
  void contract(const BoundLaws &laws, const BoundRead &read, const double *sensitivity,
                double factor, const LawBatch &batch, BatchArray &rows, unsigned int first_row);
} // namespace lacuna

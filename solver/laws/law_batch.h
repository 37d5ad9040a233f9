// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "laws/batch_array.h"
#include "laws/law_caller.h"

namespace lacuna
{
  /** State and result of the laws at one batch of points, SI. Rows of derivatives: species *
   * n_variables + variable. Every thread has its own. */
  struct LawBatch
  {
    unsigned int first_point = 0, n_points = 0;
    BatchArray state;                    ///< [variable]
    BatchArray mobile_gain, mobile_loss; ///< [mobile species], amount per tissue volume and time
    BatchArray d_mobile;                 ///< of gain - loss
    BatchArray gain, loss_rate;          ///< dn/dt = gain - loss_rate * n, for [immobile species]
    BatchArray d_gain, d_loss_rate;
    BatchArray converted; ///< [variable]: the part of a population's loss that is no death

    // Between state and result.
    BatchArray derived;          ///< [derived quantity]
    BatchArray signal, d_signal; ///< [signal], [signal * n_variables + variable]
    LawCaller::Workspace laws;
  };
} // namespace lacuna

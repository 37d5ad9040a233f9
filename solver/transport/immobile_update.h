// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "laws/reaction.h"
#include "species/field.h"

#include <vector>

namespace lacuna
{
  /**
   * The step of the immobile species at the points of one batch, dn/dt = gain - loss_rate * n, in
   * production-loss form with averaged coefficients:
   *
   *   n_new = n_old exp(-z) + h p phi(z),   z = h (l_old + l_new)/2,   p = (p_old + p_new)/2,
   * phi(z) = (1 - exp(-z))/z.
   *
   * Second order, positive for every step. With Phi(c, n) the right-hand side for the
   * concentrations c of the mobile species, n_new solves n = Phi(c, n) by a Newton iteration at
   * each point, and is a function of c: from the derivative of that equation,
   *
   *   (1 - Phi_n) dn/dc = Phi_c,
   *
   * so that the rate R(c, n(c)) of the mobile species has the derivative R_c + R_n (1 - Phi_n)^-1
   * Phi_c, the Schur complement of the whole system at the point. The immobile species thus leave
   * the equations of the mobile ones.
   */
  class ImmobileUpdate
  {
  public:
    ImmobileUpdate(unsigned int n_mobile, unsigned int n_immobile);

    /** Where the step starts, and its length (s). A step of 0 keeps n as it is. */
    struct Start
    {
      ConstPointView amount, gain, loss_rate;
      double step = 0;
    };

    /**
     * Solves for the batch's immobile variables, whose present values are the first guess,
     * evaluating `reaction` as often as needed; afterwards the batch holds the rates at the
     * solution. Then adds the dependence of the immobile on the mobile species to batch.d_mobile's
     * columns of mobile species.
     */
    void solve(const Reaction &reaction, Reaction::Batch &batch, const PointProperties &properties,
               double time, const Start &start);

  private:
    double newton_step(Reaction::Batch &batch, const Start &start);
    void follow_change(Reaction::Batch &batch) const;
    void eliminate(Reaction::Batch &batch, const Start &start);
    void linearise(const Reaction::Batch &batch, const Start &start, unsigned int p);

    unsigned int n_mobile, n_immobile;
    BatchArray last_change;            ///< [immobile species], of the last Newton step
    std::vector<double> target;        ///< Phi at one point
    std::vector<double> slope;         ///< d Phi / d variable at one point: [immobile][variable]
    std::vector<double> matrix, right; ///< dense system of one point
  };
} // namespace lacuna

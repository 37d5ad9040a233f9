// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "transport/immobile_update.h"

#include "transport/dense.h"

#include "config/user_error.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace lacuna
{
  namespace
  {
    constexpr unsigned int largest_number_of_iterations = 50;
    constexpr double tolerance                          = 1e-13;
    /** Below this relative change the rates follow by their derivatives, to its square, without
     * asking the laws again. */
    constexpr double small_change = 1e-6;

    /** (1 - exp(-z)) / z and its derivative. */
    std::pair<double, double> phi(double z)
    {
      if (std::abs(z) < 1e-4)
        return {1 - z / 2 + z * z / 6, -0.5 + z / 3 - z * z / 8};
      const double e = std::exp(-z);
      return {-std::expm1(-z) / z, (e * (1 + z) - 1) / (z * z)};
    }
  } // namespace

  ImmobileUpdate::ImmobileUpdate(unsigned int n_mobile_, unsigned int n_immobile_)
      : n_mobile(n_mobile_), n_immobile(n_immobile_), target(n_immobile_),
        slope(n_immobile_ * (n_mobile_ + n_immobile_)), matrix(n_immobile_ * n_immobile_),
        right(n_immobile_ * std::max(n_mobile_, 1u))
  {
    last_change.resize(n_immobile);
  }

  void ImmobileUpdate::solve(const Reaction &reaction, Reaction::Batch &batch,
                             const PointProperties &properties, double time, const Start &start)
  {
    reaction.evaluate(batch, properties, time);
    if (n_immobile == 0 || start.step == 0)
      return;
    for (unsigned int iteration = 0;; ++iteration)
    {
      const double change = newton_step(batch, start);
      if (change < small_change)
        break;
      if (iteration == largest_number_of_iterations)
        throw ConvergenceError("the cells' own equations did not converge at a point; their laws "
                               "change too abruptly within one step");
      reaction.evaluate(batch, properties, time);
    }
    follow_change(batch);
    eliminate(batch, start);
  }

  /** Phi and its slopes at point p of the batch. */
  void ImmobileUpdate::linearise(const Reaction::Batch &batch, const Start &start, unsigned int p)
  {
    const unsigned int n_variables = n_mobile + n_immobile;
    const double h                 = start.step;
    for (unsigned int k = 0; k < n_immobile; ++k)
    {
      const unsigned int point = batch.first_point + p;
      const double z           = 0.5 * h * (start.loss_rate(point, k) + batch.loss_rate.row(k)[p]);
      const double g           = 0.5 * h * (start.gain(point, k) + batch.gain.row(k)[p]);
      const double old         = start.amount(point, k) * std::exp(-z);
      const auto [f, df]       = phi(z);
      target[k]                = old + g * f;
      for (unsigned int v = 0; v < n_variables; ++v)
        slope[k * n_variables + v] =
            0.5 * h *
            (batch.d_gain.row(k * n_variables + v)[p] * f +
             batch.d_loss_rate.row(k * n_variables + v)[p] * (g * df - old));
    }
  }

  /** Moves the batch's immobile variables by one Newton step; returns the largest relative change.
   */
  double ImmobileUpdate::newton_step(Reaction::Batch &batch, const Start &start)
  {
    const unsigned int n_variables = n_mobile + n_immobile;
    double largest                 = 0;
    for (unsigned int p = 0; p < batch.n_points; ++p)
    {
      linearise(batch, start, p);
      double relative = 0;
      for (unsigned int k = 0; k < n_immobile; ++k)
      {
        const double n = batch.state.row(n_mobile + k)[p];
        right[k]       = target[k] - n;
        const double scale =
            std::abs(n) + std::abs(target[k]) + std::abs(start.amount(batch.first_point + p, k));
        if (scale > 0)
          relative = std::max(relative, std::abs(right[k]) / scale);
        for (unsigned int l = 0; l < n_immobile; ++l)
          matrix[k * n_immobile + l] = (k == l ? 1 : 0) - slope[k * n_variables + n_mobile + l];
      }
      largest = std::max(largest, relative);
      if (relative > tolerance)
        solve_dense(matrix.data(), right.data(), n_immobile, 1);
      for (unsigned int k = 0; k < n_immobile; ++k)
      {
        double &n = batch.state.row(n_mobile + k)[p];
        // Phi is positive by construction; the Newton step need not be.
        const double moved    = relative <= tolerance ? n
                                : n + right[k] >= 0   ? n + right[k]
                                                      : target[k];
        last_change.row(k)[p] = moved - n;
        n                     = moved;
      }
    }
    return largest;
  }

  /** Brings the rates from where the laws were evaluated to the present immobile variables, to
   * first order. */
  void ImmobileUpdate::follow_change(Reaction::Batch &batch) const
  {
    const unsigned int n_variables = n_mobile + n_immobile;
    const auto change              = [&](const BatchArray &slopes, unsigned int row, unsigned int p)
    {
      double sum = 0;
      for (unsigned int k = 0; k < n_immobile; ++k)
        sum += slopes.row(row * n_variables + n_mobile + k)[p] * last_change.row(k)[p];
      return sum;
    };
    for (unsigned int p = 0; p < batch.n_points; ++p)
    {
      for (unsigned int s = 0; s < n_mobile; ++s)
      {
        // d_mobile is of the difference; what changes is the larger of the two.
        double &gain = batch.mobile_gain.row(s)[p], &loss = batch.mobile_loss.row(s)[p];
        const double net = change(batch.d_mobile, s, p);
        (gain > loss ? gain : loss) += gain > loss ? net : -net;
      }
      for (unsigned int k = 0; k < n_immobile; ++k)
      {
        batch.gain.row(k)[p] += change(batch.d_gain, k, p);
        batch.loss_rate.row(k)[p] += change(batch.d_loss_rate, k, p);
      }
    }
  }

  /** Adds R_n (1 - Phi_n)^-1 Phi_c to R_c at every point. */
  void ImmobileUpdate::eliminate(Reaction::Batch &batch, const Start &start)
  {
    const unsigned int n_variables = n_mobile + n_immobile;
    for (unsigned int p = 0; p < batch.n_points; ++p)
    {
      linearise(batch, start, p);
      for (unsigned int k = 0; k < n_immobile; ++k)
      {
        for (unsigned int l = 0; l < n_immobile; ++l)
          matrix[k * n_immobile + l] = (k == l ? 1 : 0) - slope[k * n_variables + n_mobile + l];
        for (unsigned int t = 0; t < n_mobile; ++t)
          right[k * n_mobile + t] = slope[k * n_variables + t];
      }
      solve_dense(matrix.data(), right.data(), n_immobile, n_mobile); // now right = dn/dc
      for (unsigned int s = 0; s < n_mobile; ++s)
        for (unsigned int k = 0; k < n_immobile; ++k)
        {
          const double by_immobile = batch.d_mobile.row(s * n_variables + n_mobile + k)[p];
          if (by_immobile != 0)
            for (unsigned int t = 0; t < n_mobile; ++t)
              batch.d_mobile.row(s * n_variables + t)[p] += by_immobile * right[k * n_mobile + t];
        }
    }
  }
} // namespace lacuna

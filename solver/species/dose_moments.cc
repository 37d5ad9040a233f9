// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "species/dose_moments.h"

#include <deal.II/base/mpi.h>
#include <deal.II/lac/lapack_full_matrix.h>
#include <deal.II/lac/vector.h>

#include <cmath>
#include <utility>

namespace lacuna
{
  namespace
  {
    /** The dual of the problem: the sum of bound_p log(1 + given_p / (bound_p - given_p)
     * exp(l . off_p)) less l_0, convex in l, with off = (1, moments - target); its gradient is by
     * how far sum and moments are off. */
    class Dual
    {
    public:
      Dual(const std::vector<Moments> &moments_, const Moments &target_, unsigned int n_moments,
           const std::vector<double> &bound_, const std::vector<double> &given_,
           MPI_Comm communicator_)
          : moments(moments_), target(target_), bound(bound_), given(given_),
            communicator(communicator_), n(1 + n_moments), off(n)
      {
      }

      void evaluate(const dealii::Vector<double> &l)
      {
        std::vector<double> sums(1 + n + n * n, 0.);
        for (std::size_t p = 0; p < given.size(); ++p)
        {
          if (given[p] <= 0)
            continue;
          const double odds  = odds_of(p, l); // leaves off_p in off
          const double share = bound[p] * odds / (1 + odds);
          sums[0] += bound[p] * std::log1p(odds);
          for (unsigned int a = 0; a < n; ++a)
          {
            sums[1 + a] += share * off[a];
            for (unsigned int b = 0; b < n; ++b)
              sums[1 + n + a * n + b] += share / (1 + odds) * off[a] * off[b];
          }
        }
        dealii::Utilities::MPI::sum(sums, communicator, sums);
        value = sums[0] - l(0);
        gradient.reinit(n);
        curvature.reinit(n);
        for (unsigned int a = 0; a < n; ++a)
          gradient(a) = sums[1 + a] - (a == 0 ? 1 : 0);
        for (unsigned int a = 0; a < n; ++a)
          for (unsigned int b = 0; b < n; ++b)
            curvature(a, b) = sums[1 + n + a * n + b];
      }

      /** Directions in which no share can differ (a bar of one cell) are left alone. */
      dealii::Vector<double> newton_step()
      {
        dealii::Vector<double> step(n);
        curvature.compute_inverse_svd(1e-11);
        curvature.vmult(step, gradient);
        step *= -1;
        return step;
      }

      double share_of(std::size_t p, const dealii::Vector<double> &l)
      {
        if (given[p] <= 0)
          return 0;
        const double odds = odds_of(p, l);
        return bound[p] * odds / (1 + odds);
      }

      double value = 0;
      dealii::Vector<double> gradient;

    private:
      double odds_of(std::size_t p, const dealii::Vector<double> &l)
      {
        off[0]          = 1;
        double exponent = l(0);
        for (unsigned int a = 1; a < n; ++a)
        {
          off[a] = moments[p][a - 1] - target[a - 1];
          exponent += l(a) * off[a];
        }
        return given[p] / (bound[p] - given[p]) * std::exp(exponent);
      }

      const std::vector<Moments> &moments;
      const Moments &target;
      const std::vector<double> &bound, &given;
      MPI_Comm communicator;
      const unsigned int n;
      std::vector<double> off;
      dealii::LAPACKFullMatrix<double> curvature;
    };
  } // namespace

  bool match_moments(const std::vector<Moments> &moments, const Moments &target,
                     unsigned int n_moments, const std::vector<double> &bound,
                     std::vector<double> &share, MPI_Comm communicator)
  {
    constexpr unsigned int most_iterations = 60;
    constexpr double exact = 1e-13, far = 60; // of the dose's size; an exponent
    dealii::Vector<double> l(1 + n_moments), tried;
    Dual dual(moments, target, n_moments, bound, share, communicator);
    dual.evaluate(l);
    for (unsigned int k = 0; dual.gradient.linfty_norm() > exact; ++k)
    {
      if (k == most_iterations)
        return false;
      const double before = dual.value, slope_norm = dual.gradient.linfty_norm();
      const auto step = dual.newton_step();
      for (double length = 1;; length /= 2)
      {
        tried = l;
        tried.add(length, step);
        if (length < 1e-6)
          return false;
        if (tried.linfty_norm() > far)
          continue;
        dual.evaluate(tried);
        if (dual.value < before || dual.gradient.linfty_norm() < slope_norm)
          break;
      }
      l = tried;
    }
    std::vector<double> matched(share.size());
    for (std::size_t p = 0; p < share.size(); ++p)
      matched[p] = dual.share_of(p, l);
    share = std::move(matched);
    return true;
  }
} // namespace lacuna

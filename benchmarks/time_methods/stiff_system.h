// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstddef>
#include <vector>

namespace lacuna
{
  using Unknowns = std::vector<double>;

  /** dy/dt = f(t, y), as the methods in this folder see it. */
  class StiffSystem
  {
  public:
    virtual ~StiffSystem() = default;

    virtual std::size_t size() const = 0;

    /** f(t, y); the Jacobian J = df/dy is that of the last call. */
    virtual void evaluate(double t, const double *y, double *f) = 0;

    /** Prepares solve() with J as it is now and this alpha. */
    virtual void prepare(double alpha) = 0;

    /** Solves (alpha - J) x = r, so that x is off by less than `accuracy` in size_of(). */
    virtual void solve(const Unknowns &r, double accuracy, Unknowns &x) = 0;

    /** The largest relative size of any species in `e`, held against `y`. */
    virtual double size_of(const Unknowns &e, const Unknowns &y) = 0;

    unsigned long n_solves = 0, n_iterations = 0;
  };
} // namespace lacuna

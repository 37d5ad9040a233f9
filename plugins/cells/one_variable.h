// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <lacuna/law.h>

// For a law that reads much, but whose expensive formulas depend on one quantity each: they are
// evaluated in numbers with a single derivative, and their results are joined to the full numbers
// once, by the chain rule. That changes the cost, and nothing else.

/** x as the only variable; without derivatives there is nothing to save. */
inline double only_variable(double x)
{
  return x;
}
template <int N>
lacuna::Dual<1> only_variable(const lacuna::Dual<N> &x)
{
  return lacuna::Dual<1>::input(x.value, 0);
}

/** The derivative of a function of one variable; not needed, and 0, without derivatives. */
inline double slope(double)
{
  return 0;
}
inline double slope(const lacuna::Dual<1> &f)
{
  return f.slope[0];
}

/** One term of the chain rule: df/dx, and x. */
template <class Number>
struct Term
{
  double slope;
  const Number &input;
};

/** The full number f, whose differential is the sum of all terms. */
template <int K>
double joined(double f, const Term<double> (&)[K])
{
  return f;
}
template <int N, int K>
lacuna::Dual<N> joined(double f, const Term<lacuna::Dual<N>> (&terms)[K])
{
  double sum[N]; // a local array, so that the compiler knows that no input changes
  for (int i = 0; i < N; ++i)
  {
    double one = 0;
    for (int k = 0; k < K; ++k)
      one += terms[k].slope * terms[k].input.slope[i];
    sum[i] = one;
  }
  lacuna::Dual<N> result(f);
  for (int i = 0; i < N; ++i)
    result.slope[i] = sum[i];
  return result;
}

/** True if x is zero and stays so whatever the state does: a sum of signals that nobody provides.
 */
inline bool vanishes(double x)
{
  return x == 0;
}
template <int N>
bool vanishes(const lacuna::Dual<N> &x)
{
  double size = std::fabs(x.value);
  for (int i = 0; i < N; ++i)
    size += std::fabs(x.slope[i]);
  return size == 0;
}

/** lacuna::logistic at the cost of a single exponential; its lower tail ends at exp(-500). */
inline double step(double x)
{
  return 1 / (1 + std::exp(-lacuna::max(x, -500.)));
}
template <int N>
lacuna::Dual<N> step(const lacuna::Dual<N> &x)
{
  const double other = std::exp(-lacuna::max(x.value, -500.)), f = 1 / (1 + other);
  return lacuna::Dual<N>::chain(f, f * f * other, x);
}

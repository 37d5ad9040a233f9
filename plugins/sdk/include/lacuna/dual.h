// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

// Forward automatic differentiation with a fixed number of directions, and the smooth functions
// that laws are made of. Every function exists for double and for Dual, so that one template serves
// both.

#include <cmath>
#include <type_traits>

namespace lacuna
{
  /** A value and its derivatives with respect to N independent inputs. */
  template <int N>
  struct Dual
  {
    double slope[N]; // first, so that copies in pairs match the pairs in which they were written
    double value;

    Dual() : Dual(0.) {}
    Dual(double constant) : value(constant)
    {
      for (int i = 0; i < N; ++i)
        slope[i] = 0;
    }
    /** From anything that is a plain number, such as a Parameter. */
    template <class Constant,
              class = std::enable_if_t<std::is_convertible<Constant, double>::value>>
    Dual(const Constant &constant) : Dual(static_cast<double>(constant))
    {
    }

    /** The input number `index` itself. */
    static Dual input(double value, int index)
    {
      Dual x(value);
      x.slope[index] = 1;
      return x;
    }

    /** f(x), given f and df/dx there. */
    static Dual chain(double f, double dfdx, const Dual &x)
    {
      Dual result(f, Unset());
      for (int i = 0; i < N; ++i)
        result.slope[i] = dfdx * x.slope[i];
      return result;
    }

    /** f(x, y), given f, df/dx and df/dy there. */
    static Dual chain(double f, double dfdx, const Dual &x, double dfdy, const Dual &y)
    {
      Dual result(f, Unset());
      for (int i = 0; i < N; ++i)
        result.slope[i] = dfdx * x.slope[i] + dfdy * y.slope[i];
      return result;
    }

    Dual &operator+=(const Dual &y) { return *this = *this + y; }
    Dual &operator-=(const Dual &y) { return *this = *this - y; }
    Dual &operator*=(const Dual &y) { return *this = *this * y; }
    Dual &operator/=(const Dual &y) { return *this = *this / y; }

  private:
    struct Unset
    {
    };
    Dual(double f, Unset) : value(f) {}
  };

  /** The plain number behind a double or a Dual. */
  inline double value(double x)
  {
    return x;
  }
  template <int N>
  double value(const Dual<N> &x)
  {
    return x.value;
  }

  /** True if x is this number, and stays so whatever the state does: what a law need not compute,
   * such as the effect of a signal that nobody provides. */
  inline bool is_constant(double x, double number)
  {
    return x == number;
  }
  template <int N>
  bool is_constant(const Dual<N> &x, double number)
  {
    double size = std::fabs(x.value - number);
    for (int i = 0; i < N; ++i)
      size += std::fabs(x.slope[i]);
    return size == 0;
  }

  // Arithmetic. A double is a constant: its derivatives vanish and cost nothing.

  template <int N>
  Dual<N> operator+(const Dual<N> &x)
  {
    return x;
  }
  template <int N>
  Dual<N> operator-(const Dual<N> &x)
  {
    return Dual<N>::chain(-x.value, -1, x);
  }
  template <int N>
  Dual<N> operator+(const Dual<N> &x, const Dual<N> &y)
  {
    return Dual<N>::chain(x.value + y.value, 1, x, 1, y);
  }
  template <int N>
  Dual<N> operator+(const Dual<N> &x, double y)
  {
    return Dual<N>::chain(x.value + y, 1, x);
  }
  template <int N>
  Dual<N> operator+(double x, const Dual<N> &y)
  {
    return Dual<N>::chain(x + y.value, 1, y);
  }
  template <int N>
  Dual<N> operator-(const Dual<N> &x, const Dual<N> &y)
  {
    return Dual<N>::chain(x.value - y.value, 1, x, -1, y);
  }
  template <int N>
  Dual<N> operator-(const Dual<N> &x, double y)
  {
    return Dual<N>::chain(x.value - y, 1, x);
  }
  template <int N>
  Dual<N> operator-(double x, const Dual<N> &y)
  {
    return Dual<N>::chain(x - y.value, -1, y);
  }
  template <int N>
  Dual<N> operator*(const Dual<N> &x, const Dual<N> &y)
  {
    return Dual<N>::chain(x.value * y.value, y.value, x, x.value, y);
  }
  template <int N>
  Dual<N> operator*(const Dual<N> &x, double y)
  {
    return Dual<N>::chain(x.value * y, y, x);
  }
  template <int N>
  Dual<N> operator*(double x, const Dual<N> &y)
  {
    return Dual<N>::chain(x * y.value, x, y);
  }
  template <int N>
  Dual<N> operator/(const Dual<N> &x, const Dual<N> &y)
  {
    const double quotient = x.value / y.value;
    return Dual<N>::chain(quotient, 1 / y.value, x, -quotient / y.value, y);
  }
  template <int N>
  Dual<N> operator/(const Dual<N> &x, double y)
  {
    return Dual<N>::chain(x.value / y, 1 / y, x);
  }
  template <int N>
  Dual<N> operator/(double x, const Dual<N> &y)
  {
    const double quotient = x / y.value;
    return Dual<N>::chain(quotient, -quotient / y.value, y);
  }

  // Comparisons look at the values only.

#define LACUNA_COMPARISON(OPERATOR)                                                                \
  template <int N>                                                                                 \
  bool operator OPERATOR(const Dual<N> &x, const Dual<N> &y)                                       \
  {                                                                                                \
    return x.value OPERATOR y.value;                                                               \
  }                                                                                                \
  template <int N>                                                                                 \
  bool operator OPERATOR(const Dual<N> &x, double y)                                               \
  {                                                                                                \
    return x.value OPERATOR y;                                                                     \
  }                                                                                                \
  template <int N>                                                                                 \
  bool operator OPERATOR(double x, const Dual<N> &y)                                               \
  {                                                                                                \
    return x OPERATOR y.value;                                                                     \
  }
  LACUNA_COMPARISON(<)
  LACUNA_COMPARISON(>)
  LACUNA_COMPARISON(<=)
  LACUNA_COMPARISON(>=)
  LACUNA_COMPARISON(==)
  LACUNA_COMPARISON(!=)
#undef LACUNA_COMPARISON

  // Elementary functions. Where the slope is infinite (sqrt and powers at zero) it is reported as
  // zero, so that a product with a constant stays a number.

  using std::cos;
  using std::exp;
  using std::log;
  using std::pow;
  using std::sin;
  using std::sqrt;
  using std::tanh;

  template <int N>
  Dual<N> exp(const Dual<N> &x)
  {
    const double f = std::exp(x.value);
    return Dual<N>::chain(f, f, x);
  }
  template <int N>
  Dual<N> log(const Dual<N> &x)
  {
    return Dual<N>::chain(std::log(x.value), 1 / x.value, x);
  }
  template <int N>
  Dual<N> sin(const Dual<N> &x)
  {
    return Dual<N>::chain(std::sin(x.value), std::cos(x.value), x);
  }
  template <int N>
  Dual<N> cos(const Dual<N> &x)
  {
    return Dual<N>::chain(std::cos(x.value), -std::sin(x.value), x);
  }
  template <int N>
  Dual<N> tanh(const Dual<N> &x)
  {
    const double f = std::tanh(x.value);
    return Dual<N>::chain(f, 1 - f * f, x);
  }
  template <int N>
  Dual<N> sqrt(const Dual<N> &x)
  {
    const double f = std::sqrt(x.value);
    return Dual<N>::chain(f, f == 0 ? 0 : 0.5 / f, x);
  }
  template <int N>
  Dual<N> pow(const Dual<N> &x, double exponent)
  {
    const double slope = exponent == 0 || (x.value == 0 && exponent < 1)
                             ? 0
                             : exponent * std::pow(x.value, exponent - 1);
    return Dual<N>::chain(std::pow(x.value, exponent), slope, x);
  }
  template <int N>
  Dual<N> pow(double base, const Dual<N> &y)
  {
    const double f = std::pow(base, y.value);
    return Dual<N>::chain(f, f == 0 ? 0 : f * std::log(base), y);
  }
  template <int N>
  Dual<N> pow(const Dual<N> &x, const Dual<N> &y)
  {
    const double f     = std::pow(x.value, y.value);
    const double slope = x.value == 0 && y.value < 1 ? 0 : y.value * std::pow(x.value, y.value - 1);
    return Dual<N>::chain(f, slope, x, f == 0 ? 0 : f * std::log(x.value), y);
  }

  inline double abs(double x)
  {
    return std::fabs(x);
  }
  template <int N>
  Dual<N> abs(const Dual<N> &x)
  {
    return Dual<N>::chain(std::fabs(x.value), x.value < 0 ? -1 : 1, x);
  }

  inline double min(double x, double y)
  {
    return y < x ? y : x;
  }
  inline double max(double x, double y)
  {
    return x < y ? y : x;
  }
  template <int N>
  Dual<N> min(const Dual<N> &x, const Dual<N> &y)
  {
    return y < x ? y : x;
  }
  template <int N>
  Dual<N> max(const Dual<N> &x, const Dual<N> &y)
  {
    return x < y ? y : x;
  }
  template <int N>
  Dual<N> min(const Dual<N> &x, double y)
  {
    return y < x ? Dual<N>(y) : x;
  }
  template <int N>
  Dual<N> max(const Dual<N> &x, double y)
  {
    return x < y ? Dual<N>(y) : x;
  }
  template <int N>
  Dual<N> min(double x, const Dual<N> &y)
  {
    return y < x ? y : Dual<N>(x);
  }
  template <int N>
  Dual<N> max(double x, const Dual<N> &y)
  {
    return x < y ? y : Dual<N>(x);
  }

  /** 1/(1 + exp(-x)), without overflow. */
  inline double logistic(double x)
  {
    const double small = std::exp(-std::fabs(x));
    return (x < 0 ? small : 1) / (1 + small);
  }
  template <int N>
  Dual<N> logistic(const Dual<N> &x)
  {
    const double small = std::exp(-std::fabs(x.value)), sum = 1 + small;
    return Dual<N>::chain((x.value < 0 ? small : 1) / sum, small / (sum * sum), x);
  }

  /** A step from 0 (x far below zero) to 1 (far above), smoothed over `width`; a width of zero is a
   * sharp step. */
  inline double smooth_step(double x, double width)
  {
    return width > 0 ? logistic(x / width) : (x > 0 ? 1. : 0.);
  }
  template <int N>
  Dual<N> smooth_step(const Dual<N> &x, double width)
  {
    return width > 0 ? logistic(x / width) : Dual<N>(x.value > 0 ? 1. : 0.);
  }

  /** max(x, 0); with a width, the softplus width log(1 + exp(x/width)), which is smooth and always
   * positive. */
  inline double positive_part(double x, double width = 0)
  {
    const double sharp = x > 0 ? x : 0;
    return width > 0 ? sharp + width * std::log1p(std::exp(-std::fabs(x) / width)) : sharp;
  }
  template <int N>
  Dual<N> positive_part(const Dual<N> &x, double width = 0)
  {
    const double slope = smooth_step(x.value, width);
    return Dual<N>::chain(positive_part(x.value, width), slope, x);
  }

  /**
   * The Michaelis-Menten quotient c/(K + max(c, 0)). Below zero it continues as the straight line
   * c/K, which keeps a Newton iteration monotone when an iterate undershoots. K = 0 switches the
   * quotient off: it is 1 everywhere.
   */
  template <class Concentration, class HalfSaturation>
  auto saturation(const Concentration &c, const HalfSaturation &half_saturation)
      -> decltype(c / (half_saturation + max(c, 0.)))
  {
    if (half_saturation == 0.)
      return 1.;
    return c / (half_saturation + max(c, 0.));
  }
} // namespace lacuna

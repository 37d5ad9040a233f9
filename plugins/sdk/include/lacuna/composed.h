// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

// A formula of few inputs inside a law that reads many. A Dual carries one slope for everything
// that the law reads through every operation; here each intermediate result carries slopes only by
// the inputs that it depends on, which the compiler knows, and the result is joined to the Dual
// once, by the chain rule. The formula stays as it would be written anyway:
//
//   const Number deaths = lacuna::composed(
//       [&](const auto &glucose, const auto &cells) { return rate / (1 + glucose) * cells; },
//       at[glucose], at[cells]);

#include <lacuna/dual.h>

#include <utility>

namespace lacuna
{
  /** A value and its derivatives by those of the inputs 0, 1, 2, ... whose bit is set in `Inputs`,
   * in this order. Intermediate results have types of their own: keep them with `auto`. */
  template <unsigned int Inputs>
  struct Partial
  {
    double slope[__builtin_popcount(Inputs)];
    double value;

    Partial(double constant) : slope{}, value(constant) {}

    static constexpr int n_slopes = __builtin_popcount(Inputs);

    /** The slope by an input; 0 if this does not depend on it. */
    template <int input>
    double by() const
    {
      if constexpr ((Inputs >> input & 1u) != 0)
        return slope[__builtin_popcount(Inputs & ((1u << input) - 1))];
      else
        return 0;
    }

    /** f(x), given f and df/dx there. */
    static Partial chain(double f, double dfdx, const Partial &x)
    {
      Partial result(f, Unset());
      for (int k = 0; k < n_slopes; ++k)
        result.slope[k] = dfdx * x.slope[k];
      return result;
    }

    /** f(x, y), given f, df/dx and df/dy there: it depends on whatever x or y depends on. */
    template <unsigned int A, unsigned int B>
    static Partial chain(double f, double dfdx, const Partial<A> &x, double dfdy,
                         const Partial<B> &y)
    {
      static_assert(Inputs == (A | B), "a function of x and y depends on what they depend on");
      constexpr int one_past_last = 32 - __builtin_clz(Inputs);
      Partial result(f, Unset());
      result.add(dfdx, x, dfdy, y, std::make_integer_sequence<int, one_past_last>());
      return result;
    }

  private:
    struct Unset
    {
    };
    Partial(double f, Unset) : value(f) {}

    template <unsigned int A, unsigned int B, int... I>
    void add(double dfdx, const Partial<A> &x, double dfdy, const Partial<B> &y,
             std::integer_sequence<int, I...>)
    {
      (set<I>(dfdx, x, dfdy, y), ...);
    }
    template <int input, unsigned int A, unsigned int B>
    void set(double dfdx, const Partial<A> &x, double dfdy, const Partial<B> &y)
    {
      constexpr bool of_x = (A >> input & 1u) != 0, of_y = (B >> input & 1u) != 0;
      constexpr int place = __builtin_popcount(Inputs & ((1u << input) - 1));
      if constexpr (of_x && of_y)
        slope[place] = dfdx * x.template by<input>() + dfdy * y.template by<input>();
      else if constexpr (of_x)
        slope[place] = dfdx * x.template by<input>();
      else if constexpr (of_y)
        slope[place] = dfdy * y.template by<input>();
    }
  };

  template <unsigned int A>
  double value(const Partial<A> &x)
  {
    return x.value;
  }

  namespace detail
  {
    /** A function of one variable, through its numbers with a single slope. */
    template <unsigned int A, class Function>
    Partial<A> elementary(const Partial<A> &x, const Function &function)
    {
      const Dual<1> f = function(Dual<1>::input(x.value, 0));
      return Partial<A>::chain(f.value, f.slope[0], x);
    }

    template <class Function, int N, int... I, class... Inputs>
    Dual<N> joined(const Function &function, std::integer_sequence<int, I...>, const Dual<N> &first,
                   const Inputs &...rest)
    {
      const auto seeded = [](auto input, double at)
      {
        Partial<(1u << decltype(input)::value)> x(at);
        x.slope[0] = 1;
        return x;
      };
      const Dual<N> *const inputs[] = {&first, &rest...};
      const auto f = function(seeded(std::integral_constant<int, I>(), inputs[I]->value)...);
      double sum[N]; // a local array, so that the compiler knows that no input changes
      for (int k = 0; k < N; ++k)
        sum[k] = (... + (f.template by<I>() * inputs[I]->slope[k]));
      Dual<N> result(f.value);
      for (int k = 0; k < N; ++k)
        result.slope[k] = sum[k];
      return result;
    }
  } // namespace detail

  /** function(inputs...), in the numbers of the inputs; see above. At most 32 inputs. */
  template <class Function, class... Inputs>
  double composed(const Function &function, double first, const Inputs &...rest)
  {
    return function(first, rest...);
  }
  template <class Function, int N, class... Inputs>
  Dual<N> composed(const Function &function, const Dual<N> &first, const Inputs &...rest)
  {
    static_assert(sizeof...(rest) < 32, "composed() takes at most 32 inputs");
    return detail::joined(function, std::make_integer_sequence<int, 1 + sizeof...(rest)>(), first,
                          rest...);
  }

  // Arithmetic. A double is a constant.

  template <unsigned int A>
  Partial<A> operator-(const Partial<A> &x)
  {
    return Partial<A>::chain(-x.value, -1, x);
  }
  template <unsigned int A, unsigned int B>
  Partial<A | B> operator+(const Partial<A> &x, const Partial<B> &y)
  {
    return Partial<A | B>::chain(x.value + y.value, 1, x, 1, y);
  }
  template <unsigned int A>
  Partial<A> operator+(const Partial<A> &x, double y)
  {
    return Partial<A>::chain(x.value + y, 1, x);
  }
  template <unsigned int A>
  Partial<A> operator+(double x, const Partial<A> &y)
  {
    return y + x;
  }
  template <unsigned int A, unsigned int B>
  Partial<A | B> operator-(const Partial<A> &x, const Partial<B> &y)
  {
    return Partial<A | B>::chain(x.value - y.value, 1, x, -1, y);
  }
  template <unsigned int A>
  Partial<A> operator-(const Partial<A> &x, double y)
  {
    return Partial<A>::chain(x.value - y, 1, x);
  }
  template <unsigned int A>
  Partial<A> operator-(double x, const Partial<A> &y)
  {
    return Partial<A>::chain(x - y.value, -1, y);
  }
  template <unsigned int A, unsigned int B>
  Partial<A | B> operator*(const Partial<A> &x, const Partial<B> &y)
  {
    return Partial<A | B>::chain(x.value * y.value, y.value, x, x.value, y);
  }
  template <unsigned int A>
  Partial<A> operator*(const Partial<A> &x, double y)
  {
    return Partial<A>::chain(x.value * y, y, x);
  }
  template <unsigned int A>
  Partial<A> operator*(double x, const Partial<A> &y)
  {
    return y * x;
  }
  template <unsigned int A, unsigned int B>
  Partial<A | B> operator/(const Partial<A> &x, const Partial<B> &y)
  {
    const double quotient = x.value / y.value;
    return Partial<A | B>::chain(quotient, 1 / y.value, x, -quotient / y.value, y);
  }
  template <unsigned int A>
  Partial<A> operator/(const Partial<A> &x, double y)
  {
    return Partial<A>::chain(x.value / y, 1 / y, x);
  }
  template <unsigned int A>
  Partial<A> operator/(double x, const Partial<A> &y)
  {
    const double quotient = x / y.value;
    return Partial<A>::chain(quotient, -quotient / y.value, y);
  }

  // The functions of dual.h. `saturation` is made of these operations and needs none of its own.

#define LACUNA_ELEMENTARY(FUNCTION)                                                                \
  template <unsigned int A>                                                                        \
  Partial<A> FUNCTION(const Partial<A> &x)                                                         \
  {                                                                                                \
    return detail::elementary(x, [](const Dual<1> &variable) { return FUNCTION(variable); });      \
  }
  LACUNA_ELEMENTARY(exp)
  LACUNA_ELEMENTARY(log)
  LACUNA_ELEMENTARY(sin)
  LACUNA_ELEMENTARY(cos)
  LACUNA_ELEMENTARY(tanh)
  LACUNA_ELEMENTARY(sqrt)
  LACUNA_ELEMENTARY(abs)
  LACUNA_ELEMENTARY(logistic)
  LACUNA_ELEMENTARY(positive_part)
#undef LACUNA_ELEMENTARY

#define LACUNA_ELEMENTARY(FUNCTION)                                                                \
  template <unsigned int A>                                                                        \
  Partial<A> FUNCTION(const Partial<A> &x, double constant)                                        \
  {                                                                                                \
    return detail::elementary(x, [constant](const Dual<1> &variable)                               \
                              { return FUNCTION(variable, constant); });                           \
  }
  LACUNA_ELEMENTARY(pow)
  LACUNA_ELEMENTARY(min)
  LACUNA_ELEMENTARY(max)
  LACUNA_ELEMENTARY(smooth_step)
  LACUNA_ELEMENTARY(positive_part)
#undef LACUNA_ELEMENTARY
} // namespace lacuna

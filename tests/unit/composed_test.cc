// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include <cmath>
#include <type_traits>
#include <utility>

#include <lacuna/composed.h>

#include <gtest/gtest.h>

// Formulas of few inputs in numbers of many: the same values and derivatives as without the detour.

using namespace lacuna;

namespace
{
  constexpr int n_directions = 9;
  using Number               = Dual<n_directions>;

  /** A number that depends on everything, each time in another way. */
  Number input(double value, double first_slope)
  {
    Number x(value);
    for (int i = 0; i < n_directions; ++i)
      x.slope[i] = first_slope * (1 + i) - 0.3 * i * i;
    return x;
  }

  void expect_same(const Number &composed, const Number &direct)
  {
    EXPECT_DOUBLE_EQ(composed.value, direct.value);
    for (int i = 0; i < n_directions; ++i)
      EXPECT_NEAR(composed.slope[i], direct.slope[i], 1e-13 * (1 + std::abs(direct.slope[i]))) << i;
  }

  const Number x = input(0.7, 1), y = input(1.9, -2), z = input(-0.4, 0.5);

  /** The formula through composed(), against the same one in the numbers themselves. */
  template <class Formula>
  void check(const Formula &formula)
  {
    expect_same(composed(formula, x, y, z), formula(x, y, z));
    EXPECT_EQ(composed(formula, x.value, y.value, z.value), formula(x.value, y.value, z.value));
  }
} // namespace

TEST(Composed, ArithmeticIsThatOfTheNumbers)
{
  check([](const auto &a, const auto &b, const auto &c) { return a * b + c / a - b; });
  check([](const auto &a, const auto &b, const auto &c) { return 2 - a + (b + 3) * (1 + c); });
  check([](const auto &a, const auto &b, const auto &c) { return 2 / a - (b - 1) / 4 + 3 * -c; });
}

TEST(Composed, FunctionsAreThoseOfTheNumbers)
{
  check([](const auto &a, const auto &b, const auto &c) { return exp(a) * log(b) + sin(c); });
  check([](const auto &a, const auto &b, const auto &c) { return cos(a) * sqrt(b) + tanh(c); });
  check([](const auto &a, const auto &b, const auto &c)
        { return pow(a, 2.5) * b * lacuna::abs(c); });
  check([](const auto &a, const auto &b, const auto &c) { return max(c, 0.) + min(b, 1.5) * a; });
  check([](const auto &a, const auto &b, const auto &c)
        { return logistic(a) + smooth_step(b - 2, 0.1) * positive_part(c, 0.2); });
  check([](const auto &a, const auto &b, const auto &c)
        { return saturation(a, 0.3) * saturation(c, 0.3) + saturation(b, 0.) + positive_part(b); });
}

TEST(Composed, ResultsCarryOnlyWhatTheyDependOn)
{
  const Partial<1> a(1);
  const Partial<4> c(2);
  EXPECT_TRUE((std::is_same_v<decltype(exp(a) + 1), Partial<1>>));
  EXPECT_TRUE((std::is_same_v<decltype(a * c), Partial<5>>));
  EXPECT_EQ(sizeof(a * c), 3 * sizeof(double));
}

TEST(Composed, AnInputWithoutUseHasNoPartInTheResult)
{
  expect_same(composed([](const auto &a, const auto &) { return a * a; }, x, y), x * x);
}

TEST(Composed, KnowsWhatStaysConstant)
{
  EXPECT_TRUE(is_constant(0., 0));
  EXPECT_TRUE(is_constant(Number(2.), 2));
  EXPECT_FALSE(is_constant(Number(2.), 0));
  EXPECT_FALSE(is_constant(Number::input(0, 3), 0)) << "zero now, but not with another state";
}

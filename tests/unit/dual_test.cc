// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include <lacuna/dual.h>

#include <gtest/gtest.h>

#if __has_include(<Sacado_No_Kokkos.hpp>)
// Without these parts of Trilinos, which would need MPI and libraries, Sacado is a header only.
#include <Sacado_ConfigDefs.h>
#undef HAVE_SACADO_TEUCHOSCORE
#undef HAVE_SACADO_TEUCHOSCOMM
#undef HAVE_SACADO_TEUCHOSNUMERICS
#undef HAVE_SACADO_KOKKOSCORE
#include <Sacado_No_Kokkos.hpp>
#define LACUNA_TEST_SACADO
#endif

using lacuna::Dual;

namespace
{
  using Two   = Dual<2>;
  const Two x = Two::input(0.7, 0), y = Two::input(-1.3, 1);

  void expect(const Two &result, double value, double by_x, double by_y)
  {
    EXPECT_NEAR(result.value, value, 1e-14);
    EXPECT_NEAR(result.slope[0], by_x, 1e-14);
    EXPECT_NEAR(result.slope[1], by_y, 1e-14);
  }
} // namespace

TEST(Dual, Arithmetic)
{
  expect(x * y, 0.7 * -1.3, -1.3, 0.7);
  expect(x / y, 0.7 / -1.3, 1 / -1.3, -0.7 / 1.69);
  expect(2 - x * x + 1 / y, 2 - 0.49 - 1 / 1.3, -1.4, -1 / 1.69);
  Two z = x;
  z += y;
  z *= 3;
  z -= 1;
  expect(z / 2., (3 * (0.7 - 1.3) - 1) / 2, 1.5, 1.5);
  EXPECT_TRUE(y < x && x > 0 && 1 >= x && x != y);
}

TEST(Dual, KinksAndPowersAtZeroStayNumbers)
{
  const Two zero = Two::input(0, 0);
  expect(lacuna::sqrt(zero), 0, 0, 0);
  expect(lacuna::pow(zero, 0.5), 0, 0, 0);
  expect(lacuna::pow(zero, 4), 0, 0, 0);
  expect(lacuna::pow(zero, 1), 0, 1, 0);
  expect(lacuna::abs(y), 1.3, 0, -1);
  expect(lacuna::max(x, 0.), 0.7, 1, 0);
  expect(lacuna::max(y, 0.), 0, 0, 0);
  expect(lacuna::min(x, y), -1.3, 0, 1);
}

TEST(Dual, PositivePartAndStep)
{
  EXPECT_EQ(lacuna::positive_part(-0.2), 0);
  EXPECT_EQ(lacuna::positive_part(0.2), 0.2);
  EXPECT_NEAR(lacuna::positive_part(0., 0.01), 0.01 * std::log(2), 1e-17);
  EXPECT_NEAR(lacuna::positive_part(5., 0.01), 5, 1e-15);
  EXPECT_EQ(lacuna::positive_part(1e6, 1e-3), 1e6) << "no overflow";
  expect(lacuna::positive_part(x - 0.7, 0.1), 0.1 * std::log(2), 0.5, 0);
  EXPECT_EQ(lacuna::logistic(-1000.), 0);
  EXPECT_EQ(lacuna::logistic(1000.), 1);
  expect(lacuna::smooth_step(x - 0.7, 0.1), 0.5, 2.5, 0);
  expect(lacuna::smooth_step(x, 0), 1, 0, 0);
  expect(lacuna::smooth_step(y, 0), 0, 0, 0);
}

TEST(Dual, SaturationIsAStraightLineBelowZero)
{
  EXPECT_DOUBLE_EQ(lacuna::saturation(1., 3.), 0.25);
  expect(lacuna::saturation(x, 0.3), 0.7, 0.3, 0);
  expect(lacuna::saturation(y, 0.5), -2.6, 0, 2);
  expect(lacuna::saturation(0.5, x), 0.5 / 1.2, -0.5 / 1.44, 0);
  expect(lacuna::saturation(x, 0), 1, 0, 0);
  EXPECT_EQ(lacuna::saturation(0., 0.), 1) << "a constant of zero switches the factor off";
}

#ifdef LACUNA_TEST_SACADO
namespace
{
  /** A bit of everything that laws are made of, written once for both kinds of numbers. */
  template <class Number>
  Number everything(const Number &a, const Number &b, const Number &c)
  {
    using namespace lacuna;
    using namespace Sacado;
    const Number e = exp(-2.47 + 0.93 * a + 0.16 * b - 0.0058 * b * b);
    const Number q = 7.28 * b * a / (1.46 + b + 4.03 * a) - c / (0.3 + c);
    return e * q + sqrt(b * c) * tanh(a - 1.) + pow(c, 2.5) / pow(a, b) + log(1. + c * c) * sin(a) -
           cos(b) * pow(1.7, a) + abs(a - b) / 3.;
  }
} // namespace

TEST(Dual, AgreesWithSacado)
{
  using Fad = Sacado::Fad::SFad<double, 3>;
  for (int k = 0; k < 50; ++k)
  {
    const double a = 0.4 + 0.05 * k, b = 3.1 - 0.04 * k, c = 0.2 + 0.1 * k;
    const auto ours  = everything(Dual<4>::input(a, 0), Dual<4>::input(b, 1), Dual<4>::input(c, 2));
    const Fad theirs = everything(Fad(3, 0, a), Fad(3, 1, b), Fad(3, 2, c));
    EXPECT_DOUBLE_EQ(ours.value, theirs.val());
    for (int i = 0; i < 3; ++i)
      EXPECT_NEAR(ours.slope[i], theirs.dx(i), 1e-12 * (1 + std::abs(theirs.dx(i))));
    EXPECT_EQ(ours.slope[3], 0);
  }
}
#else
TEST(Dual, AgreesWithSacado)
{
  GTEST_SKIP() << "Sacado is not on the include path";
}
#endif

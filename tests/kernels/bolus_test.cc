// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause

// The moments of a dose: how much, where, and how far it is spread.

#include <gmock/gmock.h>

#include "kernels/kernel_case.h"
#include "species/injection.h"

#include <cmath>

using namespace lacuna;

namespace
{
  const std::string lens = "8.48230016469244e-3 mL"; // half-axes 1.5, 1.5 and 0.9 mm

  /** A block of two gels, 5 mm long, high and deep, and a lens of glucose with half-axes 1.5, 1.5
   * and 0.9 mm in it. */
  KernelCase block(const std::string &site, const std::string &volume = lens,
                   const std::vector<std::string> &overrides = {})
  {
    std::vector<std::string> all = {"Geometry/Box/Layers=soft: 4 mm / 8, firm: 1 mm / 2",
                                    "Geometry/Box/Size y=5 mm",
                                    "Geometry/Box/Size z=5 mm",
                                    "Geometry/Box/Cells along y=10",
                                    "Geometry/Box/Cells along z=10",
                                    "Injections/dose/Species=glucose",
                                    "Injections/dose/Amount=1 umol",
                                    "Injections/dose/Volume=" + volume,
                                    "Injections/dose/Site=" + site,
                                    "Injections/dose/Proportions=1, 1, 0.6"};
    all.insert(all.end(), overrides.begin(), overrides.end());
    return KernelCase(all);
  }

  Bolus placed(const KernelCase &on)
  {
    return place_bolus(on.input.injections.front(), on.layout, on.level.tissue);
  }

  /** Sum of share * f(x, y, z in mm) over the points. */
  template <class Function>
  double sum(const KernelCase &on, const Bolus &bolus, const Function &f)
  {
    double result = 0;
    for (unsigned int p = 0; p < on.layout.n_points(); ++p)
    {
      const Coordinates &x = on.layout.node_position[on.layout.point_node[p]];
      result += bolus.share[p] * f(1e3 * x[0], 1e3 * x[1], 1e3 * x[2]);
    }
    return result;
  }
} // namespace

TEST(Bolus, HasTheMomentsOfTheEllipsoid)
{
  const KernelCase on = block("2 mm, 2.45 mm, 2.6 mm");
  const Bolus bolus   = placed(on);
  EXPECT_EQ(bolus.n_moments, 9u);
  EXPECT_NEAR(bolus.half_axes[0], 1.5e-3, 1e-15);
  const auto moment = [&](int a, int b)
  {
    return sum(on, bolus,
               [&](double x, double y, double z)
               {
                 const double off[] = {x - 2.0, y - 2.45, z - 2.6};
                 return off[a] * off[b];
               });
  };
  EXPECT_NEAR(sum(on, bolus, [](double, double, double) { return 1.; }), 1, 1e-13);
  EXPECT_NEAR(sum(on, bolus, [](double x, double, double) { return x; }), 2, 1e-11);
  EXPECT_NEAR(sum(on, bolus, [](double, double y, double) { return y; }), 2.45, 1e-11);
  EXPECT_NEAR(sum(on, bolus, [](double, double, double z) { return z; }), 2.6, 1e-11);
  EXPECT_NEAR(moment(0, 0), 1.5 * 1.5 / 5, 1e-11);
  EXPECT_NEAR(moment(1, 1), 1.5 * 1.5 / 5, 1e-11);
  EXPECT_NEAR(moment(2, 2), 0.9 * 0.9 / 5, 1e-11);
  EXPECT_NEAR(moment(0, 1), 0, 1e-11);
  EXPECT_NEAR(moment(1, 2), 0, 1e-11);
  EXPECT_NEAR(moment(2, 0), 0, 1e-11);
  for (const double share : bolus.share)
    EXPECT_GE(share, 0);
}

/** Where the density falls from 1 to 0 between 1 - w/2 and 1 + w/2 half-axes, the mean of the
 * squared distance is (1 + 5/6 w^2 + w^4/16)/5 over (1 + w^2/4)/3. */
TEST(Bolus, IsWiderByAGradualEdge)
{
  const KernelCase on = block("2 mm, 2.5 mm, 2.5 mm", lens, {"Injections/dose/Edge width=0.54 mm"});
  const Bolus bolus   = placed(on);
  const double w = 0.54 / 0.9, volume = 1 + w * w / 4,
               squared = (1 + 5. / 6 * w * w + w * w * w * w / 16) / 5 / (volume / 3);
  EXPECT_EQ(bolus.n_moments, 9u);
  EXPECT_NEAR(bolus.half_axes[0], 1.5e-3, 1e-15);
  EXPECT_NEAR(1e9 * bolus.tissue_volume, 8.4823 * volume, 0.05);
  EXPECT_NEAR(sum(on, bolus, [](double x, double, double) { return (x - 2) * (x - 2); }),
              1.5 * 1.5 * squared / 3, 2e-3);
}

TEST(Bolus, OfLessThanACellKeepsItsCentreAtLeast)
{
  const KernelCase on = block("2 mm, 2.45 mm, 2.6 mm", "2e-5 mL"); // 0.2 mm
  const Bolus bolus   = placed(on);
  EXPECT_EQ(bolus.n_moments, 3u);
  EXPECT_NEAR(sum(on, bolus, [](double x, double, double) { return x; }), 2, 1e-11);
  EXPECT_NEAR(sum(on, bolus, [](double, double, double z) { return z; }), 2.6, 1e-11);
}

TEST(Bolus, ThatAWallCutsKeepsTheMomentsOfItsPart)
{
  const KernelCase on = block("0 mm, 2.5 mm, 2.5 mm");
  const Bolus bolus   = placed(on);
  EXPECT_EQ(bolus.n_moments, 9u);
  const double a = std::cbrt(2.) * 1.5; // half of the ellipsoid holds what the whole one did
  EXPECT_NEAR(1e3 * bolus.half_axes[0], a, 5e-3 * a);
  EXPECT_NEAR(sum(on, bolus, [](double x, double, double) { return x; }), 3. / 8 * a, 1e-2 * a);
}

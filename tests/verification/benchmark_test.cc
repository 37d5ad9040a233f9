// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause

// Cases A to K: oxygen, lactate and glucose with the rates of Bibby et al. (2005) in a slab,
// against centre values by collocation, and by 4000 finite volumes, which agree to 5e-6.

#include "support/case_run.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>

using namespace lacuna;
using testing::Each;
using testing::Ge;

namespace
{
  using Overrides = std::vector<std::string>;

  constexpr double lactate_in_water = 1.39e-9, glucose_in_water = 9.16667e-10; // m^2/s

  struct Benchmark
  {
    std::string name, file;
    Overrides overrides;
    double nucleus;                      ///< half-thickness, mm
    double oxygen, lactate, glucose, pH; ///< kPa, mM, mM, - at the centre

    /** The bar with a multiple of the coarsest cells: 10 across a slab, 11 and 3 across layers. */
    std::string cells(int multiple) const
    {
      const auto layer = [](const std::string &name, double thickness, int cells)
      { return name + ": " + std::to_string(thickness) + " mm / " + std::to_string(cells); };
      return "Geometry/Box/Layers=" + (nucleus == 4.4
                                           ? layer("nucleus", nucleus, 11 * multiple) + ", " +
                                                 layer("endplate", 0.6, 3 * multiple)
                                           : layer("nucleus", nucleus, 10 * multiple));
    }
  };

  void PrintTo(const Benchmark &benchmark, std::ostream *out)
  {
    *out << benchmark.name;
  }

  const std::string limiter = "Laws/metabolism/Glucose limiter constant=";

  std::vector<Benchmark> benchmarks()
  {
    const std::string slab = "slab-bibby.prm", two = "layers-bibby.prm";
    return {
        {"A", slab, {}, 5, 1.64099, 3.30568, 2.10024, 7.10246},
        {"B",
         slab,
         {"Tissue/Solute balance=tissue, oxygen by porosity"},
         5,
         2.35309,
         3.01841,
         2.31804,
         7.12832},
        {"C", slab, {"Tissue/Solute balance=tissue"}, 5, 1.98923, 2.94118, 2.37660, 7.13527},
        {"D", slab, {limiter + "0.18 mM"}, 5, 1.63885, 3.15945, 2.21111, 7.11562},
        {"E",
         slab,
         {"Cells/NP cells/Density in nucleus=3.6e6 /mL"},
         5,
         1.80346,
         3.12742,
         2.23539,
         7.11850},
        {"F", slab, {"Acidity/Closure=Soukane"}, 5, 1.62887, 3.44525, 1.99442, 7.15547},
        {"G", slab, {limiter + "0.18 mM"}, 6, 1.12155, 3.80327, 1.72298, 7.05767},
        {"H",
         slab,
         {limiter + "0.18 mM", "Boundary conditions/right/oxygen/Value=2.55 kPa",
          "Boundary conditions/right/glucose/Value=2 mM"},
         5,
         0.75022,
         2.62045,
         0.61977,
         7.16414},
        {"I", two, {}, 4.4, 0.96068, 4.30809, 1.34023, 7.01223},
        {"J", two, {"Tissue/endplate/Porosity=0.48"}, 4.4, 0.51355, 5.69701, 0.28717, 6.88722},
        {"K",
         two,
         {"Tissue/endplate/Porosity=0.48", limiter + "0.18 mM"},
         4.4,
         0.51003,
         5.13440,
         0.71374,
         6.93786},
    };
  }

  Overrides with(Overrides overrides, const Overrides &more)
  {
    overrides.insert(overrides.end(), more.begin(), more.end());
    return overrides;
  }

  /** The largest error of the centre values, relative. */
  double error_at_centre(const CaseRun &run, const Benchmark &benchmark)
  {
    const auto relative = [&](const char *quantity, double exact)
    { return std::abs(run.value(quantity, "centre") / exact - 1); };
    return std::max({relative("oxygen", benchmark.oxygen), relative("lactate", benchmark.lactate),
                     relative("glucose", benchmark.glucose), relative("pH", benchmark.pH)});
  }

  /** How far psi = D_L L + 2 D_G G is from its value where 0.8 mM lactate and the supply of glucose
   * (mM) are, relative. */
  double spread_of_invariant(const std::vector<double> &lactate, const std::vector<double> &glucose,
                             double supply)
  {
    const double psi = lactate_in_water * 0.8 + 2 * glucose_in_water * supply;
    double largest   = 0;
    for (std::size_t p = 0; p < lactate.size(); ++p)
      largest = std::max(largest, std::abs(lactate_in_water * lactate[p] +
                                           2 * glucose_in_water * glucose[p] - psi));
    return largest / psi;
  }

  class Benchmarks : public testing::TestWithParam<Benchmark>
  {
  };
} // namespace

TEST_P(Benchmarks, CentreValuesAreReachedWithRefinement)
{
  std::vector<double> errors;
  for (const int multiple : {4, 8, 32})
    errors.push_back(
        error_at_centre(CaseRun(verification(GetParam().file),
                                with(GetParam().overrides,
                                     {GetParam().cells(multiple), "Geometry/Element degree=1"})),
                        GetParam()));
  EXPECT_LE(errors.back(), 1e-4) << testing::PrintToString(errors);
  EXPECT_LE(errors.back(), errors.front());

  const CaseRun quadratic(
      verification(GetParam().file),
      with(GetParam().overrides, {GetParam().cells(4), "Geometry/Element degree=2"}));
  EXPECT_LE(error_at_centre(quadratic, GetParam()), 5e-5); // half a digit of the reference
}

TEST_P(Benchmarks, LactateAndGlucoseMakeAnInvariant)
{
  // q_G = -q_L/2: psi = D_L L + 2 D_G G is constant, whatever the mesh.
  const CaseRun run(verification(GetParam().file),
                    with(GetParam().overrides, {GetParam().cells(1)}));
  const auto lactate = run.point_values("lactate"), glucose = run.point_values("glucose");
  const double supply = GetParam().name == "H" ? 2 : 4;
  EXPECT_LE(spread_of_invariant(lactate, glucose, supply), 1e-8);
}

TEST_P(Benchmarks, NeverFailOnAnyMeshFromAnyStart)
{
  // From nothing, from a rich medium, and from acid in which hardly any oxygen is taken up.
  const std::vector<Overrides> starts = {
      {"0 kPa", "0 mM", "0 mM"}, {"21 kPa", "25 mM", "0 mM"}, {"0.1 kPa", "0 mM", "30 mM"}};
  for (const char *degree : {"1", "2"})
    for (const int multiple : {0, 4})
      for (const Overrides &start : starts)
      {
        const std::string coarsest =
            GetParam().nucleus == 4.4
                ? "Geometry/Box/Layers=nucleus: 4.4 mm / 1, endplate: 0.6 mm / 1"
                : "Geometry/Box/Layers=nucleus: " + std::to_string(GetParam().nucleus) + " mm / 2";
        const CaseRun run(
            verification(GetParam().file),
            with(GetParam().overrides, {multiple == 0 ? coarsest : GetParam().cells(multiple),
                                        std::string("Geometry/Element degree=") + degree,
                                        "Solutes/oxygen/Initial value=" + start[0],
                                        "Solutes/glucose/Initial value=" + start[1],
                                        "Solutes/lactate/Initial value=" + start[2]}));
        EXPECT_LE(error_at_centre(run, GetParam()), multiple == 0 ? 0.6 : 2e-3)
            << "degree " << degree << ", from " << start[0] << ", " << start[1] << ", " << start[2];
      }
}

INSTANTIATE_TEST_SUITE_P(AToK, Benchmarks, testing::ValuesIn(benchmarks()),
                         [](const auto &info) { return info.param.name; });

TEST(Benchmarks, InnerAndInterfaceValues)
{
  const CaseRun a(verification("slab-bibby.prm"),
                  {"Geometry/Element degree=2", "Output/Probes/half/From=2.5 mm, 0 mm, 0 mm",
                   "Output/Probes/outer/From=3.75 mm, 0 mm, 0 mm"});
  EXPECT_NEAR(a.value("oxygen", "half"), 2.37607, 2e-5);
  EXPECT_NEAR(a.value("lactate", "half"), 2.72940, 2e-5);
  EXPECT_NEAR(a.value("glucose", "half"), 2.53717, 2e-5);
  EXPECT_NEAR(a.value("pH", "half"), 7.15433, 1e-5);
  EXPECT_NEAR(a.value("oxygen", "outer"), 3.41611, 3e-5);
  EXPECT_NEAR(a.value("glucose", "outer"), 3.11640, 3e-5);

  const CaseRun i(verification("layers-bibby.prm"));
  EXPECT_NEAR(i.value("oxygen", "interface"), 2.56937, 5e-5);
  EXPECT_NEAR(i.value("lactate", "interface"), 2.77093, 5e-5);
  EXPECT_NEAR(i.value("glucose", "interface"), 2.50568, 5e-5);

  const CaseRun j(verification("layers-bibby.prm"), {"Tissue/endplate/Porosity=0.48"});
  EXPECT_NEAR(j.value("oxygen", "interface"), 1.41512, 5e-5);
  EXPECT_NEAR(j.value("lactate", "interface"), 4.44283, 1e-4);
  EXPECT_NEAR(j.value("glucose", "interface"), 1.23807, 5e-5);
}

TEST(Benchmarks, CaseAConvergesWithTheSecondOrderAtTheCentre)
{
  std::vector<double> errors;
  for (const char *cells : {"10", "20", "40"})
    errors.push_back(std::abs(CaseRun(verification("slab-bibby.prm"),
                                      {"Geometry/Box/Layers=nucleus: 5 mm / " + std::string(cells)})
                                  .value("oxygen", "centre") -
                              1.64099));
  EXPECT_THAT(orders(errors), Each(Ge(1.9)));
}

TEST(Benchmarks, FirstOrderUptakeConvergesWithTheOrderOfTheElements)
{
  // c = cosh(phi x/L)/cosh(phi), phi = 2, L = 1 mm: in L2 with order p + 1, at the centre with 2
  // (Q1) and more (Q2).
  const auto exact = [](double x, double, double) { return std::cosh(2 * x) / std::cosh(2.); };
  for (const int degree : {1, 2})
  {
    std::vector<double> errors, at_centre;
    for (const char *cells : {"5", "10", "20", "40"})
    {
      const CaseRun run(verification("slab-first-order.prm"),
                        {"Geometry/Element degree=" + std::to_string(degree),
                         "Geometry/Box/Layers=tissue: 1 mm / " + std::string(cells)});
      errors.push_back(run.error("glucose", exact));
      at_centre.push_back(std::abs(run.at("glucose", 0) - exact(0, 0, 0)));
    }
    EXPECT_THAT(orders(errors), Each(Ge(degree + 0.9)));
    EXPECT_THAT(orders(at_centre), Each(Ge(degree == 1 ? 1.9 : 3.5)));
  }
}

TEST(Benchmarks, TheInvariantHoldsInADisc)
{
  // Three dimensions, four tissues, curved cells; the rim under the bone is closed.
  const CaseRun run(verification("disc-uniform-supply.prm"));
  const auto lactate = run.point_values("lactate"), glucose = run.point_values("glucose");
  EXPECT_LE(spread_of_invariant(lactate, glucose, 4), 1e-8);
  EXPECT_LT(run.quantity("glucose").whole.minimum,
            1.5); // there are gradients to be held against it
}

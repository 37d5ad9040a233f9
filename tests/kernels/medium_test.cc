// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause

// What a concentration counts in, and how a species diffuses, for everything that may be chosen.

#include <gmock/gmock.h>

#include "species/medium.h"
#include "tissue/hindrance.h"

#include <map>
#include <tuple>

using namespace lacuna;

namespace
{
  using Hindrance = DeclaredSpecies::Hindrance;

  constexpr double free_diffusivity = 2e-9, given_value = 3e-10, radius = 2e-9;
  constexpr Coordinates place{1e-3, 0, 0};

  Property constant(double value)
  {
    return [value](const Coordinates &) { return value; };
  }

  /** Two regions of porosity 0.8 and 0.5; a diffusivity given outright holds in the second. */
  std::vector<RegionProperties> regions(const std::map<std::string, double> &given = {})
  {
    return {{constant(0.8), constant(0), {}}, {constant(0.5), constant(0), given}};
  }

  Species named(const std::string &name, Basis basis, Hindrance hindrance,
                double diffusivity = free_diffusivity)
  {
    Species result;
    result.name        = name;
    result.basis       = basis;
    result.hindrance   = hindrance;
    result.diffusivity = diffusivity;
    result.radius      = radius;
    return result;
  }

  Medium medium_of(SoluteBalance balance, const std::vector<Species> &mobile,
                   const std::vector<RegionProperties> &tissue)
  {
    Case input;
    input.balance = balance;
    SpeciesTable species;
    species.mobile = mobile;
    return {input, species, tissue};
  }

  double hindered(Hindrance hindrance, double porosity)
  {
    const double path = porosity / (2 - porosity);
    return free_diffusivity * (hindrance == Hindrance::mackie_meares ? path * path
                               : hindrance == Hindrance::ogston      ? ogston(radius)
                                                                     : 1);
  }

  using Choice = std::tuple<SoluteBalance, Basis, Hindrance, bool>;

  class MediumOfEveryKind : public testing::TestWithParam<Choice>
  {
  };
} // namespace

TEST_P(MediumOfEveryKind, StoresAndDiffusesAsTheBalanceSays)
{
  const auto [balance, basis, hindrance, is_given] = GetParam();
  const std::map<std::string, double> given =
      is_given ? std::map<std::string, double>{{"oxygen", given_value}}
               : std::map<std::string, double>{{"something else", given_value}};
  const Medium medium = medium_of(balance, {named("oxygen", basis, hindrance)}, regions(given));

  const bool in_pores     = balance == SoluteBalance::pore_water && basis == Basis::pore_water;
  const double porosity[] = {0.8, 0.5};
  for (unsigned int region = 0; region < 2; ++region)
  {
    const double phi   = porosity[region];
    const double share = in_pores ? phi : 1.;
    const double pore  = is_given && region == 1 ? given_value : hindered(hindrance, phi);
    EXPECT_DOUBLE_EQ(medium.storage_share(0, phi), share);
    EXPECT_DOUBLE_EQ(medium.rate_share(0, phi),
                     balance == SoluteBalance::tissue_oxygen_by_porosity ? phi : 1.);
    EXPECT_DOUBLE_EQ(medium.diffusivity(0, region, place), share * pore);
    const Medium::Diffusivity &parts = medium.diffusivity(0);
    EXPECT_DOUBLE_EQ(parts.coefficient * parts.factor[region](place), share * pore);
  }
}

INSTANTIATE_TEST_SUITE_P(
    all, MediumOfEveryKind,
    testing::Combine(testing::Values(SoluteBalance::pore_water, SoluteBalance::tissue,
                                     SoluteBalance::tissue_oxygen_by_porosity),
                     testing::Values(Basis::pore_water, Basis::tissue),
                     testing::Values(Hindrance::none, Hindrance::mackie_meares, Hindrance::ogston),
                     testing::Bool()));

TEST(Medium, SpeciesThatDifferByANumberShareAnOperator)
{
  const Medium medium =
      medium_of(SoluteBalance::pore_water,
                {named("glucose", Basis::pore_water, Hindrance::mackie_meares, 1e-9),
                 named("lactate", Basis::pore_water, Hindrance::mackie_meares, 2e-9)},
                regions());
  EXPECT_EQ(medium.diffusivity(0).key, medium.diffusivity(1).key);
}

TEST(Medium, SpeciesThatDifferByWhatTheyCountInShareNoOperator)
{
  const Medium medium = medium_of(SoluteBalance::pore_water,
                                  {named("in water", Basis::pore_water, Hindrance::mackie_meares),
                                   named("in tissue", Basis::tissue, Hindrance::mackie_meares),
                                   named("free in water", Basis::pore_water, Hindrance::none),
                                   named("free in tissue", Basis::tissue, Hindrance::none)},
                                  regions());
  for (unsigned int s = 0; s < 4; ++s)
    for (unsigned int t = 0; t < s; ++t)
      EXPECT_NE(medium.diffusivity(s).key, medium.diffusivity(t).key) << s << ", " << t;
}

TEST(Medium, EqualKeysMeanEqualFactors)
{
  std::vector<Species> mobile;
  for (const Basis basis : {Basis::pore_water, Basis::tissue})
    for (const Hindrance hindrance : {Hindrance::none, Hindrance::mackie_meares, Hindrance::ogston})
      for (const std::string name : {"plain", "given"})
        for (const double diffusivity : {1e-9, 2e-9})
          mobile.push_back(named(name, basis, hindrance, diffusivity));
  const Medium medium =
      medium_of(SoluteBalance::pore_water, mobile, regions({{"given", given_value}}));
  unsigned int n_shared = 0;
  for (unsigned int s = 0; s < mobile.size(); ++s)
    for (unsigned int t = 0; t < s; ++t)
    {
      const Medium::Diffusivity &a = medium.diffusivity(s), &b = medium.diffusivity(t);
      const bool same =
          a.factor[0](place) == b.factor[0](place) && a.factor[1](place) == b.factor[1](place);
      EXPECT_EQ(a.key == b.key, same) << mobile[s].name << ", " << mobile[t].name << ", " << a.key;
      n_shared += a.key == b.key;
    }
  EXPECT_GT(n_shared, 0u);
}

TEST(Medium, AValueOfTheFileServesWhereALawGivesNone)
{
  const Medium medium =
      medium_of(SoluteBalance::pore_water, {named("factor", Basis::tissue, Hindrance::none, 0)},
                regions({{"factor", given_value}}));
  EXPECT_EQ(medium.diffusivity(0, 0, place), 0.);
  EXPECT_DOUBLE_EQ(medium.diffusivity(0, 1, place), given_value);
}

TEST(Medium, WhatOnlyLawsMoveHasThePlainOperator)
{
  const Medium medium = medium_of(SoluteBalance::pore_water,
                                  {named("cells", Basis::tissue, Hindrance::none, 0)}, regions());
  EXPECT_EQ(medium.diffusivity(0).coefficient, 0.);
  EXPECT_EQ(medium.diffusivity(0).factor[0](place), 1.);
  EXPECT_EQ(medium.diffusivity(0).factor[1](place), 1.);
}

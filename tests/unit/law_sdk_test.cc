// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "config/quantity.h"
#include "law_sdk.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <optional>
#include <vector>

// What the author of a law meets: building with a bare compiler, and what a loaded law does.

using namespace lacuna;

namespace
{
  class Compiler : public LawSdk, public ::testing::WithParamInterface<const char *>
  {
  };
} // namespace

TEST_P(Compiler, BuildsTheExampleBareAndShowsOnlyTheEntry)
{
  const std::string compiler = GetParam();
  if (std::system(
          ("command -v " + compiler.substr(0, compiler.find(' ')) + " > /dev/null").c_str()) != 0)
    GTEST_SKIP() << compiler << " is not installed";
  build("glucose-death", glucose_death, compiler);
  const std::string symbols =
      output_of("nm -D --defined-only " + (folder / "glucose-death.so").string());
  EXPECT_EQ(symbols.substr(symbols.find(' ') + 1), "T lacuna_plugin_entry\n");

  LawAtPoint law("glucose-death", {{{"Death rate", 2}}, {}}, folder);
  law.set("glucose", 0.25).set("NP cells", 4e6);
  EXPECT_DOUBLE_EQ(law.loss("NP cells"), 4e6);
  EXPECT_DOUBLE_EQ(law.slope("NP cells", "glucose"), 2 * 4e6 / 0.5);
  EXPECT_EQ(law.set("glucose", 0.6).loss("NP cells"), 0);
}

INSTANTIATE_TEST_SUITE_P(LawSdk, Compiler,
                         ::testing::Values("g++", "g++ -std=c++17 -O2", "g++ -std=c++20 -O3",
                                           "clang++ -std=c++17", "clang++ -std=c++17 -O2"));

TEST_F(LawSdk, DescribesParametersWithSource)
{
  build("described", law_with(R"(
    Parameter a = parameter("Uptake", 150, {"fmol/h", "fmol/d"},
                            "Largest uptake. [seen: X] [computed]", 0);
    Parameter b = parameter("Ratio", NAN, "1", "Ratio of [two] things.", 0, 1);
    Text      c = choice("Kind", "slow", "slow|fast", "How fast.");
    Parameter d = parameter("Speed", c == "fast" ? 10 : 1, "1/d", "By kind.", 0, 100, "as kind");
    Species   s = population("cells", "1/mL");
    template <class Number> void rates(At<Number> &at) const { at.rate(s) += a + b * at[s] + d; }
  )"));
  const auto library    = LawLibrary::load("described", folder);
  const auto parameters = library->parameters();
  ASSERT_EQ(parameters.size(), 4u);
  EXPECT_EQ(parameters[0].default_text, "150 fmol/h");
  EXPECT_EQ(parameters[0].meaning, "Largest uptake.");
  EXPECT_EQ(parameters[0].source, "[seen: X] [computed]");
  EXPECT_EQ(parameters[0].minimum, 0);
  EXPECT_EQ(parameters[1].default_text, std::nullopt);
  EXPECT_EQ(parameters[1].meaning, "Ratio of [two] things.");
  EXPECT_EQ(parameters[2].choices, (std::vector<std::string>{"slow", "fast"}));
  EXPECT_EQ(parameters[3].default_text, "as kind");

  LawAtPoint law("described", {{{"Ratio", 0.5}}, {{"Kind", "fast"}}}, folder);
  EXPECT_DOUBLE_EQ(law.set("cells", 4).gain("cells"), 3600 + 2 + 10) << "fmol/h are used as fmol/d";
  EXPECT_EQ(error_of("described"),
            "law 'death' needs a value for 'Ratio' (1), which has no default.");
}

TEST_F(LawSdk, ReadsOwnsAndSignalsEverything)
{
  build("all", law_with(R"(
    Species cells    = population("NPMSC", "1/mL", with_total);
    Field   age      = field("age", "d");
    Species cytokine = mobile_species("IL-1", "ng/mL", "A cytokine.",
                                      in_tissue(1e-10, "m^2/s"), per_pore_water);
    Species matrix   = immobile_species("proteoglycan", "mg/mL", "Matrix.");
    Species dose     = species_per_cell("dose", "1", "NPMSC", "Taken up.");
    Signal  rescue   = provide("apoptosis", "NP cells", product);
    Signal  alarm    = provide("inflammation", "NP cells", sum);
    Field   help     = use("growth", "NPMSC", product);
    template <class Number> void signals(At<Number> &at) const
    {
      at.signal(rescue) *= lacuna::exp(-at[dose]);
      at.signal(alarm) += at[cytokine];
    }
    template <class Number> void rates(At<Number> &at) const
    {
      at.rate(matrix) += at[help] * at.total(cells) * at[age];
      at.rate(cells) -= lacuna::min(at[cells], 1e9) * at.total(cells);
    }
  )"));
  LawAtPoint law("all", {}, folder);
  ASSERT_EQ(law.law->reads.size(), 7u);
  EXPECT_EQ(law.law->reads[1].kind, lacuna::LawRead::Kind::total);
  EXPECT_EQ(law.law->owns[0].basis, lacuna::Basis::pore_water);
  EXPECT_DOUBLE_EQ(law.law->owns[0].diffusivity, 1e-10);
  EXPECT_EQ(law.law->provides[1].combination, LACUNA_COMBINE_SUM);
  law.set("NPMSC", 2).set("age", 3).set("IL-1", 5).set("dose", 0.5).set("growth", 0.9);
  EXPECT_DOUBLE_EQ(law.signal(0), std::exp(-0.5));
  EXPECT_DOUBLE_EQ(law.signal(1), 5);
  law.expect_exact_derivatives();
}

TEST_F(LawSdk, ABatchIsTheSumOfItsPointsWithAndWithoutDerivatives)
{
  build("glucose-death", glucose_death);
  const auto law           = LawLibrary::load("glucose-death", folder)->create("death", {});
  constexpr unsigned int n = 37;
  std::vector<double> glucose(n), pH(n, 7), cells(n), loss(n), loss_again(n), slope(n);
  for (unsigned int p = 0; p < n; ++p)
  {
    glucose[p] = 0.02 * p;
    cells[p]   = 1e6 + p;
  }
  const double *reads[] = {glucose.data(), pH.data(), cells.data()};
  double *no_gain[3]    = {};
  double *losses[]      = {nullptr, nullptr, loss.data()};
  double *no_slope[9]   = {};
  double *slopes[9]     = {};
  slopes[2 * 3 + 0]     = slope.data();

  lacuna_batch batch{};
  batch.size     = sizeof(batch);
  batch.n_points = n;
  batch.n_reads  = 3;
  batch.reads    = reads;
  batch.gain     = no_gain;
  batch.loss     = losses;
  law->rates(batch);
  losses[2]    = loss_again.data();
  batch.d_gain = no_slope;
  batch.d_loss = slopes;
  law->rates(batch);
  for (unsigned int p = 0; p < n; ++p)
  {
    const double starved = std::max(0., 1 - glucose[p] / 0.5);
    EXPECT_DOUBLE_EQ(loss[p], starved * cells[p]);
    EXPECT_DOUBLE_EQ(loss_again[p], loss[p]);
    EXPECT_DOUBLE_EQ(slope[p], starved > 0 ? -cells[p] / 0.5 : 0);
  }
}

TEST_F(LawSdk, ManyReadsUseWiderNumbers)
{
  for (const int n : {4, 5, 8, 9, 16, 17, 64})
  {
    std::string members = "Species s = population(\"cells\", \"1\");\n", sum = "at[s]";
    for (int r = 1; r < n; ++r)
    {
      const std::string f = "f" + std::to_string(r);
      members += "Field " + f + " = field(\"" + f + "\", \"1\");\n";
      sum += " + at[" + f + "] * at[" + f + "]";
    }
    members +=
        "template <class Number> void rates(At<Number> &at) const { at.rate(s) += " + sum + "; }";
    build("wide" + std::to_string(n), law_with(members));
    LawAtPoint law("wide" + std::to_string(n), {}, folder);
    if (n > 1)
      law.set("f" + std::to_string(n - 1), 3);
    EXPECT_DOUBLE_EQ(law.set("cells", 2).gain("cells"), 11);
    EXPECT_DOUBLE_EQ(law.slope("cells", "f" + std::to_string(n - 1)), 6);
  }
}

TEST_F(LawSdk, TwoLawsWithAClassOfOneNameDoNotMeet)
{
  const auto counting = [](const std::string &number)
  {
    return law_with(
        "Species s = population(\"cells\", \"1\");\n"
        "static double &count() { static double n = " +
        number +
        "; return n; }\n"
        "template <class Number> void rates(At<Number> &at) const { at.rate(s) += count(); }");
  };
  build("one", counting("1"));
  build("two", counting("2"));
  LawAtPoint one("one", {}, folder), two("two", {}, folder);
  EXPECT_EQ(one.gain("cells"), 1);
  EXPECT_EQ(two.gain("cells"), 2);
}

TEST_F(LawSdk, AResultThatIsNoNumberNamesSpeciesAndInputs)
{
  build("root", law_with(R"(
    Species   glucose = solute("glucose", "mM");
    Field     pH      = field("pH", "1");
    template <class Number> void rates(At<Number> &at) const
    {
      at.rate(glucose) -= lacuna::sqrt(at[glucose]) * at[pH];
    }
  )"));
  LawAtPoint law("root", {}, folder);
  EXPECT_DOUBLE_EQ(law.set("glucose", 4).set("pH", 7).loss("glucose"), 14);
  try
  {
    law.set("glucose", -1e-3).loss("glucose");
    FAIL();
  }
  catch (const lacuna::UserError &error)
  {
    EXPECT_STREQ(error.what(), "law 'test' computes no number for the loss of 'glucose'\n"
                               "  with glucose = -0.001 mM, pH = 7");
  }
}

TEST_F(LawSdk, ExceptionsOfALawBecomeSentences)
{
  build("throwing", "#include <stdexcept>\n" + law_with(R"(
    Parameter a = parameter("Mode", 0, "1", "What to throw.");
    Field     x = field("x", "mm");
    Test() { if (a == 1) throw std::runtime_error("lost its table"); if (a == 2) throw 5; }
    template <class Number> void rates(At<Number> &at) const
    {
      if (at[x] > 1)
        lacuna::refuse("ends at x = %g mm", 1.);
    }
  )"));
  EXPECT_EQ(error_of("throwing", {{{"Mode", 1}}, {}}), "law 'death' lost its table");
  EXPECT_EQ(error_of("throwing", {{{"Mode", 2}}, {}}),
            "law 'death' stopped with an exception of unknown type; say what is wrong with "
            "lacuna::refuse");
  LawAtPoint law("throwing", {}, folder);
  law.set("x", 2);
  EXPECT_THROW(law.expect_exact_derivatives(), lacuna::UserError);
}

TEST(LawParameters, DefaultsReadBackAsTheyWereDeclared)
{
  for (const char *name :
       {"bibby-metabolism", "nutrient-viability", "msc", "npmsc", "exosomes", "kinetics"})
    for (const auto &parameter : LawLibrary::load(name, ".")->parameters())
    {
      EXPECT_FALSE(parameter.meaning.empty()) << name << ": " << parameter.name;
      if (parameter.kind != lacuna::Parameter::Kind::quantity || !parameter.choices.empty())
        continue;
      const double value = lacuna::parse_quantity(*parameter.default_text, parameter.unit) /
                           lacuna::si_factor(parameter.unit);
      EXPECT_GE(value, parameter.minimum) << name << ": " << parameter.name;
      EXPECT_LE(value, parameter.maximum) << name << ": " << parameter.name;
      EXPECT_FALSE(parameter.source.empty()) << name << ": " << parameter.name;
    }
}

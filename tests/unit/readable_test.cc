// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "config/readable.h"

#include "config/quantity.h"
#include "law_sdk.h"
#include "points_for_laws.h"

#include <map>
#include <sstream>

// The names that every law may read.

using namespace lacuna;

namespace
{
  constexpr double day = 86400; // s

  /** Every row of the table but the solutes, with a name behind each prefix. */
  std::vector<std::string> all_names()
  {
    const std::map<std::string, std::string> behind = {
        {"region:", "gel"}, {"face:", "left"}, {"face area:", "left"}, {"since:", "dose"}};
    std::vector<std::string> names;
    for (const Readable &readable : readables())
      if (readable.quantity != Readable::Quantity::solute)
        names.push_back(readable.name + (readable.is_prefix() ? behind.at(readable.name) : ""));
    return names;
  }

  /** A law that makes one unit of a species of its own per day and unit of each readable. */
  std::string reader_of(const std::vector<std::string> &names)
  {
    std::ostringstream members, sum;
    for (std::size_t k = 0; k < names.size(); ++k)
    {
      members << "Field f" << k << " = field(\"" << names[k] << "\", \""
              << find_readable(names[k])->usual.unit << "\");\n"
              << "Species s" << k << " = immobile_species(\"s" << k << "\", \"1\", \"\");\n";
      sum << "at.rate(s" << k << ") += at[f" << k << "];\n";
    }
    return law_with(members.str() + "template <class Number> void rates(At<Number> &at) const {" +
                    sum.str() + "}");
  }

  class ReadableNames : public LawSdk
  {
  protected:
    ReadableNames()
    {
      names = all_names();
      build("reader", reader_of(names));
      law = LawLibrary::load("reader", folder)->create("reader", {});

      tissue.points.x               = {1e-3, 4e-3};
      tissue.points.y               = {2e-3, 5e-3};
      tissue.points.z               = {3e-3, 6e-3};
      tissue.points.porosity        = {0.8, 0.7};
      tissue.points.fixed_charge    = {100, 200}; // mol/m^3
      tissue.points.weight          = {1e-9, 2e-9};
      tissue.points.region          = {1, 0};
      tissue.points.regions         = {"shell", "gel"};
      tissue.points.faces           = {"right", "left"};
      tissue.points.face_area       = {{0, 0}, {3e-6, 0}};
      tissue.points.whole_face_area = {1, 7e-6};
      tissue.points.derived_base    = {{7, 7}, {300, 310}};
      tissue.derived = {{"pH", "1", 1, {}, {{0, -0.1}}}, {"osmolarity", "mOsm/L", 1, {}, {{0, 1}}}};
      tissue.add_mobile("lactate", "mM");
      for (std::size_t k = 0; k < names.size(); ++k)
        tissue.add_immobile("s" + std::to_string(k), "1");
      tissue.input.injections.emplace_back();
      tissue.input.injections.back().name = "dose";
      tissue.input.injections.back().time = 3 * day;
    }

    std::string refusal()
    {
      try
      {
        tissue.bind({law.get()});
      }
      catch (const UserError &error)
      {
        return error.what();
      }
      return "not refused";
    }

    std::vector<std::string> names;
    std::unique_ptr<Law> law;
    PointsForLaws tissue;
  };
} // namespace

TEST_F(ReadableNames, GiveWhatTheySayInTheUnitOfTheLaw)
{
  // In the usual unit of each, at the two points.
  const std::map<std::string, std::pair<double, double>> expected = {
      {"x", {1, 4}},
      {"y", {2, 5}},
      {"z", {3, 6}},
      {"time", {5, 5}},
      {"age", {5, 5}},
      {"since:dose", {2, 2}},
      {"porosity", {0.8, 0.7}},
      {"fixed charge density", {0.1, 0.2}},
      {"region:gel", {1, 0}},
      {"face:left", {3, 0}},
      {"face area:left", {7, 7}},
      {"pH", {6.5, 6.5}},
      {"osmolarity", {305, 315}}};
  const Reaction reaction = tissue.bind({law.get()});
  std::vector<double> state(reaction.n_variables(), 0.);
  state[0]         = 5; // lactate
  const auto batch = tissue.evaluate(reaction, state, 5 * day);
  for (unsigned int k = 0; k < names.size(); ++k)
  {
    ASSERT_EQ(expected.count(names[k]), 1u) << "no expectation of '" << names[k] << "'";
    const auto [first, second] = expected.at(names[k]);
    EXPECT_NEAR(day * batch.gain.row(k)[0], first, 1e-13 * first) << names[k];
    EXPECT_NEAR(day * batch.gain.row(k)[1], second, 1e-13 * second) << names[k];
  }
}

TEST_F(ReadableNames, HaveDerivativesIfTheyFollowTheState)
{
  const std::map<std::string, double> slopes = {{"pH", -0.1}, {"osmolarity", 1}}; // in lactate
  const Reaction reaction                    = tissue.bind({law.get()});
  const auto batch =
      tissue.evaluate(reaction, std::vector<double>(reaction.n_variables(), 1.), 5 * day);
  for (unsigned int k = 0; k < names.size(); ++k)
  {
    const auto found      = slopes.find(names[k]);
    const double expected = found == slopes.end() ? 0 : found->second;
    EXPECT_EQ(find_readable(names[k])->follows_state, found != slopes.end()) << names[k];
    EXPECT_NEAR(day * batch.d_gain.row(k * reaction.n_variables())[0], expected, 1e-13) << names[k];
  }
}

TEST_F(ReadableNames, AreRefusedInAUnitOfAnotherDimension)
{
  for (unsigned int k = 0; k < names.size(); ++k)
  {
    LawRead &read              = law->reads[2 * k];
    const std::string unit     = read.unit;
    read.unit                  = "mol";
    const std::string sentence = refusal();
    EXPECT_EQ(sentence.rfind(
                  "law 'reader' declares " + names[k] + " in 'mol', which does not measure ", 0),
              0u)
        << sentence;
    EXPECT_NE(sentence.find("; declare it in " + unit + "."), std::string::npos) << sentence;
    read.unit = unit;
  }
  EXPECT_EQ(refusal(), "not refused");
}

TEST_F(ReadableNames, CannotBeChanged)
{
  for (unsigned int k = 0; k < names.size(); ++k)
  {
    law->reads[2 * k].changes = true;
    EXPECT_EQ(refusal(), "law 'reader' changes '" + names[k] +
                             "', which follows from other quantities and can only be read.");
    law->reads[2 * k].changes = false;
  }
}

TEST_F(ReadableNames, BehindAPrefixMustExist)
{
  const auto refusal_of = [&](const std::string &name)
  {
    for (unsigned int k = 0; k < names.size(); ++k)
      if (find_readable(names[k]) == find_readable(name))
      {
        law->reads[2 * k].name     = name;
        const std::string sentence = refusal();
        law->reads[2 * k].name     = names[k];
        return sentence;
      }
    return std::string();
  };
  EXPECT_EQ(refusal_of("region:gle"), "law 'reader' reads the region 'gle', which the geometry "
                                      "does not have; did you mean 'gel'?");
  EXPECT_EQ(refusal_of("face:lift"), "law 'reader' reads the face 'lift', which the geometry "
                                     "does not have; did you mean 'left'?");
  EXPECT_EQ(refusal_of("since:doses"), "law 'reader' reads the time since the dose 'doses', but "
                                       "section Injections has no such dose; did you mean 'dose'?");
}

TEST_F(ReadableNames, ADoseOfTheControlIsFarAhead)
{
  tissue.species.treated  = false;
  const Reaction reaction = tissue.bind({law.get()});
  const std::vector<double> state(reaction.n_variables());
  try
  {
    tissue.evaluate(reaction, state);
    FAIL() << "nothing is gained at a negative rate";
  }
  catch (const EvaluationError &error)
  {
    EXPECT_EQ(std::string(error.what()).rfind("law 'reader' computes the gain -11574074.07", 0), 0u)
        << error.what();
  }
}

TEST(Readable, ANameWithoutItsPrefixOrOfASoluteMeansASpecies)
{
  EXPECT_NE(find_readable("since:dose"), nullptr);
  EXPECT_EQ(find_readable("since"), nullptr);
  EXPECT_EQ(find_readable("glucose"), nullptr);
}

TEST(Readable, UsualRangesAreKnownInEveryUnitOfTheDimension)
{
  EXPECT_EQ(usual_range("oxygen", "Pa")->maximum, 21);
  EXPECT_EQ(usual_range("oxygen", "uM")->maximum, 0.2156);
  EXPECT_EQ(usual_range("face:left", "1/cm")->maximum, 10);
  EXPECT_TRUE(usual_range("region:gel", "1")->yes_or_no);
  EXPECT_EQ(usual_range("pH", "mM"), nullptr);
  EXPECT_EQ(usual_range("TNF", "ng/mL"), nullptr);
}

TEST(Readable, TheInterfaceDocumentsEveryName)
{
  std::ifstream file(sdk / "lacuna/abi.h");
  std::stringstream text;
  text << file.rdbuf();
  for (const Readable &readable : readables())
  {
    if (readable.quantity == Readable::Quantity::solute)
      continue;
    EXPECT_NE(text.str().find('"' + readable.name), std::string::npos) << readable.name;
  }
}

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause

// Every parameter acts: it is changed in some small case, and an answer must change. The list of
// parameters is what the program itself describes, so that a new one that nobody covers fails.

#include "effects/exceptions.h"
#include "effects/subjects.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <set>

namespace lacuna
{
  namespace
  {
    void expect_effects(const std::vector<Subject> &subjects, std::vector<EffectCase> &cases)
    {
      for (const Subject &subject : subjects)
        EXPECT_EQ(missing_effect(subject, cases), "") << subject.path;
    }

    void expect_bounds(const std::vector<Subject> &subjects, std::vector<EffectCase> &cases)
    {
      for (const Subject &subject : subjects)
        EXPECT_EQ(accepted_out_of_bounds(subject, cases), "") << subject.path;
    }

    void expect_answers(std::vector<EffectCase> &cases)
    {
      for (EffectCase &inside : cases)
        EXPECT_TRUE(inside.base().answered()) << inside.name << ": " << inside.base().sentence;
    }

    /** A name that GoogleTest accepts. */
    std::string test_name(const testing::TestParamInfo<std::string> &info)
    {
      std::string name = info.param.empty() ? "outside_of_sections" : info.param;
      std::replace_if(
          name.begin(), name.end(), [](unsigned char c) { return std::isalnum(c) == 0; }, '_');
      return name;
    }
  } // namespace

  class CoreParameters : public testing::TestWithParam<std::string>
  {
  };
  class LawParameters : public testing::TestWithParam<std::string>
  {
  };

  TEST_P(CoreParameters, ChangeAnAnswer)
  {
    expect_effects(subjects_of_core(GetParam()), cases_of_core());
  }

  TEST_P(CoreParameters, AreRefusedOutOfBounds)
  {
    expect_bounds(subjects_of_core(GetParam()), cases_of_core());
  }

  TEST_P(LawParameters, ChangeAnAnswer)
  {
    auto cases = cases_of_law(GetParam());
    expect_answers(cases);
    expect_effects(subjects_of_law(GetParam()), cases);
  }

  TEST_P(LawParameters, AreRefusedOutOfBounds)
  {
    auto cases = cases_of_law(GetParam());
    expect_bounds(subjects_of_law(GetParam()), cases);
  }

  INSTANTIATE_TEST_SUITE_P(Section, CoreParameters, testing::ValuesIn(sections_of_core()),
                           test_name);
  INSTANTIATE_TEST_SUITE_P(Law, LawParameters, testing::ValuesIn(shipped_laws()), test_name);

  TEST(EffectCases, OfTheCoreRunAsTheyStand)
  {
    expect_answers(cases_of_core());
  }

  TEST(EffectExceptions, NameParametersThatExist)
  {
    std::set<std::string> known;
    for (const Subject &subject : subjects_of_core())
      known.insert(subject.described);
    for (const std::string &law : shipped_laws())
      for (const Subject &subject : subjects_of_law(law))
        known.insert(subject.described);
    for (const Exception &exception : exceptions())
    {
      EXPECT_TRUE(std::any_of(known.begin(), known.end(),
                              [&](const std::string &parameter)
                              { return fits(exception.parameter, parameter); }))
          << exception.parameter;
      EXPECT_FALSE(exception.reason.empty()) << exception.parameter;
    }
  }
} // namespace lacuna

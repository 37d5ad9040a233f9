// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "config/user_error.h"
#include "law_course.h"

#include <map>

using lacuna::LawAtPoint;
using lacuna::LawCourse;
using lacuna::LawValues;

namespace
{
  /** Numbers of a case, with a turnover that the sources do not give. */
  LawValues numbers(std::map<std::string, double> values, double turnover = 0.5)
  {
    values["Turnover rate"] = turnover;
    LawValues result;
    for (const auto &[name, value] : values)
      result.numbers[name] = value;
    return result;
  }

  /** Matrix synthesis against that of young tissue, after `days`. */
  double synthesis(const LawValues &values, double days)
  {
    LawAtPoint law("gerozyme", values);
    law.set("anabolic phenotype", law.law->owns[0].initial);
    if (days > 0)
      LawCourse(law, {"anabolic phenotype"}, 0.01).advance_to(days);
    return law.signal("matrix synthesis", "chondrocytes");
  }
} // namespace

TEST(Gerozyme, LevelDoublesWithAge)
{
  LawAtPoint young("gerozyme", numbers({{"Ageing", 0}})), old("gerozyme", numbers({{"Ageing", 1}}));
  young.set("anabolic phenotype", 1).set("time", -10);
  old.set("anabolic phenotype", 1).set("time", -10);
  EXPECT_DOUBLE_EQ(old.loss("anabolic phenotype"), 2 * young.loss("anabolic phenotype"));
  EXPECT_DOUBLE_EQ(young.rate("anabolic phenotype"), 0) << "young tissue is in balance";
  EXPECT_DOUBLE_EQ(synthesis(numbers({}), 0), 0.5);
  EXPECT_NEAR(synthesis(numbers({}), 30), 0.5, 1e-9) << "and so is old tissue, at half";
}

TEST(Gerozyme, InhibitorForFourWeeks)
{
  const auto treated = [](double days) { return synthesis(numbers({{"Inhibition", 0.5}}), days); };
  EXPECT_NEAR(treated(27.5), 1, 1e-3) << "half of a doubled enzyme is that of young tissue";
  EXPECT_NEAR(treated(60), 0.5, 1e-3) << "and the gain goes when dosing ends";
  EXPECT_GT(synthesis(numbers({{"Inhibition", 0.8}}), 27.5), treated(27.5));
}

TEST(Gerozyme, GapsBetweenDoses)
{
  const LawValues gaps = numbers({{"Inhibition", 0.5}, {"Action time", 1}});
  EXPECT_GT(synthesis(gaps, 24.5), 0.5);
  EXPECT_LT(synthesis(gaps, 24.5), synthesis(numbers({{"Inhibition", 0.5}}), 24.5));
}

TEST(Gerozyme, AnInjectedInhibitor)
{
  LawValues values          = numbers({});
  values.texts["Inhibitor"] = "inhibited share";
  LawAtPoint law("gerozyme", values);
  law.set("anabolic phenotype", 1).set("inhibited share", 0.5);
  EXPECT_DOUBLE_EQ(law.rate("anabolic phenotype"), 0);
  law.expect_exact_derivatives();
}

TEST(Gerozyme, ChangesNoNumberOfCells)
{
  LawAtPoint law("gerozyme", numbers({}));
  for (const auto &read : law.law->reads)
    if (read.changes)
    {
      EXPECT_EQ(read.name, "anabolic phenotype");
    }
  ASSERT_EQ(law.law->provides.size(), 1u);
  EXPECT_EQ(law.law->provides[0].process, "matrix synthesis") << "no cell is killed, none is woken";
}

TEST(Gerozyme, RefusesWhatCannotBeMeant)
{
  EXPECT_THROW(LawAtPoint("gerozyme"), lacuna::UserError);
  EXPECT_THROW(LawAtPoint("gerozyme", numbers({{"Action time", 4}})), lacuna::UserError);
}

TEST(Gerozyme, ExactDerivatives)
{
  LawAtPoint law("gerozyme", numbers({{"Inhibition", 0.5}}));
  law.set("anabolic phenotype", 0.7).set("time", 10);
  law.expect_exact_derivatives();
}

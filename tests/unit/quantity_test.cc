// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "config/field_setting.h"
#include "config/quantity.h"
#include "config/time_table.h"
#include "config/user_error.h"

#include <gtest/gtest.h>

using namespace lacuna;

namespace
{
  std::string message_of(const std::string &text, const std::string &unit)
  {
    try
    {
      parse_quantity(text, unit);
    }
    catch (const UserError &error)
    {
      return error.what();
    }
    return "no error";
  }

  std::string field_message(const std::string &text, const std::string &unit)
  {
    try
    {
      parse_field(text, unit);
    }
    catch (const UserError &error)
    {
      return error.what();
    }
    return "no error";
  }
} // namespace

TEST(Quantity, units_of_the_field_have_their_factors)
{
  EXPECT_EQ(si_factor("mM"), 1);
  EXPECT_EQ(si_factor("uM"), 1e-3);
  EXPECT_EQ(si_factor("M"), 1000);
  EXPECT_EQ(si_factor("mOsm/L"), 1);
  EXPECT_EQ(si_factor("mEq/L"), 1);
  EXPECT_EQ(si_factor("mEq/mL"), 1000);
  EXPECT_EQ(si_factor("Eq/L"), 1000);
  EXPECT_EQ(si_factor("kPa"), 1000);
  EXPECT_NEAR(si_factor("mmHg"), 133.322, 1e-3);
  EXPECT_EQ(si_factor("h"), 3600);
  EXPECT_EQ(si_factor("d"), 86400);
  EXPECT_EQ(si_factor("y"), 3.15576e7);
  EXPECT_EQ(si_factor("mL"), 1e-6);
  EXPECT_EQ(si_factor("uL"), 1e-9);
  EXPECT_EQ(si_factor("/mL"), 1e6);
  EXPECT_EQ(si_factor("1/mL"), 1e6);
  EXPECT_EQ(si_factor("cells/mL"), 1e6);
  EXPECT_EQ(si_factor("cells/mm3"), 1e9);
}

TEST(Quantity, diffusivities_may_be_written_in_many_ways)
{
  EXPECT_EQ(si_factor("cm2/s"), 1e-4);
  EXPECT_EQ(si_factor("mm2/s"), 1e-6);
  EXPECT_EQ(si_factor("mm^2/s"), 1e-6);
  EXPECT_EQ(si_factor("um^2/s"), 1e-12);
  EXPECT_NEAR(si_factor("mm2/h"), 2.7778e-10, 1e-14);
  EXPECT_EQ(parse_quantity("2e-9 m^2/s", "m^2/s"), 2e-9);
}

TEST(Quantity, rates_per_cell_agree)
{
  EXPECT_NEAR(si_factor("fmol/h"), 2.77778e-19, 1e-24);
  EXPECT_DOUBLE_EQ(si_factor("nmol/(1e6 h)"), si_factor("fmol/h"));
  EXPECT_DOUBLE_EQ(si_factor("nmol/(1e6 cells h)"), si_factor("fmol/cell/h"));
  EXPECT_EQ(si_factor("mm4/N/s"), 1e-12); // hydraulic permeability
}

TEST(Quantity, is_read_in_si)
{
  EXPECT_EQ(parse_quantity("5.1 kPa", "kPa"), 5100);
  EXPECT_EQ(parse_quantity("0.6 mm", "mm"), 0.0006);
  EXPECT_EQ(parse_quantity("4e6 /mL", "1/mL"), 4e12);
  EXPECT_EQ(parse_quantity("4e6/mL", "1/mL"), 4e12);
  EXPECT_EQ(parse_quantity("4e6 cells/mL", "1/mL"), 4e12);
  EXPECT_EQ(parse_quantity("-2.5e-3 m/s", "m/s"), -2.5e-3);
  EXPECT_EQ(parse_quantity("+1.5 mL", "mL"), 1.5e-6);
  EXPECT_EQ(parse_quantity("6e6", "1"), 6e6);
  EXPECT_EQ(parse_quantity("6e6 cells", "1"), 6e6);
  EXPECT_EQ(parse_quantity("85 %", "1"), 0.85);
  EXPECT_EQ(parse_quantity("300 mEq/L", "mM"), 300);
  EXPECT_DOUBLE_EQ(parse_quantity("0.010268 mmol/L/kPa", "mM/kPa"), 0.010268e-3);
}

TEST(Quantity, keeps_its_digits_in_its_own_unit)
{
  EXPECT_EQ(parse_quantity_in("0.18 mM", "mM"), 0.18);
  EXPECT_EQ(parse_quantity_in("0.3 1/d", "1/d"), 0.3);
  EXPECT_EQ(parse_quantity_in("7 d", "h"), 168);
  EXPECT_EQ(parse_quantity_in("38 mmHg", "mmHg"), 38);
}

TEST(Quantity, says_which_dimension_is_meant)
{
  EXPECT_EQ(message_of("4", "mM"),
            "'4' has no unit; an amount concentration is needed, write for example '4 mM'");
  EXPECT_EQ(
      message_of("4 kPa", "mM"),
      "'4 kPa' is a pressure, but an amount concentration is needed; write for example '4 mM'");
  EXPECT_EQ(message_of("4 mm0l", "mM"),
            "'4 mm0l' has the unknown unit 'mm0l'; an amount concentration is needed, write for "
            "example '4 mM'");
  EXPECT_EQ(message_of("four mM", "mM"), "'four mM' is not a number with a unit; an amount "
                                         "concentration is needed, for example '1 mM'");
  EXPECT_EQ(message_of("", "d"), "the value is missing; a time is needed, for example '1 d'");
  EXPECT_EQ(message_of("3 mm", "1"),
            "'3 mm' is a length, but a pure number is needed; write for example '3'");
  EXPECT_EQ(
      message_of("5 %", "kPa"),
      "'5 %' does not say whether dry or humid gas is meant; write the partial pressure, 4.75 "
      "kPa if humid, 5.065 kPa if dry");
}

TEST(Quantity, refuses_what_only_looks_alike)
{
  // UDUNITS converts between a unit and its inverse; here a volume is no density.
  EXPECT_EQ(message_of("4 mL", "1/mL"),
            "'4 mL' is a volume, but a number density is needed; write for example '4 /mL'");
  EXPECT_FALSE(same_dimension("d", "1/d"));
  for (const char *text : {"1e400 mM", "nan mM", "inf mM", "4 5 mM", "4 mM mM", "0x10 mM", "4,5 mM",
                           "4 m^", "4 (((mM"})
    EXPECT_THROW(parse_quantity(text, "mM"), UserError) << text;
  for (const char *unit : {"degC", "dB", "s since 1970-01-01", "", "\xff", "m^99999999999"})
    EXPECT_THROW(si_factor(unit), UserError) << unit;
}

TEST(Quantity, converts_only_within_a_dimension)
{
  EXPECT_EQ(conversion_factor("d", "h"), 24);
  EXPECT_EQ(conversion_factor("fmol/h", "fmol/d"), 24);
  EXPECT_EQ(conversion_factor("mL", "mm3"), 1000);
  EXPECT_THROW(conversion_factor("d", "mM"), UserError);
  EXPECT_EQ(dimension_name("mM"), "amount concentration (for example mM)");
}

TEST(Quantity, is_written_with_as_few_digits_as_possible)
{
  for (const double value : {0.1, 5.1, 1. / 3, 4e12, 1e-9, 6.02214076e23, -0.0006, 1e8})
    EXPECT_EQ(std::stod(shortest(value)), value);
  EXPECT_EQ(shortest(0.1), "0.1");
  EXPECT_EQ(shortest(4e12), "4e12");
  EXPECT_EQ(shortest(1e-8), "1e-8");
}

TEST(Field, is_a_constant_or_an_expression_with_its_unit)
{
  EXPECT_EQ(parse_field("300 mEq/L", "mEq/L").constant, 300);
  EXPECT_EQ(parse_field("0.8", "1").constant, 0.8);
  EXPECT_EQ(parse_field("0.8 - 0.01*x", "1").expression, "0.8 - 0.01*x");
  const FieldSetting density = parse_field("(4e6 - 1e5*x^2) /mL", "1/mL");
  EXPECT_EQ(density.expression, "(4e6 - 1e5*x^2)");
  EXPECT_EQ(density.expression_factor, 1e6);
}

TEST(Field, refuses_expressions_that_cannot_be_evaluated)
{
  EXPECT_EQ(field_message("4e6*x", "1/mL"),
            "the expression '4e6*x' has no unit; write it in parentheses with its "
            "unit behind, for example '(4 + 0.1*x) /mL'");
  EXPECT_EQ(
      field_message("(4 + x) kPa", "mM"),
      "'1 kPa' is a pressure, but an amount concentration is needed; write for example '1 mM'");
  for (const char *text : {"0.8 +* x", "sni(x)", "x x", "(x", "x)", "0.8*w + x"})
    EXPECT_THROW(parse_field(text, "1"), UserError) << text;
}

TEST(TimeTable, is_linear_between_its_values_and_constant_outside)
{
  const TimeTable table{{10, 20, 20, 30}, {1, 3, 7, 5}};
  EXPECT_EQ(table.at(0), 1);
  EXPECT_EQ(table.at(15), 2);
  EXPECT_EQ(table.before(20), 3);
  EXPECT_EQ(table.at(20), 7);
  EXPECT_EQ(table.at(40), 5);
  EXPECT_EQ(table.rate(15), 0.2);
  EXPECT_EQ(table.rate(20), -0.2);
  EXPECT_EQ(table.rate(5), 0);
  EXPECT_EQ(table.rate(30), 0);
  EXPECT_EQ(table.knots(), (std::vector<double>{10, 20, 30}));
}

TEST(TimeTable, has_knots_only_where_something_changes)
{
  EXPECT_TRUE((TimeTable{{0}, {4}}).knots().empty());
  EXPECT_EQ((TimeTable{{0}, {4}}).at(1e9), 4);
  EXPECT_TRUE((TimeTable{{0, 10, 20}, {4, 4, 4}}).knots().empty());
  EXPECT_EQ((TimeTable{{0, 10, 20}, {0, 1, 2}}).knots(), (std::vector<double>{20}));
  EXPECT_EQ((TimeTable{{0, 10, 10}, {4, 4, 2}}).knots(), (std::vector<double>{10}));
}

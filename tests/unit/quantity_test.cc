// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "config/field_setting.h"
#include "config/molar_mass.h"
#include "config/quantity.h"
#include "config/time_table.h"
#include "config/user_error.h"

#include <gtest/gtest.h>

#include <utility>

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

TEST(Quantity, UnitsOfTheFieldHaveTheirFactors)
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

TEST(Quantity, DiffusivitiesMayBeWrittenInManyWays)
{
  EXPECT_EQ(si_factor("cm2/s"), 1e-4);
  EXPECT_EQ(si_factor("mm2/s"), 1e-6);
  EXPECT_EQ(si_factor("mm^2/s"), 1e-6);
  EXPECT_EQ(si_factor("um^2/s"), 1e-12);
  EXPECT_NEAR(si_factor("mm2/h"), 2.7778e-10, 1e-14);
  EXPECT_EQ(parse_quantity("2e-9 m^2/s", "m^2/s"), 2e-9);
}

TEST(Quantity, RatesPerCellAgree)
{
  EXPECT_NEAR(si_factor("fmol/h"), 2.77778e-19, 1e-24);
  EXPECT_DOUBLE_EQ(si_factor("nmol/(1e6 h)"), si_factor("fmol/h"));
  EXPECT_DOUBLE_EQ(si_factor("nmol/(1e6 cells h)"), si_factor("fmol/cell/h"));
  EXPECT_EQ(si_factor("mm4/N/s"), 1e-12); // hydraulic permeability
}

TEST(Quantity, IsReadInSi)
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

TEST(Quantity, KeepsItsDigitsInItsOwnUnit)
{
  EXPECT_EQ(parse_quantity_in("0.18 mM", "mM"), 0.18);
  EXPECT_EQ(parse_quantity_in("0.3 1/d", "1/d"), 0.3);
  EXPECT_EQ(parse_quantity_in("7 d", "h"), 168);
  EXPECT_EQ(parse_quantity_in("38 mmHg", "mmHg"), 38);
}

TEST(Quantity, SaysWhichDimensionIsMeantWithoutANumberThatCouldBeCopied)
{
  EXPECT_EQ(message_of("4", "mM"), "'4' has no unit; an amount concentration is needed: write its "
                                   "unit behind the number, such as mM");
  EXPECT_EQ(message_of("4 kPa", "mM"),
            "'4 kPa' is a pressure, but an amount concentration is needed, in a unit such as mM");
  EXPECT_EQ(message_of("4 mm0l", "mM"), "'4 mm0l' has the unknown unit 'mm0l'; an amount "
                                        "concentration is needed, in a unit such as mM");
  EXPECT_EQ(message_of("four mM", "mM"), "'four mM' is not a number with a unit; an amount "
                                         "concentration is needed, in a unit such as mM");
  EXPECT_EQ(message_of("", "d"), "the value is missing; a time is needed, in a unit such as d");
  EXPECT_EQ(message_of("3 mm", "1"), "'3 mm' is a length, but a pure number is needed");
  EXPECT_EQ(message_of("5 %", "kPa"),
            "'5 %' does not say whether dry or humid gas is meant; write the partial pressure, "
            "4.753 kPa if humid, 5.066 kPa if dry");
}

TEST(Quantity, NumbersThatAreSpeltOtherwiseAreSuggestedInDigits)
{
  const std::pair<const char *, const char *> densities[] = {
      {"4 million/mL", "4e6 /mL"},
      {"4 million cells/mL", "4e6 cells/mL"},
      {"4.5 Mio /mL", "4500000 /mL"},
      {"150k/mL", "150000 /mL"},
      {"20 thousand cells/mL", "20000 cells/mL"},
      {"4·10^6 /mL", "4e6 /mL"},
      {"4 x 10^6 /mL", "4e6 /mL"},
      {"4×10⁶ cells/mL", "4e6 cells/mL"},
      {"4*10**6/mL", "4e6 /mL"},
      {"10^6 /mL", "1e6 /mL"},
      {"1.000.000 /mL", "1e6 /mL"},
      {"1,000,000 /mL", "1e6 /mL"},
      {"4 000 000 /mL", "4e6 /mL"},
      {"1'500'000 /mL", "1500000 /mL"},
      {"4,5 million /mL", "4500000 /mL"},
      {"4,5 x 10^6 /mL", "4500000 /mL"},
      {"4e6 per mL", "4e6 /mL"},
      {"1.234,5 /mL", "1234.5 /mL"},
      {"1,234.5 /mL", "1234.5 /mL"},
      {"0,125 /mL", "0.125 /mL"},
      {"4,5/mL", "4.5/mL"}};
  for (const auto &[text, meant] : densities)
    EXPECT_EQ(message_of(text, "1/mL"),
              "'" + std::string(text) + "' is not a number in digits; write '" + meant + "'");
  EXPECT_EQ(message_of("6 million", "1"), "'6 million' is not a number in digits; write '6e6'");
}

TEST(Quantity, SuggestionsMeanTheSameOrAreNotMade)
{
  EXPECT_EQ(message_of("1,500 mM", "mM"),
            "'1,500 mM' is not a number in digits; write '1.5 mM' or '1500 mM'");
  EXPECT_EQ(message_of("4 million", "1/mL"),
            "'4 million' has the unknown unit 'million'; a number density is needed, in a unit "
            "such as /mL");
  EXPECT_EQ(message_of("4,5 kPa", "mM"), "'4,5 kPa' are 2 values; one number is expected here");
  EXPECT_EQ(message_of("4 billion /mL", "1/mL"),
            "'4 billion /mL' has the unknown unit 'billion /mL'; a number density is needed, in a "
            "unit such as /mL");
}

TEST(Quantity, TypesetCharactersAreThoseOfTheKeyboard)
{
  EXPECT_EQ(parse_quantity("5 µM", "mM"), 5e-3);       // U+00B5
  EXPECT_EQ(parse_quantity("5 μM", "mM"), 5e-3);       // U+03BC
  EXPECT_EQ(parse_quantity("5\u00a0mM", "mM"), 5);     // no-break space
  EXPECT_EQ(parse_quantity("\u22122 m/s", "m/s"), -2); // minus sign
  EXPECT_EQ(parse_quantity("2e-9 m²/s", "m^2/s"), 2e-9);
}

TEST(Quantity, OneNumberIsExpectedAndNotSeveral)
{
  EXPECT_EQ(message_of("1, 2, 3 mm^2/s", "m^2/s"),
            "'1, 2, 3 mm^2/s' are 3 values; one number is expected here");
  EXPECT_EQ(message_of("0 d: 1 mm, 2 d: 2 mm", "mm"),
            "'0 d: 1 mm, 2 d: 2 mm' is a table; one number is expected here");
  EXPECT_EQ(message_of("[1 2 3] mm", "mm"),
            "'[1 2 3] mm' stands in brackets; one number is expected here, without any");
  EXPECT_EQ(message_of("(1 + 0.1*x) mm", "mm"),
            "'(1 + 0.1*x) mm' is an expression; one number is expected here");
  EXPECT_EQ(message_of("(4) mM", "mM"),
            "'(4) mM' stands in parentheses; one number is expected here, without any");
}

TEST(MolarMass, MassesOfKnownSolutesAreToldAsAmounts)
{
  EXPECT_EQ(mass_in_amounts("4.5 g/L", "mM", "glucose"),
            "'4.5 g/L' is a mass concentration, but an amount concentration is needed; of glucose "
            "(180.156 g/mol), that is '24.9784 mM'");
  EXPECT_EQ(mass_in_amounts("9.0078 mg/dL", "mM", "lactate"),
            "'9.0078 mg/dL' is a mass concentration, but an amount concentration is needed; of "
            "lactate, weighed as lactic acid (90.078 g/mol), that is '1 mM'");
  EXPECT_EQ(mass_in_amounts("31.998 ug", "umol", "oxygen"),
            "'31.998 ug' is a mass, but an amount of substance is needed; of oxygen (31.998 "
            "g/mol), that is '1 umol'");
  EXPECT_EQ(mass_in_amounts("1.80156 g/m^2/s", "mol/m^2/s", "glucose"),
            "'1.80156 g/m^2/s' is a quantity in g/m^2/s, but a flux is needed; of glucose (180.156 "
            "g/mol), that is '0.01 mol/m^2/s'");
  EXPECT_EQ(mass_in_amounts("4.5 g/L", "mM", "urea"), "");
  EXPECT_EQ(mass_in_amounts("4.5 kPa", "mM", "glucose"), "");
  EXPECT_EQ(mass_in_amounts("4.5 g/L", "1/mL", "glucose"), "");
  EXPECT_EQ(solute_in_name("Critical glucose"), "glucose");
  EXPECT_EQ(solute_in_name("Lactate per glucose"), "");
  EXPECT_EQ(solute_in_name("Death rate"), "");
}

TEST(Quantity, RefusesWhatOnlyLooksAlike)
{
  // UDUNITS converts between a unit and its inverse; here a volume is no density.
  EXPECT_EQ(message_of("4 mL", "1/mL"),
            "'4 mL' is a volume, but a number density is needed, in a unit such as /mL");
  EXPECT_FALSE(same_dimension("d", "1/d"));
  for (const char *text : {"1e400 mM", "nan mM", "inf mM", "4 5 mM", "4 mM mM", "0x10 mM", "4,5 mM",
                           "4 m^", "4 (((mM"})
    EXPECT_THROW(parse_quantity(text, "mM"), UserError) << text;
  for (const char *unit : {"degC", "dB", "s since 1970-01-01", "", "\xff", "m^99999999999"})
    EXPECT_THROW(si_factor(unit), UserError) << unit;
}

TEST(Quantity, ConvertsOnlyWithinADimension)
{
  EXPECT_EQ(conversion_factor("d", "h"), 24);
  EXPECT_EQ(conversion_factor("fmol/h", "fmol/d"), 24);
  EXPECT_EQ(conversion_factor("mL", "mm3"), 1000);
  EXPECT_THROW(conversion_factor("d", "mM"), UserError);
  EXPECT_EQ(dimension_name("mM"), "amount concentration (for example mM)");
}

TEST(Quantity, IsWrittenWithAsFewDigitsAsPossible)
{
  for (const double value : {0.1, 5.1, 1. / 3, 4e12, 1e-9, 6.02214076e23, -0.0006, 1e8})
    EXPECT_EQ(std::stod(shortest(value)), value);
  EXPECT_EQ(shortest(0.1), "0.1");
  EXPECT_EQ(shortest(4e12), "4e12");
  EXPECT_EQ(shortest(1e-8), "1e-8");
}

TEST(Field, IsAConstantOrAnExpressionWithItsUnit)
{
  EXPECT_EQ(parse_field("300 mEq/L", "mEq/L").constant, 300);
  EXPECT_EQ(parse_field("0.8", "1").constant, 0.8);
  EXPECT_EQ(parse_field("0.8 - 0.01*x", "1").expression, "0.8 - 0.01*x");
  const FieldSetting density = parse_field("(4e6 - 1e5*x^2) /mL", "1/mL");
  EXPECT_EQ(density.expression, "(4e6 - 1e5*x^2)");
  EXPECT_EQ(density.expression_factor, 1e6);
}

TEST(Field, RefusesExpressionsThatCannotBeEvaluated)
{
  EXPECT_EQ(field_message("4e6*x", "1/mL"),
            "the expression '4e6*x' has no unit; write it in parentheses with its "
            "unit behind, such as /mL");
  EXPECT_EQ(field_message("(4 + x) kPa", "mM"), "'(4 + x) kPa' is a pressure, but an amount "
                                                "concentration is needed, in a unit such as mM");
  for (const char *text : {"0.8 +* x", "sni(x)", "x x", "(x", "x)", "0.8*w + x"})
    EXPECT_THROW(parse_field(text, "1"), UserError) << text;
}

TEST(TimeTable, IsLinearBetweenItsValuesAndConstantOutside)
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

TEST(TimeTable, HasKnotsOnlyWhereSomethingChanges)
{
  EXPECT_TRUE((TimeTable{{0}, {4}}).knots().empty());
  EXPECT_EQ((TimeTable{{0}, {4}}).at(1e9), 4);
  EXPECT_TRUE((TimeTable{{0, 10, 20}, {4, 4, 4}}).knots().empty());
  EXPECT_EQ((TimeTable{{0, 10, 20}, {0, 1, 2}}).knots(), (std::vector<double>{20}));
  EXPECT_EQ((TimeTable{{0, 10, 10}, {4, 4, 2}}).knots(), (std::vector<double>{10}));
}

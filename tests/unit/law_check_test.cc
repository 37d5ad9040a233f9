// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "law_sdk.h"

#include "laws/law_check.h"
#include "support/test_law.h"

#include <cstdlib>
#include <map>

// What `lacuna plugin check` says of right and of wrong laws.

using namespace lacuna;

namespace
{
  LawCheck check(const std::string &law, const LawValues &values = {})
  {
    return check_law(*LawLibrary::load(law, ""), values);
  }

  /** All that a check has to complain of; with notes if wanted. */
  std::string complaints(const LawCheck &result, bool with_notes = false)
  {
    std::string text;
    for (const LawCheckItem &item : result.items)
      for (const LawFinding &finding : item.findings)
        if (finding.failure || with_notes)
          text += (text.empty() ? "" : "\n") + item.name + ": " + finding.sentence;
    return text;
  }

  std::string complaints_of_wrong(const std::string &what)
  {
    const LawCheck result = check(test_law("wrong-" + what));
    EXPECT_FALSE(result.passed());
    return complaints(result);
  }

  /** The first line of a text. */
  std::string first_line(const std::string &text)
  {
    return text.substr(0, text.find('\n'));
  }

  class LawCheckOf : public LawSdk
  {
  protected:
    LawCheck check_of(const std::string &members) const
    {
      build("law", law_with(members));
      return check((folder / "law.so").string());
    }
  };
} // namespace

TEST(LawCheck, EveryShippedLawPasses)
{
  // What must be given to laws that have no complete defaults.
  const std::map<std::string, LawValues> given = {
      {"kinetics",
       {{{"Rate per cell", 60}, {"Half saturation", 0.05}},
        {{"Substance", "glucose"}, {"Population", "NP cells"}}}},
      {"gerozyme", {{{"Turnover rate", 0.1}}, {}}}};
  const char *folder = std::getenv("LACUNA_PLUGIN_PATH");
  ASSERT_NE(folder, nullptr) << "the folder of the laws";
  unsigned int n_laws = 0;
  for (const auto &entry : fs::directory_iterator(folder))
  {
    const std::string name = entry.path().stem();
    SCOPED_TRACE(name);
    const LawCheck result = check(name, given.count(name) > 0 ? given.at(name) : LawValues());
    EXPECT_TRUE(result.passed()) << complaints(result);
    EXPECT_GT(result.n_points, 225u);
    EXPECT_EQ(result.items.size(), 6u);
    ++n_laws;
  }
  EXPECT_GT(n_laws, 5u);
}

TEST(LawCheck, ZeroOrderReleasePasses)
{
  const LawCheck result = check(
      "kinetics", {{{"Rate", 0.1}},
                   {{"Substance", "glucose"}, {"Kind", "zero-order"}, {"Direction", "release"}}});
  EXPECT_TRUE(result.passed()) << complaints(result);
}

TEST(LawCheck, DeclaredUptakeOfZeroOrderIsANote)
{
  const auto note = [](const std::string &law, const LawValues &values)
  {
    const LawCheck result = check(law, values);
    EXPECT_TRUE(result.passed()) << complaints(result);
    return complaints(result, true);
  };
  EXPECT_EQ(note("kinetics", {{{"Rate", 0.1}}, {{"Substance", "glucose"}, {"Kind", "zero-order"}}}),
            "nothing negative: the loss of 'glucose' does not vanish with it: 0.1 where there is "
            "none; the law declares that it holds from 0 on (uptake of zero order), and a run that "
            "goes below says so");
  const LawValues without_limit = {{{"Glucose limiter constant", 0}}, {}};
  EXPECT_NE(note("bibby-metabolism", without_limit).find("from 0 on (no glucose limiter)"),
            std::string::npos);
  EXPECT_NE(note("cells", without_limit).find("from 0 on (uptake of zero order)"),
            std::string::npos);
  const LawValues without_half = {{{"Glucose half saturation", 0}, {"Oxygen half saturation", 0}},
                                  {}};
  const std::string text       = note("npmsc", without_half);
  EXPECT_NE(text.find("the loss of 'glucose' does not vanish with it"), std::string::npos) << text;
  EXPECT_NE(text.find("the loss of 'oxygen' does not vanish with it"), std::string::npos) << text;
}

TEST(LawCheck, TellsOfAWrongDerivative)
{
  const std::string text = complaints_of_wrong("derivative");
  EXPECT_EQ(first_line(text), "exact derivatives: the derivative of the loss of 'NP cells' by "
                              "glucose [mM] is 0, but differences give -124.226");
  EXPECT_NE(text.find("\n  at glucose = 5 mM, NP cells = 4472.14 1/mL\n  Let every step of the "
                      "computation have the type Number, without lacuna::value() or double in "
                      "between."),
            std::string::npos)
      << text;
}

TEST(LawCheck, TellsOfAResultThatIsNoNumber)
{
  EXPECT_EQ(complaints_of_wrong("number"),
            "numbers everywhere: law 'wrong-number' computes no number for the loss of 'NP cells'\n"
            "  with glucose = 0 mM, NP cells = 0 1/mL");
}

TEST(LawCheck, TellsOfAHiddenState)
{
  EXPECT_NE(complaints_of_wrong("memory").find("the same every time: the loss of 'NP cells' is "),
            std::string::npos);
  EXPECT_NE(complaints_of_wrong("memory").find(
                " when asked again\n  at NP cells = 4472.14 1/mL\n  A law must depend on what it "
                "reads and on nothing else: no static or mutable data, no random numbers, no "
                "clock."),
            std::string::npos)
      << complaints_of_wrong("memory");
}

TEST(LawCheck, TellsOfALossThatDoesNotVanish)
{
  EXPECT_EQ(complaints_of_wrong("loss"),
            "nothing negative: the loss of 'NP cells' does not vanish with it: 50000 where there "
            "is none\n  at pH = 6.8, NP cells = 0 1/mL\n  Make the loss proportional to "
            "at[species], or to lacuna::saturation(at[species], K).");
}

TEST(LawCheck, TellsOfASecretionWithTheWrongSign)
{
  EXPECT_EQ(complaints_of_wrong("sign"),
            "nothing negative: the loss of 'VEGF' does not vanish with it: 0.715542 where there is "
            "none\n  at oxygen = 10.5 kPa, NP cells = 4472.14 1/mL, total of NP cells = 8944.27 "
            "1/mL, VEGF = 0 ng/mL\n  Make the loss proportional to at[species], or to "
            "lacuna::saturation(at[species], K). If it must be of zero order, declare the species "
            "as within(..., from_zero(\"why\")), so that a run says where it becomes negative.");
}

TEST_F(LawCheckOf, LossesOfNothingAreFoundInEverySpeciesAndUnit)
{
  const LawCheck result  = check_of(R"(
    Field   oxygen   = field("oxygen", "kPa");
    Species lactate  = solute("lactate", "mM");
    Species other    = solute("factor of another law", "ng/mL");
    Species cells    = population("NP cells", "1/mL");
    Species vesicles = mobile_species("vesicles", "1/mL", "", in_tissue(1, "um^2/s"));
    Species small    = mobile_species("small solute", "mM", "", in_water(1, "um^2/s"));
    Species counted  = mobile_species("counted", "1", "", of_size(2));
    Species fibre    = immobile_species("fibre", "ng/mL", "");
    Species inside   = species_per_cell("inside", "1", "NP cells", "");
    template <class Number> void rates(At<Number> &at) const
    {
      at.rate(lactate) -= at[cells] * 1e-9;
      at.rate(other) -= 1.;
      at.rate(vesicles) -= 1 / (1 + at[oxygen]);
      at.rate(small) -= 1e-9 + at[small];
      at.rate(counted) -= 1 + at[counted];
      at.rate(fibre) -= at[lactate] * 1e-3;
      at.rate(inside) -= 1.;
    }
  )");
  const std::string text = complaints(result);
  for (const char *species : {"lactate", "factor of another law", "vesicles", "small solute",
                              "counted", "fibre", "inside"})
    EXPECT_NE(text.find("the loss of '" + std::string(species) + "' does not vanish with it"),
              std::string::npos)
        << species << "\n"
        << text;
  EXPECT_EQ(text.find("the loss of 'NP cells'"), std::string::npos) << text;
}

TEST_F(LawCheckOf, LossesOfNothingBehindConditionsAndSignsAreFound)
{
  const LawCheck result  = check_of(R"(
    Field   oxygen  = field("oxygen", "kPa");
    Field   place   = field("x", "mm");
    Species cells   = population("NP cells", "1/mL");
    Species anoxic  = mobile_species("anoxic", "ng/mL", "", in_tissue(1, "um^2/s"));
    Species crowded = mobile_species("crowded", "ng/mL", "", in_tissue(1, "um^2/s"));
    Species aside   = mobile_species("aside", "ng/mL", "", in_tissue(1, "um^2/s"));
    Species present = mobile_species("present", "ng/mL", "", in_tissue(1, "um^2/s"));
    Species gained  = mobile_species("gained", "ng/mL", "", in_tissue(1, "um^2/s"));
    template <class Number> void rates(At<Number> &at) const
    {
      at.rate(anoxic) -= at[oxygen] < 0.003 ? 1. : 0.;
      at.rate(crowded) -= at[cells] > 1.7e7 ? 1. : 0.;
      at.rate(aside) -= at[place] > 29.95 ? 1. : 0.;
      at.rate(present) -= at[present] > 0 ? 1. : 0.;
      at.rate(gained) += 1e-3 - at[oxygen];
    }
  )");
  const std::string text = complaints(result);
  for (const char *sentence :
       {"the loss of 'anoxic' does not vanish with it: 1 where there is none",
        "the loss of 'crowded' does not vanish with it: 1 where there is none",
        "the loss of 'aside' does not vanish with it: 1 where there is none",
        "the loss of 'present' does not vanish with it: 1 where there is only 1e-15",
        "the gain of 'gained' is negative"})
    EXPECT_NE(text.find(sentence), std::string::npos) << sentence << "\n" << text;
}

TEST_F(LawCheckOf, LossesThatVanishInWhateverWayPass)
{
  const LawCheck result = check_of(R"(
    Species a = mobile_species("a", "ng/mL", "", in_tissue(1, "um^2/s"));
    Species b = mobile_species("b", "ng/mL", "", in_tissue(1, "um^2/s"));
    Species c = mobile_species("c", "1/mL", "", in_tissue(1, "um^2/s"));
    Species d = immobile_species("d", "1", "");
    template <class Number> void rates(At<Number> &at) const
    {
      at.rate(a) -= lacuna::saturation(at[a], 1e-6) * (1 + at[b]);
      at.rate(b) -= at[b] * at[b] * at[a];
      at.rate(c) -= lacuna::sqrt(lacuna::max(at[c], 0.));
      at.rate(d) -= lacuna::saturation(at[d], 2.) * at[d];
    }
  )");
  EXPECT_EQ(complaints(result), "");
}

TEST_F(LawCheckOf, ZeroOrderMayBeDeclaredForWhatMovesOnly)
{
  const LawCheck result = check_of(R"(
    Species mobile = within(mobile_species("mobile", "ng/mL", "", in_tissue(1, "um^2/s")),
                            from_zero("as measured"));
    Species fixed  = within(immobile_species("fixed", "ng/mL", ""), from_zero("as measured"));
    template <class Number> void rates(At<Number> &at) const
    {
      at.rate(mobile) -= 1.;
      at.rate(fixed) -= 1.;
    }
  )");
  EXPECT_EQ(first_line(complaints(result)),
            "nothing negative: the loss of 'fixed' does not vanish with it: 1 where there is none");
  EXPECT_NE(complaints(result, true)
                .find("the loss of 'mobile' does not vanish with it: 1 where "
                      "there is none; the law declares that it holds from 0 "
                      "on (as measured)"),
            std::string::npos)
      << complaints(result, true);
}

TEST(LawCheck, TellsOfAJump)
{
  const std::string text = complaints_of_wrong("jump");
  EXPECT_EQ(first_line(text), "no jumps: the loss of 'NP cells' jumps from 8944.27 to 0 where "
                              "glucose [mM] passes 0.5");
  EXPECT_NE(
      text.find("\n  No solver steps over a jump: write lacuna::smooth_step(x, width) instead "
                "of a condition."),
      std::string::npos);
}

TEST(LawCheck, TellsOfANegativeFactor)
{
  const std::string text = complaints_of_wrong("factor");
  EXPECT_NE(
      text.find("nothing negative: the signal 'apoptosis' of 'NP cells' is negative, -1\n  at "
                "glucose = 10 mM\n  A factor of a product must not turn losses into gains; "
                "keep it above zero, for example 1/(1 + x) instead of 1 - x."),
      std::string::npos)
      << text;
}

TEST_F(LawCheckOf, AKinkAndAnInfiniteSlopeAreNotes)
{
  const LawCheck result = check_of(R"(
    Field   glucose = field("glucose", "mM");
    Species cells   = population("NP cells", "1/mL");
    template <class Number> void rates(At<Number> &at) const
    {
      at.rate(cells) -= lacuna::positive_part(5. - at[glucose]) * at[cells];
      at.rate(cells) += lacuna::sqrt(at[glucose]);
    }
  )");
  EXPECT_TRUE(result.passed());
  const std::string text = complaints(result, true);
  EXPECT_NE(text.find("the loss of 'NP cells' has a kink where glucose [mM] passes 5"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("the gain of 'NP cells' rises too steeply for differences where glucose [mM] "
                      "leaves 0; its derivative there, 0, is not compared"),
            std::string::npos)
      << text;
}

TEST_F(LawCheckOf, ASlopeAtTheEndOfTheRangeIsThatOfTheInside)
{
  const LawCheck result = check_of(R"(
    Field   glucose = field("glucose", "mM");
    Species lactate = solute("lactate", "mM");
    template <class Number> void rates(At<Number> &at) const
    {
      at.rate(lactate) += lacuna::positive_part(at[glucose]);
    }
  )");
  EXPECT_EQ(complaints(result),
            "exact derivatives: the derivative of the gain of 'lactate' by glucose [mM] is 0, but "
            "differences give 1\n  at glucose = 0 mM, lactate = 0 mM\n  At an end of the range the "
            "slope is that of the inside: lacuna::max(x, 0.) has it, lacuna::positive_part(x) has "
            "not.");
}

TEST_F(LawCheckOf, ADerivativeThatIsSlightlyWrongIsFound)
{
  const LawCheck result = check_of(R"(
    Species glucose = solute("glucose", "mM");
    static double square(double x) { return x * x; }
    template <int N> static lacuna::Dual<N> square(const lacuna::Dual<N> &x)
    {
      return lacuna::Dual<N>::chain(x.value * x.value, 2.00002 * x.value, x);
    }
    template <class Number> void rates(At<Number> &at) const
    {
      at.rate(glucose) -= square(at[glucose]);
    }
  )");
  EXPECT_EQ(
      first_line(complaints(result)),
      "exact derivatives: the derivative of the loss of 'glucose' by glucose [mM] is 10.0001, "
      "but differences give 10");
}

TEST_F(LawCheckOf, SteepSmoothFunctionsAreNoJumps)
{
  const LawCheck result = check_of(R"(
    Field   pH      = field("pH", "1");
    Field   glucose = field("glucose", "mM");
    Species cells   = population("NP cells", "1/mL");
    template <class Number> void rates(At<Number> &at) const
    {
      at.rate(cells) -= lacuna::smooth_step(6.8 - at[pH], 1e-4) * at[cells];
      at.rate(cells) -= at[cells] / (1 + lacuna::pow(lacuna::max(at[glucose], 0.) / 0.5, 60.));
    }
  )");
  EXPECT_EQ(complaints(result, true), "");
}

TEST_F(LawCheckOf, ADeclaredRangeIsKept)
{
  const LawCheck result = check_of(R"(
    Field   stretch = field("osmolarity", "mOsm/L", {300, 450, "the data"});
    Species cells   = population("NP cells", "1/mL");
    template <class Number> void rates(At<Number> &at) const
    {
      at.rate(cells) += lacuna::pow(at[stretch] - 300., 2.);
      if (at[stretch] < 300 - 1e-9 || at[stretch] > 450 + 1e-9)
        lacuna::refuse("was asked outside its range");
    }
  )");
  EXPECT_TRUE(result.passed()) << complaints(result);
  EXPECT_TRUE(result.ranges[0].declared);
  EXPECT_EQ(result.ranges[0].maximum, 450);
}

TEST_F(LawCheckOf, NegativeGainsAndGrowingDosesAreFailures)
{
  const LawCheck result = check_of(R"(
    Species glucose = solute("glucose", "mM");
    Species debris  = immobile_species("debris", "1/mL", "Of the needle.");
    template <class Number> void rates(At<Number> &at) const { at.rate(glucose) += -at[glucose]; }
    void deliver(Dose &dose) const { dose.viability = 1.5; }
    void at_dose(const Dose &, At<double> &at) const { at.after(debris) -= 1e3; }
  )");
  EXPECT_EQ(complaints(result),
            "nothing negative: the gain of 'glucose' is negative, -5\n"
            "  at glucose = 5 mM, debris = 4472.14 1/mL\n"
            "  What disappears is a loss: write at.rate(species) -= amount.\n"
            "doses: 'deliver' makes the viability of a dose 1.5, which must be a share between 0 "
            "and 1.\n"
            "doses: 'at_dose' leaves -1000 of 'debris'\n"
            "  at glucose = 0 mM, debris = 0 1/mL\n"
            "  An amount must not become negative.");
}

TEST_F(LawCheckOf, ASignalThatReadsSignalsIsTold)
{
  const LawCheck result = check_of(R"(
    Field  other = use("growth", "NP cells", product);
    Signal mine  = provide("apoptosis", "NP cells", product);
    template <class Number> void signals(At<Number> &at) const { at.signal(mine) *= at[other]; }
  )");
  EXPECT_NE(complaints(result).find("law 'test' computes no number for the signal 'apoptosis'"),
            std::string::npos);
}

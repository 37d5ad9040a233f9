// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "config/user_error.h"
#include "law_harness.h"

#include <algorithm>

using lacuna::LawAtPoint;
using lacuna::LawValues;
using lacuna::printed;

namespace
{
  /** Protective effect when the vesicles inside the cells are in balance with `density` vesicles
   * per mL outside. */
  double steady_effect(LawAtPoint &law, double density)
  {
    law.set("exosomes", density).set("internalised exosomes", 1).set("NP cells", 0);
    law.set("internalised exosomes",
            law.gain("internalised exosomes") / law.loss("internalised exosomes"));
    return 1 - law.signal();
  }

  struct Course
  {
    double peak = 0, peak_day = 0, days_above = 0, last_day_above = 0, integral = 0;
  };

  /** One bolus among 4e6 cells per mL, without transport: explicit midpoint steps of 0.05 h. */
  Course bolus(double vesicles_per_mL)
  {
    LawAtPoint law("exosomes");
    constexpr double step = 0.05, threshold = 0.25;
    double free = vesicles_per_mL, inside = 0;
    Course course;
    law.set("NP cells", 4e6);
    for (double hour = 0; hour < 24 * 60; hour += step)
    {
      law.set("exosomes", free).set("internalised exosomes", inside);
      const double effect = 1 - law.signal();
      course.integral += effect * step / 24;
      if (effect > course.peak)
      {
        course.peak     = effect;
        course.peak_day = hour / 24;
      }
      if (effect > threshold)
      {
        course.days_above += step / 24;
        course.last_day_above = hour / 24;
      }
      const double middle_free   = free + 0.5 * step * law.rate("exosomes");
      const double middle_inside = inside + 0.5 * step * law.rate("internalised exosomes");
      law.set("exosomes", middle_free).set("internalised exosomes", middle_inside);
      free += step * law.rate("exosomes");
      inside += step * law.rate("internalised exosomes");
    }
    return course;
  }
} // namespace

TEST(Exosomes, owns_two_species)
{
  LawAtPoint law("exosomes");
  const auto &owned = law.law->owns;
  ASSERT_EQ(owned.size(), 2u);
  EXPECT_EQ(owned[0].name, "exosomes");
  EXPECT_TRUE(owned[0].mobile);
  EXPECT_EQ(owned[0].basis, lacuna::Basis::tissue);
  EXPECT_NEAR(owned[0].diffusivity, 0.66e-12, 1e-24);
  EXPECT_EQ(owned[1].name, "internalised exosomes");
  EXPECT_EQ(owned[1].basis, lacuna::Basis::per_cell);
  EXPECT_EQ(owned[1].population, "NP cells");
}

TEST(Exosomes, steady_uptake)
{
  LawAtPoint law("exosomes");
  law.set("exosomes", 5e10).set("internalised exosomes", 1);
  EXPECT_DOUBLE_EQ(law.gain("internalised exosomes"), 500); // vesicles per cell and hour
  EXPECT_NEAR(law.gain("internalised exosomes") / law.loss("internalised exosomes"), 17300, 50);
  EXPECT_TRUE(printed(steady_effect(law, 5e10), ".51"));
  EXPECT_TRUE(printed(steady_effect(law, 1e10), ".21"));
  EXPECT_TRUE(printed(steady_effect(law, 1e11), ".62"));
}

TEST(Exosomes, one_bolus)
{
  const Course small = bolus(2e10), large = bolus(1e11);
  EXPECT_TRUE(printed(small.peak, ".12"));
  EXPECT_NEAR(small.peak_day, 1, 0.15);
  EXPECT_TRUE(printed(large.peak, ".38"));
  EXPECT_TRUE(printed(large.days_above, "2.58"));
  EXPECT_TRUE(printed(large.last_day_above, "2.8"));
  EXPECT_TRUE(printed(large.integral, "1.4"));
}

TEST(Exosomes, loss_outside)
{
  LawAtPoint law("exosomes", {{{"Binding rate", 0.01}}, {}});
  law.set("exosomes", 1e10).set("NP cells", 4e6);
  EXPECT_NEAR(law.loss("exosomes"), (std::log(2.) / 48 + 0.01 + 0.04) * 1e10, 1);
  EXPECT_EQ(law.gain("exosomes"), 0);
}

TEST(Exosomes, secretion_by_a_living_graft)
{
  LawAtPoint law("exosomes", {{}, {{"Secreting population", "NPMSC"}}});
  law.set("NPMSC", 6e6 / 5.); // 6e6 cells in 5 mL
  EXPECT_NEAR(law.gain("exosomes") * 24, 3.6e9, 1);
}

TEST(Exosomes, cargos_multiply_survivors)
{
  const auto factor = [](const std::string &cargo)
  {
    LawAtPoint law("exosomes", {{}, {{"Cargo", cargo}}});
    steady_effect(law, 5e10);
    return law.signal();
  };
  const double effect = 1 - factor("miR-21");
  EXPECT_TRUE(printed(factor("miR-21"), ".49"));
  EXPECT_TRUE(printed(factor("miR-21, miR-194-5p"), ".29"));
  EXPECT_NEAR(factor("circ_0050205"), 1 - 0.6 * effect, 1e-14);
  EXPECT_NEAR(factor("miR-34a"), 1 + 0.5 * effect, 1e-14) << "the cargo of aged cells harms";
  EXPECT_EQ(factor("none"), 1) << "the effect vanishes when the cargo is knocked down";
  EXPECT_NEAR(factor("own"), 1 - 0.8 * effect, 1e-14);
}

TEST(Exosomes, unknown_cargo_is_refused)
{
  try
  {
    LawAtPoint law("exosomes", {{}, {{"Cargo", "miR-21, miR-22"}}});
    FAIL();
  }
  catch (const lacuna::UserError &error)
  {
    EXPECT_EQ(std::string(error.what()).rfind("law 'test' knows no cargo 'miR-22'; write one", 0),
              0u);
  }
}

TEST(Exosomes, exact_derivatives)
{
  LawAtPoint law("exosomes",
                 {{}, {{"Cargo", "miR-21, miR-155"}, {"Secreting population", "NPMSC"}}});
  law.set("exosomes", 3e10)
      .set("internalised exosomes", 8e3)
      .set("NP cells", 4e6)
      .set("NPMSC", 1e6);
  law.expect_exact_derivatives();
}

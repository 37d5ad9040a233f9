// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause

// A lesion of senescent cells in a bar of nucleus, and cells that release TSG-6 in it: what the
// header of the case tells.

#include "support/case_run.h"

#include <gmock/gmock.h>

#include <cmath>
#include <string>

using namespace lacuna;

namespace
{
  using Overrides = std::vector<std::string>;

  constexpr double day = 86400; // s

  CaseRun bar(const std::string &stem_cells, Overrides overrides = {})
  {
    overrides.push_back("Cells/BMSC/Density in nucleus=" + stem_cells + " /mL");
    return CaseRun(LACUNA_SOURCE_DIR "/parameter-files/cookbook/tsg6-inflammation.prm", overrides);
  }

  /** The drive along the bar, at the end. */
  std::vector<double> drive(const CaseRun &run)
  {
    const auto il1 = run.profile("IL-1", "axis"), tnf = run.profile("TNF", "axis"),
               damp = run.profile("DAMP", "axis"), tsg6 = run.profile("TSG-6", "axis");
    std::vector<double> result;
    for (std::size_t i = 0; i < il1.size(); ++i)
    {
      const double u = (il1[i] / 0.5 + tnf[i] / 2 + damp[i]) / (1 + tsg6[i]);
      result.push_back(u / (1 + u));
    }
    return result;
  }

  /** mm from the middle of the lesion to where the drive falls below one half, between the probe's
   * points. */
  double lesion(const CaseRun &run)
  {
    const auto phi       = drive(run);
    const double spacing = 10. / (phi.size() - 1);
    for (std::size_t i = 1; i < phi.size(); ++i)
      if (phi[i] < 0.5)
        return spacing * (i - (0.5 - phi[i]) / (phi[i - 1] - phi[i]));
    return 10;
  }

  double alive(const CaseRun &run, const std::string &population)
  {
    return run.quantity(population).whole.integral / run.quantity_at(0, population).whole.integral;
  }

  double mean(const CaseRun &run, const std::string &quantity)
  {
    return run.quantity(quantity).whole.mean;
  }
} // namespace

// cookbook/"tsg6-inflammation"
TEST(Inflammation, StemCellsShrinkALesion)
{
  const CaseRun without = bar("0"), some = bar("1e6"), many = bar("3e6");
  EXPECT_NEAR(lesion(without), 4.6, 0.1);
  EXPECT_NEAR(lesion(some), 3.9, 0.1);
  EXPECT_NEAR(lesion(many), 2.6, 0.1);
  EXPECT_NEAR(alive(without, "NP cells"), 0.29, 0.005);
  EXPECT_NEAR(alive(some, "NP cells"), 0.33, 0.005);
  EXPECT_NEAR(alive(many, "NP cells"), 0.39, 0.005);
  EXPECT_NEAR(mean(without, "new matrix"), 12.7, 0.1);
  EXPECT_NEAR(mean(some, "new matrix"), 13.9, 0.1);
  EXPECT_NEAR(mean(many, "new matrix"), 15.6, 0.1);
  EXPECT_NEAR(mean(without, "MMP"), 6.7, 0.1);
  EXPECT_NEAR(mean(some, "MMP"), 6.3, 0.1);
  EXPECT_NEAR(mean(many, "MMP"), 5.6, 0.1);
  EXPECT_EQ(mean(without, "TSG-6"), 0);
  EXPECT_NEAR(mean(some, "TSG-6"), 0.12, 0.005);
  EXPECT_NEAR(mean(many, "TSG-6"), 0.38, 0.01);
  // Cells become deaf to IL-1; there is no less of it.
  EXPECT_NEAR(mean(without, "IL-1"), 0.43, 0.005);
  EXPECT_NEAR(mean(many, "IL-1"), mean(without, "IL-1"), 0.005);
  for (const CaseRun *run : {&without, &some, &many})
    for (const char *species : {"IL-1", "TNF", "TSG-6"})
      EXPECT_LT(run->balance(species).largest_relative_defect, 1e-8) << species;
}

TEST(Inflammation, TheWholeTissueHearsALesion)
{
  const CaseRun run = bar("0", {"Laws/inflammation/Feedback gain=0"});
  const auto il1    = run.profile("IL-1", "axis");
  // In balance with a steady source the concentration falls as cosh((10 mm - x)/L), L = 5.1 mm.
  const double length = std::sqrt(5e-11 * 86400 * 1e6 / 0.1664);
  EXPECT_NEAR(il1[50] / il1[100], std::cosh(5 / length), 0.05 * std::cosh(5 / length));
}

TEST(Inflammation, DegenerateDiscsSufferMore)
{
  const CaseRun healthy    = bar("1e6"),
                degenerate = bar("1e6", {"Laws/inflammation/Receptors=degenerate"}),
                deaf       = bar("1e6", {"Laws/inflammation/Feedback gain=0"});
  EXPECT_NEAR(alive(degenerate, "NP cells"), 0.21, 0.005);
  EXPECT_LT(alive(degenerate, "NP cells"), alive(healthy, "NP cells"));
  EXPECT_GT(alive(deaf, "NP cells"), alive(healthy, "NP cells"));
  EXPECT_NEAR(lesion(deaf), 3.1, 0.1);
  EXPECT_NEAR(lesion(bar("1e6", {"Laws/BMSC/Inflammatory hazard=0 /d"})), 2.6, 0.1);
}

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause

// The diffusivity of a species of a law in the tissue, as its law says or as the file gives it: the
// run and what `lacuna check` prints hold the same number.
//
// data/thiele.prm: a slab of 5 mm, fed at one face with 10; the factor decays with a half-life of
// 1 h, k = ln 2 / h, and its law gives D = 100 um^2/s in the tissue, whatever the porosity.

#include "commands/check.h"
#include "support/case_run.h"
#include "support/test_law.h"

#include <gtest/gtest.h>

#include <cmath>

namespace lacuna
{
  namespace
  {
    const double decay = std::log(2.) / 3600; // 1/s

    std::vector<std::string> fed(const std::vector<std::string> &further)
    {
      std::vector<std::string> overrides{"Laws/factor/Supply=fixed", "Laws/factor/Supply value=10",
                                         "Time/Mode=steady", "Geometry/Box/Layers=gel: 5 mm / 160"};
      overrides.insert(overrides.end(), further.begin(), further.end());
      return overrides;
    }

    double mean_of_run(const std::vector<std::string> &further)
    {
      return CaseRun(test_file("data/thiele.prm"), fed(further)).quantity("factor").whole.mean;
    }

    /** c'' = (k/D) c with c'(0) = 0 and c(L) = 10: the mean is 10 tanh(m)/m, m = L sqrt(k/D). */
    double exact_mean(double diffusivity)
    {
      const double m = 5e-3 * std::sqrt(decay / diffusivity);
      return 10 * std::tanh(m) / m;
    }

    /** The number that `lacuna check` prints for the factor. */
    std::string printed_thiele_number(const std::vector<std::string> &overrides)
    {
      testing::internal::CaptureStdout();
      check_case(test_file("data/thiele.prm"), overrides, MPI_COMM_WORLD);
      const std::string page = testing::internal::GetCapturedStdout();
      const std::size_t from = page.find("factor ", page.find("Thiele"));
      if (from == std::string::npos)
        return page;
      const std::size_t begin = from + std::string("factor ").size();
      return page.substr(begin, page.find_first_of(", \n", begin) - begin);
    }

    const std::string given = "Tissue/gel/Diffusivity of factor=";
  } // namespace

  TEST(DiffusivityOfASpeciesOfALaw, IsWhatTheLawSays)
  {
    EXPECT_NEAR(mean_of_run({}), exact_mean(1e-10), 1e-3 * exact_mean(1e-10));
  }

  TEST(DiffusivityOfASpeciesOfALaw, IsWhatTheFileGives)
  {
    for (const double diffusivity : {2e-11, 1e-9})
      EXPECT_NEAR(mean_of_run({given + std::to_string(1e12 * diffusivity) + " um^2/s"}),
                  exact_mean(diffusivity), 1e-2 * exact_mean(diffusivity));
  }

  TEST(DiffusivityOfASpeciesOfALaw, IsWhatTheFileGivesForOneOfASizeToo)
  {
    EXPECT_NEAR(mean_of_run({given + "1e-9 m^2/s", "Laws/factor/Radius=3 nm"}), exact_mean(1e-9),
                1e-3 * exact_mean(1e-9));
  }

  // In pores and in tissue volume c obeys the same equation, with D = 200 um^2/s (phi/(2 - phi))^2:
  // porosity is in storage and flux, or in neither. Both diffuse beside the solutes, with which one
  // of them shares its operator.
  TEST(DiffusivityOfASpeciesOfALaw, IsHinderedAlikePerPoreWaterAndPerTissueVolume)
  {
    std::vector<std::string> overrides =
        fed({"Cells/cells/Density in gel=0 /mL", "Laws/made/Law=" + test_law("transports")});
    for (const char *const factor : {"pore factor", "tissue factor"})
      for (const char *const entry : {"Type=fixed", "Value=10 ng/mL"})
        overrides.push_back("Boundary conditions/right/" + std::string(factor) + "/" + entry);
    const CaseRun run(test_file("data/thiele.prm"), overrides);
    const double m = 5e-3 * std::sqrt(20. / 86400 / (200e-12 * std::pow(0.5 / 1.5, 2)));
    for (const char *const factor : {"pore factor", "tissue factor"})
      EXPECT_NEAR(run.quantity(factor).whole.mean, 10 * std::tanh(m) / m, 1e-2 * 10 / m) << factor;
  }

  // sqrt(k h^2 / D) with half of the slab, h = 2.5 mm.
  TEST(ThieleNumber, IsThatOfTheLaw)
  {
    EXPECT_EQ(printed_thiele_number({}), "3.47");
  }

  TEST(ThieleNumber, FollowsADiffusivityThatIsGiven)
  {
    EXPECT_EQ(printed_thiele_number({given + "1e-11 m^2/s"}), "11");
    EXPECT_EQ(printed_thiele_number({given + "1e-9 m^2/s"}), "1.1");
  }
} // namespace lacuna

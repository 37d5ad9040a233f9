// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause

// Which treatment comes first: cells in inflamed tissue, of which another treatment takes the
// inflammation away before them, with them, or later.

#include "law_harness.h"

#include <algorithm>

using lacuna::LawAtPoint;
using lacuna::printed;

namespace
{
  /** Hazard of stem cells in a tissue with factor F of senescent cells (1/d). */
  double hazard(double factor)
  {
    static LawAtPoint law("msc", {{{"Baseline hazard", 0.06},
                                   {"Inflammatory hazard", 0.10},
                                   {"Starvation hazard", 0},
                                   {"Acid hazard", 0},
                                   {"Hyperosmolarity hazard", 0}},
                                  {}});
    law.set("inflammation", factor / (1 + factor)).set("MSC", 1);
    return law.loss("MSC");
  }

  /** Share of cells alive 14 days after they came, if the factor falls at once `day` days after
   * (before) them. */
  double alive(double day)
  {
    constexpr double before = 1.8, after = 0.05, end = 14;
    const double inflamed = std::min(std::max(day, 0.), end);
    return std::exp(-inflamed * hazard(before) - (end - inflamed) * hazard(after));
  }
} // namespace

TEST(Staging, SurvivalInEitherTissue)
{
  EXPECT_TRUE(printed(alive(14), "0.18"));
  EXPECT_TRUE(printed(alive(0), "0.40"));
}

TEST(Staging, TheTissueComesFirst)
{
  double last = alive(-7);
  EXPECT_EQ(last, alive(0));
  for (const double day : {1., 3., 7., 14.})
  {
    EXPECT_LT(alive(day), last);
    last = alive(day);
  }
}

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "study/plan.h"

#include <set>
#include <string>
#include <vector>

namespace lacuna
{
  /**
   * The numbers of the cases that are meant: "7", "3-9,12", or "axis=value". Numbers add up,
   * conditions must all hold; without any it is every case. Throws UserError if nothing is meant,
   * or an axis or value does not exist.
   */
  std::set<unsigned int> selected_cases(const StudyPlan &plan,
                                        const std::vector<std::string> &words);

  /** "1-3,7": the shortest text for these numbers. */
  std::string compact_list(const std::set<unsigned int> &numbers);
} // namespace lacuna

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "transport/accuracy.h"

namespace lacuna
{
  namespace
  {
    constexpr double part_of_other_errors   = 0.1;
    constexpr double defect_of_steady_state = 1e-6; // amounts must balance to 1e-4
    constexpr double part_of_stored         = 0.01;

    std::optional<Accuracy> asked_for(const SolverSettings &settings)
    {
      if (settings.newton_tolerance == 0)
        return {};
      return Accuracy{settings.newton_tolerance, {}, {}};
    }
  } // namespace

  Accuracy accuracy_to_rounding(const SolverSettings &settings)
  {
    return asked_for(settings).value_or(Accuracy());
  }

  Accuracy accuracy_of_stage(const SolverSettings &settings, const TimeSettings &time)
  {
    if (time.has_given_length())
      return accuracy_to_rounding(settings);
    return asked_for(settings).value_or(
        Accuracy{part_of_stored, part_of_stored, part_of_other_errors * time.tolerance});
  }

  Accuracy accuracy_on_levels(const SolverSettings &settings)
  {
    return asked_for(settings).value_or(
        Accuracy{defect_of_steady_state, part_of_other_errors * error_of_difference, {}});
  }
} // namespace lacuna

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "commands/next_trial.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace lacuna
{
  namespace
  {
    constexpr double highest_order = 3, cells_of_refined = 8;
    /** Steps of second order with an error estimate of third: their lengths go with the third root
     * of the tolerance, and what they make with the square of their lengths. */
    constexpr double steps_per_tolerance = 1. / 3, error_per_tolerance = 2. / 3;
    constexpr double share_of_time = 0.25;           ///< of the target, that steps shall make
    constexpr double tightest = 1e-3, loosest = 0.5; ///< times the last tolerance
    constexpr unsigned int most_levels = 3;          ///< at once
    constexpr double least_tolerance   = 1e-8;       ///< below which steps end in rounding

    /** How often cells must be halved at least. */
    unsigned int levels_for(double space, double target)
    {
      unsigned int levels = 1;
      while (std::isfinite(space) && levels < most_levels &&
             space * std::exp2(-highest_order * levels) > target)
        ++levels;
      return levels;
    }

    double factor_for(const RelativeError &error, const AccuracySettings &wanted)
    {
      const double left =
          wanted.mesh_is_given ? (wanted.target - error.space) / 2 : share_of_time * wanted.target;
      return std::clamp(std::pow(left / error.time, 1 / error_per_tolerance), tightest, loosest);
    }

    std::string percent(double part)
    {
      char text[32];
      std::snprintf(text, sizeof(text), "%.2g %%", 100 * part);
      return text;
    }

    struct Need
    {
      bool of_mesh, of_steps;
    };

    Need need_of(const RelativeError &worst, const AccuracySettings &wanted)
    {
      const double much = wanted.target / 2;
      return {worst.space >= worst.time || worst.space > much || wanted.steps_are_given,
              worst.time > worst.space || worst.time > much || wanted.mesh_is_given};
    }

    std::string objection(const TriedTrial &last, const AccuracySettings &wanted)
    {
      for (const RelativeError &error : last.errors)
      {
        if (wanted.mesh_is_given && error.space >= wanted.target)
          return "the mesh alone, which 'Global refinements' forces, makes " +
                 percent(error.space) + " of " + error.answer;
        if (wanted.steps_are_given && error.time >= wanted.target)
          return "the steps alone, which 'Step' forces, make " + percent(error.time) + " of " +
                 error.answer;
      }
      return wanted.mesh_is_given && wanted.steps_are_given
                 ? "'Global refinements' and 'Step' leave nothing to refine"
                 : "";
    }

    std::string limit_that_forbids(const TriedTrial &last, const Trial &next,
                                   const TrialLimits &limits)
    {
      const double cells =
          std::pow(cells_of_refined, double(next.refinements) - last.trial.refinements);
      if (last.unknowns * cells > limits.unknowns)
        return "the next mesh would have about " + two_digits(last.unknowns * cells) +
               " unknowns, more than " +
               std::to_string(static_cast<std::uint64_t>(limits.unknowns));
      if (next.tolerance < least_tolerance)
        return "steps are as short as rounding lets them be";
      const double seconds =
          last.wall * cells * std::pow(last.trial.tolerance / next.tolerance, steps_per_tolerance);
      if (seconds > limits.seconds)
        return "the next trial would take about " + two_digits(seconds) +
               " s, longer than 'Longest time' leaves";
      return "";
    }
  } // namespace

  bool holds(const TriedTrial &last, double target)
  {
    return !last.errors.empty() && largest(last.errors).total() <= target;
  }

  NextTrial next_trial(const TriedTrial &last, const AccuracySettings &wanted,
                       const TrialLimits &limits)
  {
    if (const std::string reason = objection(last, wanted); !reason.empty())
      return {std::nullopt, reason};
    Trial next = last.trial;
    if (last.errors.empty()) // a finer mesh may have a coarser one that can hold the case
      ++next.refinements;
    else
    {
      const RelativeError &worst = largest(last.errors);
      const Need need            = need_of(worst, wanted);
      if (need.of_mesh && !wanted.mesh_is_given)
        next.refinements += levels_for(worst.space, wanted.target);
      if (need.of_steps && !wanted.steps_are_given)
        next.tolerance *= factor_for(worst, wanted);
    }
    if (const std::string limit = limit_that_forbids(last, next, limits); !limit.empty())
      return {std::nullopt, limit};
    return {next, ""};
  }
} // namespace lacuna

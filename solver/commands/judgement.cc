// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "commands/judgement.h"

#include "commands/undershoots.h"
#include "config/user_error.h"

#include <algorithm>
#include <cstdio>

namespace lacuna
{
  namespace
  {
    /** With the default tolerances a steady state misses 1e-6 of what flows, a step 1e-9, and up to
     * 1e-5 where next to nothing flows. */
    constexpr double largest_defect = 1e-4, doubtful_defect = 1e-6;
    /** Of the largest value, or of a hundredth of the typical one where that is more: of next to
     * nothing, a part may be rounding. */
    constexpr double most_below_zero = 0.1, next_to_nothing = 1e-2;

    std::string formatted(const char *pattern, double value)
    {
      char text[64];
      std::snprintf(text, sizeof(text), pattern, value);
      return text;
    }

    void judge_balance(const BalanceRecord &balance)
    {
      if (balance.largest_relative_defect > largest_defect)
        throw ConvergenceError(
            "the mass balance of " + balance.species +
            " does not close: " + formatted("%.2g %%", 100 * balance.largest_relative_defect) +
            " of what flows is missing; lower 'Solver/Newton tolerance' and 'Solver/Linear "
            "tolerance', whose defaults close it.");
    }

    std::string with_unit(double value, const std::string &unit)
    {
      return formatted("%.3g", value) + (unit == "1" ? "" : " " + unit);
    }

    bool is_consumed(const std::string &species, const StepRecord &step)
    {
      return std::any_of(step.balance.begin(), step.balance.end(),
                         [&](const BalanceRecord &balance)
                         { return balance.species == species && balance.consumed != 0; });
    }

    void judge_sign(const Species &species, double typical, const QuantityRecord &record,
                    const StepRecord &step, const std::vector<std::string> &regions)
    {
      const double lowest = record.whole.minimum,
                   usual  = std::max(record.whole.maximum,
                                     next_to_nothing * typical / species.unit_factor);
      if (lowest >= -most_below_zero * usual)
        return;
      throw ConvergenceError(
          record.name + " falls to " + with_unit(lowest, record.unit) + " " +
          place_of_extreme(record, true, regions, step.time) +
          ": more is consumed than there is. Look for a law whose consumption does not vanish "
          "with " +
          record.name + " ('lacuna plugin check' tells), or raise 'Geometry/Global refinements'.");
    }

    void judge_range(const DerivedQuantity &derived, const QuantityRecord &record,
                     const StepRecord &step, const std::vector<std::string> &regions)
    {
      const bool low = record.whole.minimum < derived.minimum;
      if (!low && record.whole.maximum <= derived.maximum)
        return;
      throw ConvergenceError(
          record.name + (low ? " falls to " : " rises to ") +
          with_unit(low ? record.whole.minimum : record.whole.maximum, record.unit) + " " +
          place_of_extreme(record, low, regions, step.time) +
          ", where what it is computed from (section " + derived.section +
          ") means nothing any more; look at the concentrations and rates that lead there.");
    }
  } // namespace

  void judge(const Simulation &simulation, const StepRecord &step)
  {
    for (const BalanceRecord &balance : step.balance)
      judge_balance(balance);
    const std::vector<std::string> &regions = simulation.layout.geometry.regions;
    const std::vector<Species> &mobile      = simulation.species.mobile;
    for (unsigned int s = 0; s < mobile.size(); ++s)
      if (is_consumed(mobile[s].name, step)) // a dose at a point may swing on its mesh, harmlessly
        for (const QuantityRecord &record : step.quantities)
          if (record.name == mobile[s].name)
            judge_sign(mobile[s], simulation.model.typical[s], record, step, regions);
    for (const DerivedQuantity &derived : simulation.model.derived)
      for (const QuantityRecord &record : step.quantities)
        if (record.name == derived.name)
          judge_range(derived, record, step, regions);
  }

  std::vector<std::string> doubts_on(const StepRecord &step)
  {
    std::vector<std::string> result;
    for (const BalanceRecord &balance : step.balance)
      if (balance.largest_relative_defect > doubtful_defect)
        result.push_back("the mass balance of " + balance.species + " closes only to " +
                         formatted("%.1e", balance.largest_relative_defect) +
                         " of what flows, not to " + formatted("%.0e", doubtful_defect) +
                         "; lower 'Solver/Newton tolerance' and 'Solver/Linear tolerance'");
    return result;
  }
} // namespace lacuna

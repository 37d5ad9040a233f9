// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "commands/judgement.h"

#include "commands/undershoots.h"
#include "config/user_error.h"

#include <cstdio>

namespace lacuna
{
  namespace
  {
    /** With the default tolerances a steady state misses 1e-6 of what flows, a step 1e-9, and up to
     * 1e-5 where next to nothing flows. */
    constexpr double largest_defect = 1e-4;

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

    void judge_range(const DerivedQuantity &derived, const QuantityRecord &record,
                     const StepRecord &step, const std::vector<std::string> &regions)
    {
      const bool low = record.whole.minimum < derived.minimum;
      if (!low && record.whole.maximum <= derived.maximum)
        return;
      throw ConvergenceError(
          record.name + (low ? " falls to " : " rises to ") +
          formatted("%.3g", low ? record.whole.minimum : record.whole.maximum) +
          (record.unit == "1" ? "" : " " + record.unit) + " " +
          place_of_extreme(record, low, regions, step.time) +
          ", where what it is computed from (section " + derived.section +
          ") means nothing any more; look at the concentrations and rates that lead there.");
    }
  } // namespace

  void judge(const Simulation &simulation, const StepRecord &step)
  {
    for (const BalanceRecord &balance : step.balance)
      judge_balance(balance);
    for (const DerivedQuantity &derived : simulation.model.derived)
      for (const QuantityRecord &record : step.quantities)
        if (record.name == derived.name)
          judge_range(derived, record, step, simulation.layout.geometry.regions);
  }
} // namespace lacuna

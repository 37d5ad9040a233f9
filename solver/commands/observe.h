// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "output/observable.h"
#include "output/summary.h"
#include "transport/simulation.h"

#include <string>
#include <vector>

namespace lacuna
{
  std::vector<Observable> observables_of(const Simulation &simulation);

  /** Looks at a simulation on behalf of the recorders; remembers how many residents there were at
   * the start. */
  class Observer
  {
  public:
    explicit Observer(const Simulation &simulation);

    /** Complete on rank 0. Collective. */
    Observation observe(const std::vector<Observable> &observables) const;

  private:
    std::vector<DoseRecord> observe_doses() const;
    std::vector<BalanceRecord> observe_balance() const;
    double amount(const std::vector<double> &per_point, unsigned int species) const;

    const Simulation &simulation;
    std::vector<double> initial_amount; ///< [immobile species], cells
  };

  /** One sentence per species that is negative beyond rounding: how much, where. */
  std::vector<std::string> describe_negative(const Simulation &simulation,
                                             const Observation &observation);

  /** The model choices that shape the answer, for the summary. */
  std::map<std::string, std::string> model_choices(const Simulation &simulation);
} // namespace lacuna

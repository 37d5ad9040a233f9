// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "output/observable.h"
#include "output/summary.h"
#include "transport/simulation.h"

#include <map>
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
    double amount(unsigned int variable) const;
    double dead(unsigned int variable) const;

    const Simulation &simulation;
    std::vector<double> initial_amount; ///< [variable], cells
  };

  /** Where species were negative beyond rounding, and by how much: the worst of each over the run.
   */
  class Undershoots
  {
  public:
    void look(const Simulation &simulation, const Observation &observation);
    std::vector<std::string> sentences() const;

  private:
    struct Worst
    {
      double largest = 0, relative = 0;
      std::string where;
    };
    std::map<std::string, Worst> by_name;
  };

  /** The model choices that shape the answer, for the summary. */
  std::map<std::string, std::string> model_choices(const Simulation &simulation);
} // namespace lacuna

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "output/quantity_field.h"
#include "output/summary.h"
#include "transport/simulation.h"

#include <map>
#include <string>
#include <vector>

namespace lacuna
{
  std::vector<QuantityField> quantity_fields_of(const Simulation &simulation);

  /** Looks at a simulation on behalf of the recorders; remembers how many residents there were at
   * first. */
  class RecordMaker
  {
  public:
    /** At the start of a run; what a run that it continues has counted (`saved`) counts on. */
    RecordMaker(const Simulation &simulation, const RunState *saved);

    /** Part "cells" of a state: how many there were at first, and how many have died. Collective.
     */
    void save(RunState &saved) const;

    /** Complete on rank 0. Collective. */
    StepRecord make_record(const std::vector<QuantityField> &fields) const;

  private:
    std::vector<DoseRecord> record_doses() const;
    std::vector<BalanceRecord> record_balance() const;
    double amount(unsigned int variable) const;
    double dead(unsigned int variable) const;

    const Simulation &simulation;
    std::vector<double> initial_amount; ///< [variable], cells
    std::vector<double> dead_before;    ///< [variable]: of moving cells, before this run
  };

  /** The model choices that shape the answer, for the summary. */
  std::map<std::string, std::string> model_choices(const Simulation &simulation);
} // namespace lacuna

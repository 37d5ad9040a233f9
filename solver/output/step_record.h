// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <array>
#include <map>
#include <string>
#include <vector>

namespace lacuna
{
  /** Extremes over the reaction points of a part of the tissue, mean over its volume, and amount in
   * it. */
  struct Statistics
  {
    double minimum = 0, mean = 0, maximum = 0, integral = 0;
    std::array<double, 3> minimum_at{}, maximum_at{}; ///< mm
  };

  /** One field or derived quantity at one time, in the unit of presentation. */
  struct QuantityRecord
  {
    std::string name, unit, integral_unit; ///< integral_unit empty: no amount (pH)
    Statistics whole;
    std::vector<Statistics> regions; ///< in the order of the geometry's regions
  };

  /** What became of one dose, or of the residents (name of the dose: "residents"). Amounts in cells
   * (or vesicles, mol). */
  struct DoseRecord
  {
    std::string population, dose;
    double time_of_dose = 0; ///< d
    double loaded = 0, delivered = 0, leaked = 0, dead_on_arrival = 0, viable = 0, dead = 0;
    std::string unit = "cells"; ///< of the amounts
  };

  /** Where the amount of one mobile species went since t = 0; in - out is `in`. in + injected +
   * produced - consumed = stored + defect. Unit: of the amount (nmol for solutes). */
  struct BalanceRecord
  {
    std::string species, unit;
    double in = 0, injected = 0, produced = 0, consumed = 0, stored = 0, defect = 0;
    double largest_relative_defect = 0; ///< of any step, against the flux of that step
  };

  /** Everything that is recorded about one accepted step. */
  struct StepRecord
  {
    double time = 0, dt = 0; ///< d
    std::vector<QuantityRecord> quantities;
    std::vector<DoseRecord> doses;
    std::vector<BalanceRecord> balance;
  };

  /** Values along the probe lines: one row per probe point. */
  struct ProbeRow
  {
    std::string probe;
    std::array<double, 3> at{}; ///< mm
    std::string region;
    std::vector<double> values; ///< in the order of the quantities' names
  };
} // namespace lacuna

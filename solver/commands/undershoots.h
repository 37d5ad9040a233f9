// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "output/step_record.h"
#include "transport/simulation.h"

#include <map>
#include <string>
#include <vector>

namespace lacuna
{
  /** "in the nucleus, at (1, 2, 3) mm, t = 4 d": where a quantity is smallest, or largest. Time in
   * d. */
  std::string place_of_extreme(const QuantityRecord &record, bool smallest,
                               const std::vector<std::string> &regions, double time);

  /** Where species were negative beyond rounding, and by how much: the worst of each over the run.
   * For rank 0. */
  class Undershoots
  {
  public:
    explicit Undershoots(const Simulation &simulation);

    void add(const StepRecord &step);
    std::vector<std::string> sentences() const;

  private:
    struct Worst
    {
      double typical = 0;               ///< value that the file gives, in the unit of presentation
      double largest = 0, smallest = 0; ///< that were met
      std::string unit, where;
    };
    const std::vector<std::string> &regions;
    std::map<std::string, Worst> by_name;
  };
} // namespace lacuna

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "commands/undershoots.h"

#include "config/quantity.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace lacuna
{
  std::string place_of_extreme(const QuantityRecord &record, bool smallest,
                               const std::vector<std::string> &regions, double time)
  {
    const auto rounded = [](double value) { return shortest(std::round(1e3 * value) / 1e3); };
    const auto extreme = [&](const Statistics &part)
    { return smallest ? part.minimum : part.maximum; };
    const auto &at = smallest ? record.whole.minimum_at : record.whole.maximum_at;
    std::string region;
    for (unsigned int r = 0; r < record.regions.size(); ++r)
      if (extreme(record.regions[r]) == extreme(record.whole))
        region = regions[r];
    return "in the " + region + ", at (" + rounded(at[0]) + ", " + rounded(at[1]) + ", " +
           rounded(at[2]) + ") mm, t = " + rounded(time) + " d";
  }

  Undershoots::Undershoots(const Simulation &simulation)
      : regions(simulation.layout.geometry.regions)
  {
    const std::vector<double> &typical = simulation.model.typical;
    for (unsigned int s = 0; s < typical.size(); ++s)
    {
      const Species &species        = simulation.species.mobile[s];
      by_name[species.name].typical = typical[s] / species.unit_factor;
    }
  }

  void Undershoots::add(const StepRecord &step)
  {
    constexpr double rounding = 1e-12; // of the largest value
    for (const QuantityRecord &record : step.quantities)
    {
      Worst &worst  = by_name[record.name];
      worst.largest = std::max(worst.largest, record.whole.maximum);
      if (record.integral_unit.empty() ||
          -record.whole.minimum <= rounding * std::max(worst.largest, worst.typical) ||
          record.whole.minimum >= worst.smallest)
        continue;
      worst.smallest = record.whole.minimum;
      worst.unit     = record.unit;
      worst.where    = place_of_extreme(record, true, regions, step.time);
    }
  }

  std::vector<std::string> Undershoots::sentences() const
  {
    std::vector<std::string> result;
    for (const auto &[name, worst] : by_name)
    {
      if (worst.smallest >= 0)
        continue;
      char size[96];
      if (worst.largest > 0)
        std::snprintf(size, sizeof(size), "%.3g %s, %.1e of its largest value,", worst.smallest,
                      worst.unit.c_str(), -worst.smallest / worst.largest);
      else
        std::snprintf(size, sizeof(size), "%.3g %s", worst.smallest, worst.unit.c_str());
      result.push_back(name + " was negative, down to " + size + " " + worst.where);
    }
    return result;
  }
} // namespace lacuna

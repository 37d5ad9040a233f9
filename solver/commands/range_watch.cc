// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "commands/range_watch.h"

#include "transport/batches.h"

#include <deal.II/base/mpi.h>

#include <algorithm>
#include <cstdio>
#include <limits>

namespace lacuna
{
  RangeWatch::RangeWatch(const Simulation &simulation_)
      : simulation(simulation_), reaction(simulation_.model.reaction), batch(reaction.make_batch())
  {
    constexpr double far = std::numeric_limits<double>::infinity();
    for (const Law *law : reaction.laws_with_ranges())
      for (const LawRange &range : law->ranges)
        worst.push_back({law, &range, 0, far, -far, 0});
  }

  void RangeWatch::look()
  {
    if (worst.empty())
      return;
    constexpr double absent       = 1; // cells per cubic metre that count as none
    const PointProperties &points = simulation.model.points;
    std::vector<double> sums(2 * worst.size(), 0.), lows(worst.size()), highs(worst.size());
    for (std::size_t k = 0; k < worst.size(); ++k)
    {
      lows[k]  = worst[k].lowest;
      highs[k] = worst[k].highest;
    }
    for_each_batch(simulation.layout, reaction, simulation.state.mobile, simulation.state.immobile,
                   batch,
                   [&](unsigned int, unsigned int)
                   {
                     reaction.report_ranges(
                         batch, points, simulation.state.time,
                         [&](const LawRange &range, double value, unsigned int point, double cells)
                         {
                           if (cells < absent)
                             return;
                           std::size_t k = 0;
                           while (worst[k].range != &range)
                             ++k;
                           const double amount = cells * points.weight[point];
                           sums[2 * k + 1] += amount;
                           if (value >= range.minimum && value <= range.maximum)
                             return;
                           sums[2 * k] += amount;
                           lows[k]  = std::min(lows[k], value);
                           highs[k] = std::max(highs[k], value);
                         });
                   });
    const MPI_Comm communicator = simulation.layout.communicator();
    dealii::Utilities::MPI::sum(sums, communicator, sums);
    dealii::Utilities::MPI::min(lows, communicator, lows);
    dealii::Utilities::MPI::max(highs, communicator, highs);
    for (std::size_t k = 0; k < worst.size(); ++k)
    {
      worst[k].lowest    = lows[k];
      worst[k].highest   = highs[k];
      const double share = sums[2 * k + 1] > 0 ? sums[2 * k] / sums[2 * k + 1] : 0;
      if (share > worst[k].share)
      {
        worst[k].share = share;
        worst[k].time  = simulation.state.time / 86400;
      }
    }
  }

  std::vector<std::string> RangeWatch::sentences() const
  {
    constexpr double negligible = 1e-4; // of the cells
    std::vector<std::string> result;
    for (const Worst &use : worst)
    {
      if (use.share < negligible)
        continue;
      const LawRead &read    = use.law->reads[use.range->read];
      const std::string unit = read.unit == "1" ? "" : " " + read.unit;
      char numbers[256];
      // One number where the cells met one side only.
      if (use.lowest >= use.range->minimum)
        std::snprintf(numbers, sizeof(numbers), "up to %.4g", use.highest);
      else if (use.highest <= use.range->maximum)
        std::snprintf(numbers, sizeof(numbers), "down to %.4g", use.lowest);
      else
        std::snprintf(numbers, sizeof(numbers), "from %.4g to %.4g", use.lowest, use.highest);
      char bounds[256];
      std::snprintf(bounds, sizeof(bounds), "%.4g to %.4g", use.range->minimum, use.range->maximum);
      char when[128];
      std::snprintf(when, sizeof(when), "for at most %.3g %% of its cells, at t = %.4g d",
                    100 * use.share, use.time);
      result.push_back("law '" + use.law->section + "' was used outside its data: " + read.name +
                       " " + numbers + unit + " (data: " + bounds + unit +
                       (use.range->source.empty() ? "" : ", " + use.range->source) + ") " + when);
    }
    return result;
  }
} // namespace lacuna

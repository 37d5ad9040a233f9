// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "config/time_table.h"

#include <algorithm>
#include <cstddef>

namespace lacuna
{
  namespace
  {
    double slope(const TimeTable &table, std::size_t interval)
    {
      return (table.values[interval + 1] - table.values[interval]) /
             (table.times[interval + 1] - table.times[interval]);
    }

    double interpolate(const TimeTable &table, std::size_t interval, double time)
    {
      const double t0 = table.times[interval], t1 = table.times[interval + 1];
      const double s = (time - t0) / (t1 - t0);
      return (1 - s) * table.values[interval] + s * table.values[interval + 1];
    }
  } // namespace

  double TimeTable::at(double time) const
  {
    const auto later = std::upper_bound(times.begin(), times.end(), time) - times.begin();
    if (values.empty())
      return 0;
    if (later == 0)
      return values.front();
    if (later == static_cast<std::ptrdiff_t>(times.size()))
      return values.back();
    return interpolate(*this, later - 1, time);
  }

  double TimeTable::before(double time) const
  {
    const auto not_earlier = std::lower_bound(times.begin(), times.end(), time) - times.begin();
    if (values.empty())
      return 0;
    if (not_earlier == 0)
      return values.front();
    if (not_earlier == static_cast<std::ptrdiff_t>(times.size()))
      return values.back();
    return interpolate(*this, not_earlier - 1, time);
  }

  double TimeTable::rate(double time) const
  {
    const auto later = std::upper_bound(times.begin(), times.end(), time) - times.begin();
    if (later == 0 || later == static_cast<std::ptrdiff_t>(times.size()))
      return 0;
    return slope(*this, later - 1);
  }

  std::vector<double> TimeTable::knots() const
  {
    std::vector<double> knots;
    for (std::size_t i = 0; i < times.size(); ++i)
    {
      const double time = times[i];
      if (time <= 0 || (i > 0 && times[i - 1] == time))
        continue;
      const double slope_before = i == 0 ? 0. : slope(*this, i - 1);
      if (before(time) != at(time) || slope_before != rate(time))
        knots.push_back(time);
    }
    return knots;
  }
} // namespace lacuna

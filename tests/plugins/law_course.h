// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "law_harness.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

namespace lacuna
{
  /**
   * Follows some species of a law in time at one point, without transport: classical Runge-Kutta
   * steps of the law's own rates, in its time unit. What is not named stays as it was set; the
   * law's reading of the time follows.
   */
  class LawCourse
  {
  public:
    LawCourse(LawAtPoint &law_, const std::vector<std::string> &species, double step_)
        : law(law_), step(step_)
    {
      for (const LawRead &read : law.law->reads)
      {
        reads_time = reads_time || read.name == "time";
        if (read.changes && std::count(species.begin(), species.end(), read.name) > 0)
          followed.push_back(read);
      }
    }

    void advance_to(double end)
    {
      const int steps = std::max(1, int(std::lround((end - now) / step)));
      const double h  = (end - now) / steps;
      for (int i = 0; i < steps; ++i)
        take_step(h);
    }

  private:
    using Values = std::vector<double>; ///< of the species that are followed

    void take_step(double h)
    {
      Values start;
      for (const LawRead &read : followed)
        start.push_back(law.input(read.name, read.unit));
      const Values k1 = slopes(start, start, 0), k2 = slopes(start, k1, h / 2),
                   k3 = slopes(start, k2, h / 2), k4 = slopes(start, k3, h);
      now += h;
      for (std::size_t i = 0; i < followed.size(); ++i)
        law.set(followed[i].name, followed[i].unit,
                start[i] + h / 6 * (k1[i] + 2 * k2[i] + 2 * k3[i] + k4[i]));
    }

    Values slopes(const Values &start, const Values &direction, double h)
    {
      if (reads_time)
        law.set("time", now + h);
      for (std::size_t i = 0; i < followed.size(); ++i)
        law.set(followed[i].name, followed[i].unit, start[i] + h * direction[i]);
      Values result;
      for (const LawRead &read : followed)
        result.push_back(law.rate(read.name, read.unit));
      return result;
    }

    LawAtPoint &law;
    const double step;
    double now = 0;
    std::vector<LawRead> followed;
    bool reads_time = false;
  };
} // namespace lacuna

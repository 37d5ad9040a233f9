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
   * steps of the law's own rates, in its time unit, without derivatives. What is not named stays as
   * it was set; the law's reading of the time follows.
   */
  class LawCourse
  {
  public:
    LawCourse(LawAtPoint &law_, const std::vector<std::string> &species, double step_)
        : law(law_), step(step_), n(law_.law->reads.size()), inputs(n), gains(n), losses(n),
          decays(n)
    {
      const double time_unit = si_factor(law.law->library->plugin().time_unit);
      for (std::size_t r = 0; r < n; ++r)
      {
        const LawRead &read = law.law->reads[r];
        if (read.changes && std::count(species.begin(), species.end(), read.name) > 0)
          followed.push_back(r);
        for (const auto &own : law.law->owns)
          if (own.name == read.name)
            decays[r] = own.decay * time_unit;
      }
    }

    void advance_to(double end)
    {
      const int steps = std::max(1, int(std::lround((end - now) / step)));
      const double h  = (end - now) / steps;
      for (std::size_t r = 0; r < n; ++r)
        inputs[r] = read(r);
      for (int i = 0; i < steps; ++i)
        take_step(h);
      for (const std::size_t r : followed)
        read(r) = inputs[r];
    }

  private:
    using Values = std::vector<double>;

    double &read(std::size_t r)
    {
      return law.input(law.law->reads[r].name, law.law->reads[r].unit);
    }

    void take_step(double h)
    {
      const Values start = inputs;
      const Values k1 = slopes(start, losses, 0), k2 = slopes(start, k1, h / 2),
                   k3 = slopes(start, k2, h / 2), k4 = slopes(start, k3, h);
      now += h;
      for (const std::size_t r : followed)
        inputs[r] = start[r] + h / 6 * (k1[r] + 2 * k2[r] + 2 * k3[r] + k4[r]);
    }

    Values slopes(const Values &start, const Values &direction, double h)
    {
      for (std::size_t r = 0; r < n; ++r)
        if (law.law->reads[r].name == "time")
          inputs[r] = now + h;
      for (const std::size_t r : followed)
        inputs[r] = start[r] + h * direction[r];

      const auto pointers = [&](Values &values)
      {
        std::vector<double *> result;
        for (double &value : values)
          result.push_back(&value);
        return result;
      };
      auto read = pointers(inputs), gain = pointers(gains), loss = pointers(losses);
      lacuna_batch batch{};
      batch.size           = sizeof(batch);
      batch.n_points       = 1;
      batch.n_reads        = n;
      batch.reads          = read.data();
      batch.gain           = gain.data();
      batch.loss           = loss.data();
      batch.first_instance = 1;
      law.law->rates(batch);

      Values result(n);
      for (const std::size_t r : followed)
        result[r] = gains[r] - losses[r] - decays[r] * inputs[r];
      return result;
    }

    LawAtPoint &law;
    double step, now = 0;
    std::size_t n;
    Values inputs, gains, losses, decays;
    std::vector<std::size_t> followed;
  };
} // namespace lacuna

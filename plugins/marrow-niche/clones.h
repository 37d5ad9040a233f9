// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <lacuna/law.h>

#include <cmath>
#include <cstdint>

// Clones of blood stem cells that compete: those that establish themselves, and what share each has
// at an age. Included by marrow-niche.cc; README.md derives it.

namespace
{
  /** Random numbers that are the same on every machine (splitmix64). */
  class Random
  {
  public:
    explicit Random(double seed) : state(static_cast<uint64_t>(seed)) {}

    /** Between 0 and 1, neither included. */
    double uniform() { return (next() >> 11) * 0x1p-53 + 0x1p-54; }

    /** With mean 1. */
    double exponential() { return -std::log(uniform()); }

    /** Of the Gamma distribution with this shape and mean (Marsaglia and Tsang 2000; for shapes
     * below 1 of a larger shape and a power of a uniform number). */
    double gamma(double shape, double mean)
    {
      const double larger = shape < 1 ? shape + 1 : shape;
      const double d = larger - 1. / 3, c = 1 / std::sqrt(9 * d);
      while (true)
      {
        const double x = normal(), v = std::pow(1 + c * x, 3);
        if (v > 0 && std::log(uniform()) < 0.5 * x * x + d * (1 - v + std::log(v)))
          return mean / shape * d * v * (shape < 1 ? std::pow(uniform(), 1 / shape) : 1);
      }
    }

  private:
    uint64_t next()
    {
      state += 0x9e3779b97f4a7c15u;
      uint64_t z = state;
      z          = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
      z          = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
      return z ^ (z >> 31);
    }

    double normal()
    {
      return std::sqrt(2 * exponential()) * std::cos(6.283185307179586 * uniform());
    }

    uint64_t state;
  };

  /** Founded at an age (years), growing at a rate (1/year); `size` cells would have founded it had
   * it grown so from the beginning. */
  struct Clone
  {
    double founded, fitness, size;
  };

  /** What the blood looks like at an age. */
  struct Clonality
  {
    double share   = 0; ///< of all clones above the threshold together
    double largest = 0; ///< share of the largest one
  };

  class Clones
  {
  public:
    static constexpr int capacity = 2048;

    /**
     * Draws the clones that arise until `last_age` and do not die out: mutants arrive at random,
     * `rate` per year, and establish themselves with probability s/(divisions + s).
     */
    void draw(double seed, double rate, double mean_fitness, double spread, double divisions,
              double last_age)
    {
      Random random(seed);
      const double shape = mean_fitness * mean_fitness / (spread * spread);
      for (double age = 0; rate > 0;)
      {
        age += random.exponential() / rate;
        if (age > last_age)
          return;
        const double fitness       = random.gamma(shape, mean_fitness);
        const double establishment = fitness / (divisions + fitness);
        const bool establishes     = random.uniform() < establishment;
        const double size          = random.exponential() / establishment;
        if (establishes)
          add({age, fitness, size});
      }
    }

    void add(const Clone &clone)
    {
      if (n == capacity)
        lacuna::refuse("has more than %d clones; lower 'Clone arrivals'.", capacity);
      clones[n++] = clone;
    }

    /**
     * At an age, among `cells` stem cells; from the age of a transplant on, young cells without
     * clones hold `transplanted` of the marrow. Shares obey df/dt = (s - mean s) f exactly.
     */
    Clonality at(double age, double cells, double threshold, double transplant_age,
                 double transplanted) const
    {
      double weight[capacity];
      double all = 1;
      for (int i = 0; i < n; ++i)
        all += weight[i] = weight_at(i, age, cells);
      if (age >= transplant_age)
      {
        double all_then = 1;
        for (int i = 0; i < n; ++i)
          all_then += weight_at(i, transplant_age, cells);
        all += transplanted / (1 - transplanted) * all_then;
      }
      Clonality result;
      for (int i = 0; i < n; ++i)
      {
        const double share = weight[i] / all;
        if (share > 0)
          result.share += share * lacuna::smooth_step(std::log(share / threshold), threshold_width);
        result.largest = lacuna::max(result.largest, share);
      }
      return result;
    }

  private:
    // A clone is counted over the threshold within 5 % of it, so that the sum is smooth in time.
    // [numerical]
    static constexpr double threshold_width = 0.05;

    /** Size against the cells without a mutation. */
    double weight_at(int i, double age, double cells) const
    {
      const Clone &clone = clones[i];
      return age < clone.founded
                 ? 0
                 : clone.size / cells * std::exp(clone.fitness * (age - clone.founded));
    }

    int n = 0;
    Clone clones[capacity];
  };
} // namespace

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cmath>

// Where the cells of an intravenous dose are, as shares of that dose; see README.md. Times in days
// since the dose, before which there is nothing.

struct Compartments
{
  double lung_share;   ///< f_L, held in the lung at first
  double target_share; ///< f_T, of what passes or leaves the lung
  double lung_exit;    ///< k_e, 1/d
  double lung_death;   ///< k_dL, 1/d
  double passage_rate; ///< a, 1/d, faster than exit and death together

  /** What passes the heart per day: a^2 t exp(-a t). It begins at zero, because time steps cannot
   * control the error of cells that jump in where none were. */
  template <class Number>
  Number passing(const Number &time) const
  {
    using std::exp;
    return time < 0 ? Number(0.) : passage_rate * passage_rate * time * exp(-passage_rate * time);
  }

  /** The solution of dL/dt = f_L passing(t) - (k_e + k_dL) L. */
  template <class Number>
  Number in_lung(const Number &time) const
  {
    using std::exp;
    const double loss = lung_exit + lung_death, difference = passage_rate - loss;
    const Number filled = exp(-loss * time) - exp(-passage_rate * time) * (1 + difference * time);
    const double scale  = passage_rate / difference;
    return time < 0 || filled < 0 ? Number(0.) : lung_share * scale * scale * filled;
  }

  /** What arrives in the target per day: the first passage, and what leaves the lung later. */
  template <class Number>
  Number arrival_rate(const Number &time) const
  {
    return target_share * ((1 - lung_share) * passing(time) + lung_exit * in_lung(time));
  }
};

/** The effect of a dose against that of the best one: too many cells do as little as too few. */
struct DoseWindow
{
  double best, width; ///< cells, standard deviation of the logarithm

  double response(double cells) const
  {
    const double deviation = std::log(cells / best) / width;
    return std::exp(-0.5 * deviation * deviation);
  }
};

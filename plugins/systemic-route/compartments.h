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
  double passage_time; ///< d, mean, of what the lung does not hold

  template <class Number>
  Number in_lung(const Number &time) const
  {
    using std::exp;
    return time < -instant ? Number(0.) : lung_share * exp(-(lung_exit + lung_death) * time);
  }

  /** What arrives in the target per day: the first passage, and what leaves the lung later. */
  template <class Number>
  Number arrival_rate(const Number &time) const
  {
    using std::exp;
    if (time < -instant)
      return 0.;
    const Number first_passage = (1 - lung_share) / passage_time * exp(-1 / passage_time * time);
    return target_share * (first_passage + lung_exit * in_lung(time));
  }

  static constexpr double instant = 1e-9; ///< d; a dose begins at its time in spite of rounding
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

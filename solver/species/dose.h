// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "config/case.h"

#include <string>
#include <vector>

namespace lacuna
{
  /** One dose as laws see it: before the run they may say what of it arrives, at its time what it
   * does to the tissue. SI. */
  struct Dose
  {
    std::string name, species;
    unsigned int number    = 0; ///< 0 for the first dose of the case, in order of time
    unsigned int same_site = 0; ///< how many earlier doses went in at the same place
    double time            = 0; ///< s
    double loaded          = 0; ///< cells, vesicles, or mol
    double volume          = 0; ///< m^3 of fluid, 0 if none is given
    Coordinates site{};         ///< m
    double viability = 1, needle_survival = 1, retained_fraction = 1;
  };

  /** Dose k of a case, with the shares that the parameter file gives. */
  Dose describe_dose(const std::vector<InjectionSettings> &injections, unsigned int k);
} // namespace lacuna

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "species/field.h"

namespace lacuna
{
  /** The state of the tissue on this rank, SI. */
  struct State
  {
    double time = 0;
    NodeField mobile;    ///< of owned nodes: concentrations of the mobile species
    PointField immobile; ///< densities of the immobile species
    PointField dead;     ///< tally of what the populations among them lost
  };
} // namespace lacuna

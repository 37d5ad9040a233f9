// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "laws/bound_law.h"
#include "species/point_properties.h"
#include "species/species.h"

#include <vector>

namespace lacuna
{
  /**
   * Binds every law once per instance of the population it acts on; not at all if that population
   * has no instance. Throws UserError naming the law, what it asked for, what exists and the
   * nearest name.
   */
  BoundLaws bind_laws(const std::vector<const Law *> &laws, const Case &input,
                      const SpeciesTable &species, const std::vector<DerivedQuantity> &derived,
                      const PointProperties &points);
} // namespace lacuna

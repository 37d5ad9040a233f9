// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "laws/law.h"
#include "species/derived_quantity.h"
#include "species/point_properties.h"
#include "species/species.h"

#include <string>
#include <vector>

namespace lacuna
{
  /** What laws are held against when they are bound. */
  struct BindingContext
  {
    const Case &input;
    const SpeciesTable &species;
    const std::vector<DerivedQuantity> &derived;
    const PointProperties &points;

    bool is_population(const std::string &name) const;

    /** All names that a law may read, for suggestions. */
    std::vector<std::string> known_names() const;
  };

  /** Throws UserError: "law 'x' " and what it does wrong. */
  [[noreturn]] void refuse(const Law &law, const std::string &what);
} // namespace lacuna

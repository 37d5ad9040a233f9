// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <lacuna/abi.h>

#include "config/law_values.h"

namespace lacuna
{
  /** A species that a law declares as its own. Throws UserError if something is missing or cannot
   * be. */
  DeclaredSpecies describe_species(const lacuna_species &given, const lacuna_plugin &plugin);
} // namespace lacuna

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "config/law_values.h"

#include <string>
#include <vector>

namespace lacuna
{
  class LawLibrary;

  /** Reads 'Parameter=value unit' for the parameters of a law, as a file would be read. Throws
   * UserError. */
  LawValues law_values(const LawLibrary &library, const std::vector<std::string> &overrides);
} // namespace lacuna

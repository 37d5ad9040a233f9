// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "config/parameter.h"
#include "config/parameter_file.h"

#include <string>

namespace lacuna
{
  /**
   * The complete input with every default filled in and explained, rerunnable; or only what differs
   * from the defaults. Paths of files are written in full, so that the text means the same wherever
   * it is saved. The node must have passed the check against the description.
   */
  std::string write_parameters(const Section &description, const Node &node, bool only_differences);
} // namespace lacuna

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "config/parameter_file.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace lacuna
{
  /** Every entry by its path, "Geometry/Lumbar disc/Level" -> "L4-L5", without those that are, or
   * lie below, one of `ignored`. */
  std::map<std::string, std::string> entries_beside(const Node &root,
                                                    const std::vector<std::string> &ignored);

  /** What may differ between a case and the run of its untreated tissue. */
  const std::vector<std::string> &beside_the_control();

  /** One parameter that two inputs do not share; "" where an input does not have it. */
  struct ParameterDifference
  {
    std::string path, before, now;
  };

  /**
   * The first difference between two complete inputs, as DIR/parameters.prm holds them. Paths that
   * are, or lie below, one of `ignored` do not count. Throws UserError if a text is not a parameter
   * file.
   */
  std::optional<ParameterDifference> first_difference(const std::string &before,
                                                      const std::string &now,
                                                      const std::vector<std::string> &ignored);
} // namespace lacuna

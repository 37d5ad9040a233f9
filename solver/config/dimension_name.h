// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <string>

namespace lacuna
{
  /** What the dimension of this unit is called in the field: "amount concentration" for "mM". */
  std::string dimension_noun(const std::string &unit);

  /** "a length", "an area". */
  std::string with_article(const std::string &name);

  /** How the unit stands behind a number: "/mL" for "1/mL". */
  std::string unit_behind(const std::string &unit);

  /** "a length is needed, in a unit such as mm"; no number, so that none can be copied. */
  std::string what_is_needed(const std::string &unit);
} // namespace lacuna

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <optional>
#include <string>

namespace lacuna
{
  /** Of which substance a solute is weighed, and what a mole of it weighs. */
  struct MolarMass
  {
    std::string substance;
    double value = 0; ///< g/mol
  };

  /** Of the solutes whose name says what they are; none of others. */
  std::optional<MolarMass> molar_mass(const std::string &solute);

  /** The one solute with a known molar mass that this name speaks of ("Critical glucose"); empty
   * if there is none, or several. */
  std::string solute_in_name(const std::string &name);

  /**
   * Tells those who gave a mass, or a mass concentration, what amount of substance it is: "'4.5
   * g/L' is a mass concentration, but an amount concentration is needed; 4.5 g/L of glucose
   * (180.156 g/mol) are 24.9784 mM". It is not converted silently, because a mass on a label may be
   * that of another form: of a hydrate or a salt. Empty if the text is not a mass of that kind.
   */
  std::string mass_in_amounts(const std::string &text, const std::string &unit,
                              const std::string &solute);
} // namespace lacuna

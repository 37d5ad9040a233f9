// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "config/parameter.h"

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace lacuna
{
  /** The values that the parameter file gives to one law: numbers in the law's own units, and
   * texts. */
  struct LawValues
  {
    std::map<std::string, double> numbers;
    std::map<std::string, std::string> texts;
  };

  /** What the amounts of a species are counted against. */
  enum class Basis
  {
    pore_water,
    tissue,
    per_cell
  };

  /** A species that a law declares as its own. */
  struct DeclaredSpecies
  {
    std::string name, unit, meaning;
    bool mobile = false;
    Basis basis = Basis::tissue;
    std::string population; ///< for Basis::per_cell
    double diffusivity = 0; ///< m^2/s, for a mobile species
  };

  /** A law as the parameter file sees it before anything is built. */
  struct LawDeclaration
  {
    std::vector<Parameter> parameters;
    /** The species the law owns with these values; throws UserError when the law refuses them. */
    std::function<std::vector<DeclaredSpecies>(const std::string &section, const LawValues &)>
        species;
  };
} // namespace lacuna

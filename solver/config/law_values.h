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
    /** How the matrix hinders it: not at all, by porosity (Mackie and Meares), or as Ogston's
     * fibres hinder its radius. */
    enum class Hindrance
    {
      none,
      mackie_meares,
      ogston
    };
    Hindrance hindrance = Hindrance::none;
    double radius       = 0; ///< m
    double initial      = 0; ///< in `unit`
    double decay        = 0; ///< 1/s
    /** What the faces that supply the tissue do with it where the file does not say. */
    enum class Supply
    {
      closed,
      fixed,
      exchange
    };
    Supply supply       = Supply::closed;
    double supply_value = 0; ///< in `unit`
    double exchange     = 0; ///< m/s
  };

  /** What a law brings into a case with given values, as far as the case needs to know it. */
  struct LawContents
  {
    std::vector<DeclaredSpecies> species;
    std::vector<std::string> moves; ///< populations that the law moves
  };

  /** A law as the parameter file sees it before anything is built. */
  struct LawDeclaration
  {
    std::vector<Parameter> parameters;
    std::string name, version; ///< of the plugin
    /** What the law brings along with these values; throws UserError when the law refuses them. */
    std::function<LawContents(const std::string &section, const LawValues &)> contents;
  };
} // namespace lacuna

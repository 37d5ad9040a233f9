// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "config/molar_mass.h"

#include "config/dimension_name.h"
#include "config/quantity.h"
#include "config/text.h"
#include "config/unit.h"
#include "config/user_error.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstdio>

namespace lacuna
{
  namespace
  {
    struct KnownSolute
    {
      const char *name;
      MolarMass mass;
    };

    /** From the abridged standard atomic weights of IUPAC 2021: H 1.008, C 12.011, O 15.999.
     * Laboratories weigh lactate as the acid (1 mM = 9.01 mg/dL); the ion has 89.070 g/mol. */
    const std::vector<KnownSolute> &known_solutes()
    {
      static const std::vector<KnownSolute> solutes{
          {"glucose", {"glucose", 180.156}},
          {"lactate", {"lactate, weighed as lactic acid", 90.078}},
          {"oxygen", {"oxygen", 31.998}},
      };
      return solutes;
    }

    /** The number and dimension of a text, whatever its dimension is; null if it has none. */
    std::unique_ptr<Dimension> read_any(const std::string &text, WrittenQuantity &written)
    {
      try
      {
        written = split_quantity(text);
      }
      catch (const UserError &)
      {
        return nullptr;
      }
      return find_dimension(written.unit);
    }

    int power(const Dimension &dimension, const std::string &base)
    {
      const auto found = dimension.powers.find(base);
      return found == dimension.powers.end() ? 0 : found->second;
    }

    /** Dimension with every mole replaced by a kilogram. */
    std::map<std::string, int> weighed(Dimension dimension)
    {
      const int moles = power(dimension, "mol");
      dimension.powers.erase("mol");
      if ((dimension.powers["kg"] += moles) == 0)
        dimension.powers.erase("kg");
      return dimension.powers;
    }

    std::string six_digits(double value)
    {
      char text[32];
      std::snprintf(text, sizeof text, "%.6g", value);
      return shortest(std::stod(text));
    }
  } // namespace

  std::optional<MolarMass> molar_mass(const std::string &solute)
  {
    for (const KnownSolute &known : known_solutes())
      if (solute == known.name)
        return known.mass;
    return std::nullopt;
  }

  std::string solute_in_name(const std::string &name)
  {
    std::string lower = name, found;
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](unsigned char character) { return std::tolower(character); });
    for (const KnownSolute &known : known_solutes())
      if (lower.find(known.name) != std::string::npos)
      {
        if (!found.empty())
          return "";
        found = known.name;
      }
    return found;
  }

  std::string mass_in_amounts(const std::string &text, const std::string &unit,
                              const std::string &solute)
  {
    const auto mass   = molar_mass(solute);
    const auto wanted = find_dimension(unit);
    WrittenQuantity written;
    const auto given = read_any(text, written);
    if (!mass || !wanted || !given || power(*wanted, "mol") == 0 ||
        given->powers != weighed(*wanted))
      return "";
    const double kg_per_mol = mass->value * 1e-3;
    const double amount     = written.number * given->factor / wanted->factor /
                          std::pow(kg_per_mol, power(*wanted, "mol"));
    const std::string shown = six_digits(amount) + " " + unit_behind(unit);
    return in_quotes(text) + " is " + with_article(dimension_noun(written.unit)) + ", but " +
           with_article(dimension_noun(unit)) + " is needed; of " + mass->substance + " (" +
           six_digits(mass->value) + " g/mol), that is " + in_quotes(shown);
  }
} // namespace lacuna

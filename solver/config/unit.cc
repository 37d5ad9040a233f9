// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "config/unit.h"

#include "config/text.h"

#include <udunits2.h>

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>

namespace lacuna
{
  namespace
  {
    struct FreeUnit
    {
      void operator()(ut_unit *unit) const { ut_free(unit); }
    };
    using Unit = std::unique_ptr<ut_unit, FreeUnit>;

    /** The longest unit anyone needs; longer text is refused before it reaches the parser. */
    constexpr std::size_t longest_unit = 80;

    ut_system *create_unit_system()
    {
      ut_set_error_message_handler(ut_ignore); // its messages go to stderr; ours say more
      ut_system *system = ut_read_xml(nullptr);
      if (system == nullptr)
        throw std::runtime_error(
            "the unit database of UDUNITS-2 cannot be read; is udunits2 installed?");
      const auto map_symbol = [&](const char *symbol, const char *definition)
      {
        const Unit unit(ut_parse(system, definition, UT_UTF8));
        ut_map_symbol_to_unit(symbol, UT_UTF8, unit.get());
      };
      map_symbol("M", "mol/L");
      map_symbol("Osm", "mol");
      map_symbol("Eq", "mol");
      map_symbol("y", "365.25 day");
      for (const char *name : {"cell", "cells", "vesicle", "vesicles"})
        ut_map_name_to_unit(name, UT_UTF8, ut_get_dimensionless_unit_one(system));
      return system;
    }

    ut_system *unit_system()
    {
      static ut_system *const system = create_unit_system();
      return system;
    }

    ut_status visit_basic(const ut_unit *unit, void *argument)
    {
      const char *symbol = ut_get_symbol(unit, UT_ASCII);
      if (symbol == nullptr || std::string(symbol) != "rad")
        static_cast<Dimension *>(argument)->powers[symbol == nullptr ? "?" : symbol] += 1;
      return UT_SUCCESS;
    }

    ut_status visit_product(const ut_unit *, int count, const ut_unit *const *units,
                            const int *powers, void *argument)
    {
      auto &dimension = *static_cast<Dimension *>(argument);
      for (int i = 0; i < count; ++i)
      {
        const char *symbol     = ut_get_symbol(units[i], UT_ASCII);
        const std::string name = symbol == nullptr ? "?" : symbol;
        if (name != "rad" && powers[i] != 0)
          dimension.powers[name] += powers[i];
      }
      return UT_SUCCESS;
    }

    ut_status visit_galilean(const ut_unit *, double scale, const ut_unit *underlying,
                             double offset, void *argument);

    ut_status visit_timestamp(const ut_unit *, const ut_unit *, double, void *argument)
    {
      static_cast<Dimension *>(argument)->linear = false;
      return UT_SUCCESS;
    }

    ut_status visit_logarithm(const ut_unit *, double, const ut_unit *, void *argument)
    {
      static_cast<Dimension *>(argument)->linear = false;
      return UT_SUCCESS;
    }

    const ut_visitor visitor{visit_basic, visit_product, visit_galilean, visit_timestamp,
                             visit_logarithm};

    ut_status visit_galilean(const ut_unit *, double scale, const ut_unit *underlying,
                             double offset, void *argument)
    {
      auto &dimension = *static_cast<Dimension *>(argument);
      dimension.factor *= scale;
      if (offset != 0)
        dimension.linear = false;
      return ut_accept_visitor(underlying, &visitor, argument);
    }
  } // namespace

  double without_rounding(double factor)
  {
    // A value a few ulp from one with twelve digits is meant to be that.
    const auto snapped = [](double value)
    {
      char text[32];
      std::snprintf(text, sizeof text, "%.12g", value);
      const double rounded = std::strtod(text, nullptr);
      return std::abs(rounded - value) <= 8 * std::abs(value) * 1.1e-16 ? rounded : value;
    };
    if (snapped(factor) != factor)
      return snapped(factor);
    const double inverse = snapped(1 / factor);
    return inverse != 1 / factor ? 1 / inverse : factor;
  }

  std::unique_ptr<Dimension> find_dimension(const std::string &text)
  {
    std::string unit = trim(text);
    if (unit.empty() || unit.size() > longest_unit || !is_utf8(unit))
      return nullptr;
    if (unit.front() == '/')
      unit = "1" + unit;
    const Unit parsed(ut_parse(unit_system(), unit.c_str(), UT_UTF8));
    if (!parsed)
      return nullptr;
    auto dimension = std::make_unique<Dimension>();
    if (ut_accept_visitor(parsed.get(), &visitor, dimension.get()) != UT_SUCCESS)
      return nullptr;
    if (!dimension->linear || !std::isnormal(dimension->factor) || dimension->factor < 0)
      return nullptr;
    dimension->factor = without_rounding(dimension->factor);
    return dimension;
  }
} // namespace lacuna

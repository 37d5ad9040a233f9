// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "cell_types.h"

struct CellLaw;

/** Whose law this is, and what these cells read of the tissue around them. */
struct CellBase : lacuna::Law<CellLaw>
{
  static constexpr const char *as_cell_type = "as cell type";

  /** Without choices the type is fixed. */
  CellBase(const char *default_type, const char *choices, const char *default_population)
      : word(choices == nullptr ? nullptr : as_cell_type),
        cell_type(choices == nullptr ? Text(default_type)
                                     : choice("Cell type", default_type, choices,
                                              "Whose constants are the defaults.")),
        type(find_cell_type(cell_type)),
        population_name(named_like_type(
            text("Population", default_population, "Whose survival, metabolism and fate this is.")))
  {
  }

  const char *word; ///< stands for defaults that the cell type sets; null with only one type
  Text cell_type;
  CellType type;
  Text population_name;

  Text metabolism =
      choice("Metabolism", as_cell_type, "as cell type|Bibby|Michaelis-Menten|none",
             "Bibby: as the law bibby-metabolism, for residents; Michaelis-Menten: for stem cells; "
             "none: another law takes care of it. [seen: code of the UPF group; SC10, PA11]");

  bool eats = metabolism != "none";

  Species cells         = population(population_name, "1/mL");
  Field oxygen_pressure = field("oxygen", "kPa");
  Field pH              = field("pH", "1",
                   type.resident ? ValidRange{6.2, 7.4, "Bibby & Urban 2004"}
                                              : ValidRange{6.5, 7.4, "Wuertz 2009, Han 2015"});
  Field osmolarity      = field("osmolarity", "mOsm/L", {280, 600, "Wuertz 2008, Potocar 2016"});
  Species glucose       = eats ? solute("glucose", "mM") : only_read("glucose", "mM");

protected:
  /** A death rate whose default the cell type sets. */
  Parameter hazard(const char *name, double default_value, const char *meaning)
  {
    return parameter(name, default_value, "1/d", meaning, 0, 10, word);
  }

private:
  Text named_like_type(const Text &name) const
  {
    return name == as_cell_type ? Text(type.name) : name;
  }

  Species only_read(const char *name, const char *unit)
  {
    Species species;
    species.index = field(name, unit).index;
    return species;
  }
};

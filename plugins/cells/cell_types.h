// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <lacuna/law.h>

#include <cstring>

/** The constants that differ between cell types; sources in README.md. */
struct CellType
{
  const char *name;
  bool resident;                           ///< takes nutrients up as Bibby et al. say
  double starvation, half_glucose;         ///< delta_G (1/d), G50 (mM)
  double acid, half_pH;                    ///< delta_pH (1/d), pH50
  double hyperosmolarity, half_osmolarity; ///< delta_os (1/d), Os50 (mOsm/L)
  double baseline;                         ///< delta_0 (1/d)
  double doubling_time;                    ///< h, in culture; NAN: none is known
  double differentiation;                  ///< k_0 (1/d)
};

constexpr CellType cell_types[] = {
    {"NP cells", true, 1.0, 0.25, 0.142, 6.30, 0.05, 600, 0.002, NAN, 0.12},
    {"AF cells", true, 1.0, 0.25, 0.142, 6.30, 0.05, 600, 0.002, NAN, 0.12},
    {"endplate cells", true, 1.0, 0.25, 0.142, 6.30, 0.05, 600, 0.002, NAN, 0.12},
    {"chondrocytes", true, 1.0, 0.25, 0.142, 6.30, 0.05, 600, 0.002, NAN, 0.12},
    {"BMSC", false, 0.90, 0.60, 0.20, 6.50, 0.12, 500, 0.005, 61.2, 0.12},
    {"AMSC", false, 0.90, 0.50, 0.20, 6.50, 0.12, 500, 0.005, 45.2, 0.12},
    {"UC-MSC", false, 0.72, 0.55, 0.16, 6.50, 0.10, 500, 0.004, 24, 0.12},
    {"PLMSC", false, 0.72, 0.55, 0.16, 6.50, 0.10, 500, 0.004, NAN, 0.12},
    {"iMSC", false, 0.72, 0.55, 0.16, 6.50, 0.10, 500, 0.004, NAN, 0.12},
    {"NPMSC", false, 1.0, 0.35, 0.14, 6.40, 0.08, 560, 0.005, NAN, 0.12},
    {"Muse", false, 0.45, 0.45, 0.10, 6.45, 0.06, 520, 0.004, NAN, 0.05}};

inline const CellType &find_cell_type(const char *name)
{
  for (const CellType &type : cell_types)
    if (std::strcmp(type.name, name) == 0)
      return type;
  lacuna::refuse("knows no constants of the cell type '%s'", name);
}

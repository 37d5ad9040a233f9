// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "../cells/cells.h"

// Survival and metabolism of mesenchymal stem cells from bone marrow (BMSC) or adipose tissue
// (AMSC).

struct Msc : InjectedCells
{
  static constexpr HazardConstants types[] = {{"BMSC", 0.90, 0.60, 0.20, 6.50, 0.12, 500, 0.005},
                                              {"AMSC", 0.90, 0.50, 0.20, 6.50, 0.12, 500, 0.005}};
  Msc() : InjectedCells(types, "BMSC|AMSC") {}
};

LACUNA_LAW(Msc, "msc", "1.0.0", "d",
           "Survival and metabolism of injected mesenchymal stem cells from bone marrow or adipose "
           "tissue.")

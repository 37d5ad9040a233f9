// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "../cells/cells.h"

// Survival and metabolism of mesenchymal stem cells from bone marrow (BMSC) or adipose tissue
// (AMSC).

struct Msc : CellLaw
{
  Msc() : CellLaw("BMSC", "BMSC|AMSC", "MSC") {}
};

LACUNA_LAW(Msc, "msc", "1.0.0", "d",
           "Survival and metabolism of injected mesenchymal stem cells from bone marrow or adipose "
           "tissue.")

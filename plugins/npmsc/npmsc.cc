// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "../cells/cells.h"

// Survival and metabolism of mesenchymal stem cells from the nucleus pulposus, which tolerate acid
// and salt better.

struct Npmsc : CellLaw
{
  Npmsc() : CellLaw("NPMSC", nullptr, "NPMSC") {}
};

LACUNA_LAW(Npmsc, "npmsc", "1.0.0", "d",
           "Survival and metabolism of injected mesenchymal stem cells from the nucleus pulposus.")

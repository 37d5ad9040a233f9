// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "cells.h"

// Survival, metabolism, growth and fate of resident and injected cells of any known type.

struct Cells : CellLaw
{
  Cells()
      : CellLaw("NP cells",
                "NP cells|AF cells|endplate cells|chondrocytes|BMSC|AMSC|UC-MSC|PLMSC|iMSC|NPMSC|"
                "Muse",
                as_cell_type)
  {
  }
};

LACUNA_LAW(Cells, "cells", "1.0.0", "d",
           "Survival, metabolism, growth and differentiation of resident or injected cells, by "
           "cell type.")

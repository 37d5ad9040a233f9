// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include <lacuna/law.h>

// Cells that live on glucose, make lactate of it and die without it, in smooth functions
// throughout; and glucose and lactate that decay. Each is switched off by a rate of nothing.

struct StarvingCells : lacuna::Law<StarvingCells>
{
  Parameter uptake = parameter("Uptake", 0, "nmol/d", "Of glucose, by one cell.", 0, 1);
  Parameter death  = parameter("Death rate", 0, "1/d", "Without glucose.", 0, 100);
  Parameter decay  = parameter("Decay", 0, "1/d", "First-order, of glucose and lactate.", 0, 100);

  Species glucose = solute("glucose", "mM"), lactate = solute("lactate", "mM");
  Species cells = population("cells", "1/mL");

  template <class Number>
  void rates(At<Number> &at) const
  {
    // nmol per mL is 1e-3 mM
    const Number eaten = 1e-3 * uptake * at[cells] * at[glucose] / (1. + at[glucose]);
    at.rate(glucose) -= eaten + decay * at[glucose];
    at.rate(lactate) += 2. * eaten;
    at.rate(lactate) -= decay * at[lactate];
    at.rate(cells) -= death * at[cells] / (1. + at[glucose] * at[glucose]);
  }
};

LACUNA_LAW(StarvingCells, "starving-cells", "1.0.0", "d", "Cells that die without glucose.")

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include <lacuna/law.h>

// Cells, such as a graft, that die by what senescent cells secrete; see README.md.

struct SaspToxicity : lacuna::Law<SaspToxicity>
{
  Text population_name = text("Population", "MSC", "The cells that die.");
  Text sasp_name       = text("SASP", "SASP",
                              "The secreted factors, as the law that brings them along calls "
                                    "them; 1 where they have half of their effect.");

  Parameter baseline =
      parameter("Baseline hazard", 0.06, "1/d",
                "Death rate without SASP; 0 if another law has it. [assumed]", 0, 10);
  Parameter largest =
      parameter("Hazard by SASP", 0.10, "1/d", "Further rate in saturating SASP. [assumed]", 0, 10);

  Species cells = population(population_name, "1/mL");
  Field sasp    = field(sasp_name, "1");

  template <class Number>
  void rates(At<Number> &at) const
  {
    at.rate(cells) -= (baseline + largest * lacuna::saturation(at[sasp], 1.)) * at[cells];
  }
};

LACUNA_LAW(SaspToxicity, "sasp-toxicity", "1.0.0", "d",
           "Cells, such as a graft, that die by what senescent cells secrete.")

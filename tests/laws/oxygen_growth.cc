// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include <lacuna/law.h>

// Growth with contact inhibition whose speed depends on oxygen by a Hill function (Moser kinetics
// in models of cell-seeded scaffolds): dn/dt = mu P^h/(K^h + P^h) (1 - N/N_max) n, where N counts
// all doses.

struct OxygenGrowth : lacuna::Law<OxygenGrowth>
{
  Text population_name = text("Population", "NP cells", "Whose growth this is.");
  Parameter rate      = parameter("Growth rate", 0.8, "1/d", "Of few cells in much oxygen.", 0, 10);
  Parameter half      = parameter("Half oxygen", 2, "kPa", "Oxygen of half the rate.", 1e-3, 20);
  Parameter steepness = parameter("Steepness", 2, "1", "Hill exponent.", 1, 10);
  Parameter most = parameter("Confluent density", 1e7, "1/mL", "At which growth ends.", 1, 1e9);

  Field oxygen  = field("oxygen", "kPa");
  Species cells = population(population_name, "1/mL", with_total);

  template <class Number>
  void rates(At<Number> &at) const
  {
    const Number supply = lacuna::pow(lacuna::max(at[oxygen], 0.) / half, steepness);
    const Number growth = rate * supply / (1 + supply) * at[cells];
    at.rate(cells) += growth;
    at.rate(cells) -= growth * at.total(cells) / most;
  }
};
LACUNA_LAW(OxygenGrowth, "oxygen-growth", "1.0.0", "d",
           "Oxygen-dependent growth with contact inhibition.")

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "cell_release.h"

/**
 * How resident and injected cells live, eat, grow, change and die; see README.md. A law derives
 * from it for one cell type, or for several, of which the file chooses.
 *
 * It is built in layers, each with its parameters, what it reads and its formulas. What an option
 * switches off is not read.
 */
struct CellLaw : CellRelease
{
  using CellRelease::CellRelease;

  Parameter thawed = parameter("Migration after freezing", 1, "1",
                               "Factor on chemotaxis of cells that were frozen; how many of them "
                               "live is the Viability of their dose. [assumed: direction doc 002]",
                               0, 1);

  bool was_frozen  = thawed < 1;
  Signal migration = was_frozen ? provide("chemotaxis", population_name, product) : Signal();

  template <class Number>
  void signals(At<Number> &at) const
  {
    if (was_frozen)
      at.signal(migration) = 1. * thawed;
  }

  template <class Number>
  void rates(At<Number> &at) const
  {
    const Number deaths = death(at);
    at.rate(cells) -= deaths;
    if (eats)
      feed(at);
    if (grows)
      at.rate(cells) += growth_rate(at) * at[cells];
    if (differentiates)
    {
      const Number changed = differentiation_rate(at) * at[cells];
      at.becomes(cells, offspring, changed);
    }
    give_off(at, deaths);
  }
};

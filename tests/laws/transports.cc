// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include <lacuna/law.h>

// Factors that cells make, which the matrix hinders in the ways that there are: not at all, by
// porosity (counted per pore water or per tissue volume), and as fibres hinder their size. All
// decay alike.

struct Transports : lacuna::Law<Transports>
{
  Text population_name = text("Population", "cells", "Cells that make the factors.");

  Parameter release = parameter("Release", 1e-6, "ng/d", "Of each factor, by one cell.", 0, 1);

  Field cells    = field(population_name, "1/mL");
  Species free   = mobile_species("free factor", "ng/mL", "Hindered alike everywhere.",
                                  made(in_tissue(50, "um^2/s")));
  Species pore   = mobile_species("pore factor", "ng/mL", "Counted per pore water.",
                                  made(in_water(200, "um^2/s")), per_pore_water);
  Species tissue = mobile_species("tissue factor", "ng/mL", "Counted per tissue volume.",
                                  made(in_water(200, "um^2/s")));
  Species sized  = mobile_species("sized factor", "ng/mL", "Of a known size.", made(of_size(3)));

  template <class Number>
  void tissue_rates(At<Number> &at) const
  {
    const Number released = release * at[cells];
    at.rate(free) += released;
    at.rate(pore) += released;
    at.rate(tissue) += released;
    at.rate(sized) += released;
  }

private:
  static lacuna::Transport made(const lacuna::Transport &transport)
  {
    return transport.decaying(20).initially(1);
  }
};

LACUNA_LAW(Transports, "transports", "1.0.0", "d",
           "Factors that diffuse in every way that there is.")

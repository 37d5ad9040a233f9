// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include <lacuna/law.h>

// Cells that wander, and climb a gradient that their receptors saturate in: J = -D grad V + chi0
// K/(K+c)^2 V grad c.

struct MovingCells : lacuna::Law<MovingCells>
{
  Parameter motility_  = parameter("Motility", 0.5, "mm^2/d", "Random motility.", 0, 1e3);
  Parameter strength   = parameter("Strength", 1, "1", "chi0 over D.", 0, 100);
  Parameter drift      = parameter("Drift", 0, "1/mm", "Attraction per length along x.", -10, 10);
  Parameter saturation = parameter("Half saturation", 1, "mM", "K of the receptor.", 1e-3, 100);
  Parameter death      = parameter("Death rate", 0, "1/d", "Of the cells.", 0, 10);
  Parameter settling   = parameter("Settling", 0, "1/d", "Walkers that become sitters.", 0, 10);
  Text attractant_name = text("Attractant", "", "A solute, or nothing.");

  bool climbs      = !attractant_name.empty();
  Species cells    = population("walkers", "1/mL");
  Species sitters  = population("sitters", "1/mL");
  Field attractant = climbs ? field(attractant_name, "mM") : Field();
  Field x          = field("x", "mm");
  Motion moving    = moves(cells);

  template <class Number>
  void rates(At<Number> &at) const
  {
    at.rate(cells) -= death * at[cells];
    at.rate(sitters) -= death * at[sitters];
    at.becomes(cells, sitters, settling * at[cells]);
    at.becomes(sitters, cells, 0.5 * settling * at[sitters]);
  }

  template <class Number>
  void motion(At<Number> &at) const
  {
    at.motility(moving) = motility_;
    at.attraction(moving) += drift * at[x];
    if (climbs)
      at.attraction(moving) += strength * at[attractant] / (saturation + at[attractant]);
  }
};

LACUNA_LAW(MovingCells, "moving-cells", "1.0.0", "d", "Cells that wander and climb a gradient.")

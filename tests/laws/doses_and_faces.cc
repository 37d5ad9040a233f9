// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include <lacuna/law.h>

// What a law may do about doses, faces and regions, each with an answer that is known.

struct DosesAndFaces : lacuna::Law<DosesAndFaces>
{
  Parameter largest = parameter("Largest volume", 5, "mL", "Larger doses are refused.", 0, 100);
  Parameter inflow =
      parameter("Inflow", 0, "ng/d", "Of the factor, through the left face.", 0, 1e9);
  Parameter half_life = parameter("Half-life", 1, "d", "Of the factor.", 1e-3, 1e6);

  Species cells   = population("cells", "1/mL");
  Species factor  = mobile_species("factor", "ng/mL", "Comes in through a face, and decays.",
                                   in_tissue(100, "um^2/s").decaying(std::log(2.) / half_life));
  Species bath    = mobile_species("bath factor", "ng/mL", "Held by the supply.",
                                   in_tissue(1000, "um^2/s").fixed_at_supply(3));
  Species damage  = immobile_species("damage", "1", "One more with every dose.");
  Species starved = immobile_species("clock", "d", "Counts time in the left region.", 2);
  Field glucose   = field("glucose", "mM", {1, 4, "a table"});
  Field left_face = on_face("left"), left_area = face_area("left");
  Field in_left    = in_region("west");
  Field since_dose = since("second", "d");

  Signal unheard = provide("growth of hair", "cells", product);

  template <class Number>
  void rates(At<Number> &at) const
  {
    at.rate(cells) -= 0. * at[cells] + 0. * at[glucose] + 0. * at[since_dose] * at[cells];
    at.rate(starved) += at[in_left];
  }

  template <class Number>
  void tissue_rates(At<Number> &at) const
  {
    // ng per day and mm^2, times mm^2 of face per mm^3 of tissue, is ng/mm^3 per day
    at.rate(factor) += 1e3 * inflow / at[left_area] * at[left_face];
  }

  void deliver(Dose &dose) const
  {
    if (dose.volume > largest)
      lacuna::refuse("takes at most %g mL; '%s' has %g mL", double(largest), dose.name,
                     dose.volume);
    dose.retained_fraction *= 0.5;
    lacuna::report(dose, "half of dose %u leaks", dose.number + 1);
  }

  void at_dose(const Dose &dose, At<double> &at) const
  {
    at.after(damage) = at[damage] + 1;
    at.after(cells)  = dose.same_site > 0 ? 0.25 * at[cells] : at[cells];
  }
};

LACUNA_LAW(DosesAndFaces, "doses-and-faces", "1.0.0", "d",
           "What a law may do about doses and faces.")

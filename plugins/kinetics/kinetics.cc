// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include <lacuna/law.h>

// One process: zero-order, first-order or Michaelis-Menten uptake or release of one solute; see
// README.md.

struct Kinetics : lacuna::Law<Kinetics>
{
  Text substance = text("Substance", "", "The solute that is taken up or released; must be given.");

  Text kind = choice("Kind", "Michaelis-Menten", "zero-order|first-order|Michaelis-Menten",
                     "How the rate depends on the solute's own concentration.");

  Text direction =
      choice("Direction", "uptake", "uptake|release", "Whether the solute disappears or appears.");

  Text population_name =
      text("Population", "", "Whose process it is; empty: the tissue's, independent of cells.");

  Parameter rate = parameter("Rate", NAN, "mM/h",
                             "By the tissue: the zero-order rate, or the largest rate of "
                             "Michaelis-Menten kinetics, per tissue volume.",
                             0, HUGE_VAL, "none");

  Parameter rate_constant =
      parameter("Rate constant", NAN, "1/h", "By the tissue: the first-order rate constant.", 0,
                HUGE_VAL, "none");

  Parameter rate_per_cell =
      parameter("Rate per cell", NAN, "fmol/h",
                "By a population: the zero-order rate, or the largest rate of "
                "Michaelis-Menten kinetics, of one cell.",
                0, HUGE_VAL, "none");

  Parameter clearance = parameter("Clearance per cell", NAN, "mL/h",
                                  "By a population: the volume that one cell clears, first-order.",
                                  0, HUGE_VAL, "none");

  Parameter half_concentration =
      parameter("Half saturation", NAN, "mM", "Michaelis-Menten constant as a concentration.", 0,
                HUGE_VAL, "none");

  Parameter half_pressure =
      parameter("Half saturation pressure", NAN, "kPa",
                "Michaelis-Menten constant of oxygen as a pressure, instead of Half saturation.", 0,
                HUGE_VAL, "none");

  bool michaelis_menten = kind == "Michaelis-Menten";
  bool first_order      = kind == "first-order";
  bool by_cells         = !population_name.empty();
  bool by_pressure      = half_pressure.given();
  bool of_zero_order =
      kind == "zero-order" ||
      (michaelis_menten && (by_pressure ? half_pressure : half_concentration) == 0.);

  Species changed     = without_end(solute(checked_substance(), "mM"));
  Field concentration = by_pressure ? field(substance, "kPa") : changed;
  Field cells         = by_cells ? field(population_name, "1/mL") : Field();

  template <class Number>
  void rates(At<Number> &at) const
  {
    Number speed = by_cells ? per_cell() * at[cells] : Number(first_order ? rate_constant : rate);
    if (first_order)
      speed *= at[changed];
    if (michaelis_menten)
      speed *=
          lacuna::saturation(at[concentration], by_pressure ? half_pressure : half_concentration);
    if (direction == "uptake")
      at.rate(changed) -= speed;
    else
      at.rate(changed) += speed;
  }

private:
  static constexpr double fmol_per_mL = 1e-9; // of cells and fmol per cell, in mM

  /** Uptake of zero order does not end where nothing is left; a run then says so. */
  Species without_end(const Species &species) const
  {
    const bool ends = !of_zero_order || direction == "release";
    return ends ? species : within(species, from_zero("uptake of zero order"));
  }

  /** Per cell density; a clearance in mL per cell times cells per mL is a rate constant. */
  double per_cell() const { return first_order ? 1. * clearance : fmol_per_mL * rate_per_cell; }

  void check_strength(const Parameter &strength, bool of_cells, bool of_first_order,
                      const char *name) const
  {
    const bool needed = by_cells == of_cells && first_order == of_first_order;
    const char *owner = by_cells ? population_name.characters() : "the tissue";
    if (needed && !strength.given())
      lacuna::refuse("needs '%s' for %s kinetics by %s.", name, kind.characters(), owner);
    if (!needed && strength.given())
      lacuna::refuse("has '%s', which does not belong to %s kinetics by %s; remove it, or change "
                     "Kind or Population.",
                     name, kind.characters(), owner);
  }

  void check_half_saturation() const
  {
    if (michaelis_menten && half_concentration.given() == half_pressure.given())
      lacuna::refuse("needs either 'Half saturation' (mM) or 'Half saturation pressure' (kPa, "
                     "oxygen only) for Michaelis-Menten kinetics.");
    if (!michaelis_menten && (half_concentration.given() || half_pressure.given()))
      lacuna::refuse("has a half saturation, which does not belong to %s kinetics; remove it, or "
                     "write 'set Kind = Michaelis-Menten'.",
                     kind.characters());
  }

  /** The substance, once it is clear that the parameters fit together. */
  const char *checked_substance() const
  {
    if (substance.empty())
      lacuna::refuse("needs a Substance: write 'set Substance = glucose' (or another solute).");
    check_strength(rate, false, false, "Rate");
    check_strength(rate_constant, false, true, "Rate constant");
    check_strength(rate_per_cell, true, false, "Rate per cell");
    check_strength(clearance, true, true, "Clearance per cell");
    check_half_saturation();
    return substance;
  }
};

LACUNA_LAW(Kinetics, "kinetics", "1.0.0", "h",
           "Zero-order, first-order or Michaelis-Menten uptake or release of one solute, by a "
           "population or by the tissue.")

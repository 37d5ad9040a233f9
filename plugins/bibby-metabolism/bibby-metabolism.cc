// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "bibby-metabolism.h"

// Oxygen uptake, lactate production and glucose uptake of nucleus pulposus cells after Bibby et al.
// 2005; see README.md.

struct BibbyMetabolism : lacuna::Law<BibbyMetabolism>
{
  Text population_name = text("Population", "NP cells", "Whose metabolism this is.");

  Parameter oxygen_multiplier = parameter(
      "Oxygen multiplier", 1, "1",
      "Multiplies the oxygen uptake; degenerate human cells take up 3 to 5 times more than "
      "non-degenerate ones. [seen: Cisewski 2018 abstract]",
      0, 100);

  Parameter glycolysis_multiplier =
      parameter("Glycolysis multiplier", 1, "1",
                "Multiplies lactate production and glucose uptake; growth factors 1.5 to 5. "
                "[recalled-L: Soukane-type studies]",
                0, 100);

  Parameter glucose_limiter = parameter(
      "Glucose limiter constant", 0.18, "mM",
      "Half saturation of the factor G/(K+G) on glycolysis, without which glucose falls below zero "
      "in thick discs; 0 switches it off, as in the papers. [inferred; size from a porcine fit, "
      "0.179 "
      "mM, seen: Jackson lab script]",
      0, 10);

  Field cells           = field(population_name, "1/mL");
  Field oxygen_pressure = field("oxygen", "kPa", {0, 21, "Bibby 2005"});
  Field pH              = field("pH", "1");
  Species oxygen        = solute("oxygen", "mM");
  Species glucose       = without_limit(solute("glucose", "mM"));
  Species lactate       = solute("lactate", "mM");

  template <class Number>
  void rates(At<Number> &at) const
  {
    const BibbyRates<Number> cell(at[oxygen_pressure], at[pH], at[glucose], glucose_limiter);
    const Number density      = fmol_per_mL * at[cells];
    const Number lactate_rate = glycolysis_multiplier * cell.lactate_production * density;
    at.rate(oxygen) -= oxygen_multiplier * cell.oxygen_uptake * density;
    at.rate(lactate) += lactate_rate;
    at.rate(glucose) -= cell.glucose_per_lactate * lactate_rate;
  }

private:
  static constexpr double fmol_per_mL = 1e-9; // of cells and fmol/h per cell, in mM/h

  /** The law as published goes on eating where nothing is left; a run then says so. */
  Species without_limit(const Species &species) const
  {
    return glucose_limiter > 0 ? species : within(species, from_zero("no glucose limiter"));
  }
};

LACUNA_LAW(BibbyMetabolism, "bibby-metabolism", "1.0.0", "h",
           "Oxygen uptake, lactate production and glucose uptake of nucleus pulposus cells after "
           "Bibby et al. 2005.")

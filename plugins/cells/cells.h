// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <lacuna/law.h>

/** The constants of the environmental hazard that differ between cell types. */
struct HazardConstants
{
  const char *cell_type;
  double starvation, half_glucose;         ///< delta_G (1/d), G50 (mM)
  double acid, half_pH;                    ///< delta_pH (1/d), pH50
  double hyperosmolarity, half_osmolarity; ///< delta_os (1/d), Os50 (mOsm/L)
  double baseline;                         ///< delta_0 (1/d)
};

/**
 * Survival and metabolism of injected cells, for every cell type; see README.md beside this file. A
 * law derives from it with the constants of its one type, or of several types and their names
 * separated by '|', of which the file chooses.
 */
struct InjectedCells : lacuna::Law<InjectedCells>
{
  template <int n_types>
  explicit InjectedCells(const HazardConstants (&types)[n_types], const char *choices = nullptr)
      : word(choices == nullptr ? nullptr : "as cell type"),
        cell_type(choices == nullptr ? Text(types[0].cell_type)
                                     : choice("Cell type", types[0].cell_type, choices,
                                              "Whose constants are the defaults.")),
        type(find(types, n_types)),
        population_name(text("Population", word == nullptr ? type.cell_type : "MSC",
                             "Whose survival and metabolism this is."))
  {
  }

  const char *word; ///< stands for defaults that the cell type sets; null with only one type
  Text cell_type;
  HazardConstants type;
  Text population_name;

  Parameter starvation =
      hazard("Starvation hazard", type.starvation,
             "Death rate without glucose: BMSC 0.90, AMSC 0.90, NPMSC 1.0; sweep 0.5 to 1.5. "
             "[assumed: shape calibrated to a few anchors]");

  Parameter half_glucose =
      parameter("Half glucose", type.half_glucose, "mM",
                "Glucose at which half of the starvation hazard acts: BMSC 0.60, AMSC 0.50, NPMSC "
                "0.35; sweep by a factor of 1.5. [assumed: shape calibrated to a few anchors]",
                1e-3, 10, word);

  Parameter steepness = parameter("Glucose steepness", 4, "1",
                                  "Hill exponent of starvation. [assumed: shape]", 1, 20);

  Parameter oxygen_softening =
      parameter("Oxygen softening", 0.3, "1",
                "Share of the starvation hazard that oxygen takes away. [assumed]", 0, 1);

  Parameter acid =
      hazard("Acid hazard", type.acid,
             "Death rate in full acidity: BMSC 0.20, AMSC 0.20, NPMSC 0.14; sweep by a "
             "factor of 2. [assumed: shape calibrated to a few anchors]");

  Parameter half_pH =
      parameter("Half pH", type.half_pH, "1",
                "pH at which half of the acid hazard acts: BMSC 6.50, AMSC 6.50, NPMSC 6.40; sweep "
                "+-0.1. [assumed: shape calibrated to a few anchors]",
                4, 9, word);

  Parameter pH_width = parameter("pH width", 0.12, "1",
                                 "Width of the acid hazard's logistic. [assumed: shape]", 1e-3, 1);

  Parameter coupling = parameter(
      "Acid starvation coupling", 1, "1",
      "kappa: how much full acidity adds to starvation. [assumed: qualitative, acid lowers "
      "viability more at low glucose, seen: Bibby & Urban 2004]",
      0, 10);

  Parameter hyperosmolarity = hazard(
      "Hyperosmolarity hazard", type.hyperosmolarity,
      "Death rate in full hyperosmolarity: BMSC 0.12, AMSC 0.12, NPMSC 0.08. [assumed: shape "
      "calibrated to a few anchors]");

  Parameter half_osmolarity = parameter(
      "Half osmolarity", type.half_osmolarity, "mOsm/L",
      "Osmolarity at which half of that hazard acts: BMSC 500, AMSC 500, NPMSC 560; sweep "
      "+-40. [assumed: shape calibrated to a few anchors]",
      200, 2000, word);

  Parameter osmolarity_width =
      parameter("Osmolarity width", 40, "mOsm/L",
                "Width of that hazard's logistic. [assumed: shape]", 1, 500);

  Parameter baseline =
      hazard("Baseline hazard", type.baseline,
             "Death rate in a perfect environment: 0.005 for BMSC, AMSC and NPMSC; sweep 0.001 to "
             "0.02. [assumed]");

  // Uptake is written per hour, as measured, and used per day, the law's time unit.
  Parameter glucose_uptake = parameter(
      "Glucose uptake", 150, {"fmol/h", "fmol/d"},
      "Largest glucose uptake of one cell; 383 in expansion culture (seen: SC10); range 50 "
      "to 383. [assumed: between chondrogenic minimum and expansion]",
      0, 1e5);

  Parameter glucose_half = parameter("Glucose half saturation", 0.3, "mM",
                                     "K_G of the uptake; 0.1 to 1. [assumed]", 0, 10);

  Parameter lactate_yield =
      parameter("Lactate yield", 2, "1",
                "Lactate made per glucose: human 2.0, rat 1.9, goat 0.8. [seen: SC10]", 0, 2);

  Parameter oxygen_uptake = parameter(
      "Oxygen uptake", 30, {"fmol/h", "fmol/d"},
      "Largest oxygen uptake of one cell; 12 after 21 d of chondrogenesis, 98 in expansion "
      "(seen: PA11). [assumed: between these end points]",
      0, 1e5);

  Parameter oxygen_half = parameter("Oxygen half saturation", 0.5, "kPa",
                                    "K_O of the uptake; 0.1 to 1. [assumed]", 0, 20);

  Species cells         = population(population_name, "1/mL");
  Field oxygen_pressure = field("oxygen", "kPa");
  Field pH              = field("pH", "1");
  Field osmolarity      = field("osmolarity", "mOsm/L");
  Species glucose       = solute("glucose", "mM");
  Species lactate       = solute("lactate", "mM");
  Species oxygen        = solute("oxygen", "mM");
  Field protection      = use("apoptosis", population_name, product);

  template <class Number>
  void rates(At<Number> &at) const
  {
    const Number hazard = baseline + environmental_hazard(at) * at[protection];
    at.rate(cells) -= hazard * at[cells];

    const Number density = 1e-9 * at[cells]; // fmol per cell times cells per mL is 1e-9 mM
    const Number uptake  = glucose_uptake * lacuna::saturation(at[glucose], glucose_half) * density;
    at.rate(glucose) -= uptake;
    at.rate(lactate) += lactate_yield * uptake;
    at.rate(oxygen) -=
        oxygen_uptake * lacuna::saturation(at[oxygen_pressure], oxygen_half) * density;
  }

private:
  const HazardConstants &find(const HazardConstants *types, int n_types) const
  {
    for (int i = 0; i < n_types; ++i)
      if (cell_type == types[i].cell_type)
        return types[i];
    return types[0];
  }

  Parameter hazard(const char *name, double default_value, const char *meaning)
  {
    return parameter(name, default_value, "1/d", meaning, 0, 10, word);
  }

  /** The death rate above the baseline, without protection (1/d). */
  template <class Number>
  Number environmental_hazard(At<Number> &at) const
  {
    const Number ratio   = lacuna::max(at[glucose], 0.) / half_glucose;
    const Number starved = (1 - oxygen_softening * lacuna::saturation(at[oxygen_pressure], 1.)) /
                           (1 + lacuna::pow(ratio, steepness));
    const Number acidity = lacuna::logistic((half_pH - at[pH]) / pH_width);
    const Number saltiness =
        lacuna::logistic((at[osmolarity] - half_osmolarity) / osmolarity_width);
    return starvation * starved * (1 + coupling * acidity) + acid * acidity +
           hyperosmolarity * saltiness;
  }
};

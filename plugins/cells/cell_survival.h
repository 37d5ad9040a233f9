// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "cell_base.h"

/** Death of starvation, acid, salt and load, of inflammation and oxidants, and by immune cells. */
struct CellSurvival : CellBase
{
  using CellBase::CellBase;

  Parameter starvation = hazard(
      "Starvation hazard", type.starvation,
      "Death rate without glucose: BMSC 0.90, AMSC 0.90, NPMSC 1.0, other types 0.45 to 1.0; "
      "sweep 0.5 to 1.5. "
      "[assumed: shape calibrated to a few anchors]");

  Parameter half_glucose = parameter(
      "Half glucose", type.half_glucose, "mM",
      "Glucose at which half of the starvation hazard acts: BMSC 0.60, AMSC 0.50, NPMSC "
      "0.35, NP cells 0.25; sweep by a factor of 1.5. [assumed: shape calibrated to a few anchors]",
      1e-3, 10, word);

  Parameter steepness = parameter("Glucose steepness", 4, "1",
                                  "Hill exponent of starvation. [assumed: shape]", 1, 20);

  Parameter oxygen_softening =
      parameter("Oxygen softening", 0.3, "1",
                "Share of the starvation hazard that oxygen takes away. [assumed]", 0, 1);

  Parameter serum = parameter("Serum", 0, "1",
                              "Share of full serum, which takes 0.6 of the starvation hazard away "
                              "in culture; none in a disc. [assumed: direction seen, TU16, JO08]",
                              0, 1);

  Parameter acid = hazard(
      "Acid hazard", type.acid,
      "Death rate in full acidity: BMSC 0.20, AMSC 0.20, NPMSC 0.14, NP cells 0.142; sweep by a "
      "factor of 2. [assumed: shape calibrated to a few anchors]");

  Parameter half_pH = parameter("Half pH", type.half_pH, "1",
                                "pH at which half of the acid hazard acts: BMSC 6.50, AMSC 6.50, "
                                "NPMSC 6.40, NP cells 6.30; sweep "
                                "+-0.1. [assumed: shape calibrated to a few anchors]",
                                4, 9, word);

  Parameter pH_width = parameter("pH width", 0.12, "1",
                                 "Width of the acid hazard's logistic. [assumed: shape]", 1e-3, 1);

  Parameter coupling = parameter(
      "Acid starvation coupling", 1, "1",
      "kappa: how much full acidity adds to starvation. [assumed: qualitative, acid lowers "
      "viability more at low glucose, seen: Bibby & Urban 2004]",
      0, 10);

  Parameter hyperosmolarity = hazard("Hyperosmolarity hazard", type.hyperosmolarity,
                                     "Death rate in full hyperosmolarity: BMSC 0.12, AMSC 0.12, "
                                     "NPMSC 0.08, NP cells 0.05. [assumed: shape "
                                     "calibrated to a few anchors]");

  Parameter half_osmolarity = parameter("Half osmolarity", type.half_osmolarity, "mOsm/L",
                                        "Osmolarity at which half of that hazard acts: BMSC 500, "
                                        "AMSC 500, NPMSC 560, NP cells 600; sweep "
                                        "+-40. [assumed: shape calibrated to a few anchors]",
                                        200, 2000, word);

  Parameter osmolarity_width =
      parameter("Osmolarity width", 40, "mOsm/L",
                "Width of that hazard's logistic. [assumed: shape]", 1, 500);

  Parameter mechanical = parameter("Mechanical hazard", 0, "1/d",
                                   "Death rate under load; 0 to 0.1 at 1 MPa of static "
                                   "compression. [assumed: harm seen, CMP18; no rate found]",
                                   0, 10);

  Parameter baseline = hazard("Baseline hazard", type.baseline,
                              "Death rate in a perfect environment: 0.005 for BMSC, AMSC and "
                              "NPMSC, NP cells 0.002; sweep 0.001 to "
                              "0.02. [assumed]");

  Parameter inflammatory =
      parameter("Inflammatory hazard", 0.10, "1/d",
                "Death rate under a full inflammatory drive; acts where a law provides one. "
                "[assumed; 0.3 and 0.6 as strong variants]",
                0, 10);

  Parameter oxidative = parameter("Oxidative hazard", 0.8, "1/d",
                                  "Death rate under full oxidative stress; acts where a law "
                                  "provides it. [assumed: curve]",
                                  0, 10);

  Parameter immune =
      parameter("Immune hazard", 0, "1/d",
                "Death rate by immune cells; none reach a closed disc. [assumed: doc 003]", 0, 10);

  Text immune_after =
      text("Immune hazard from dose", "",
           "Name of the dose, such as a second one, with which the immune hazard begins; empty: "
           "always.");

  Parameter quality = parameter("Donor quality", 1, "1",
                                "The baseline hazard is divided by it; cells from a degenerate "
                                "disc have less than 1. [assumed: ordering seen, doc 003]",
                                0.01, 1);

  bool inflamed     = inflammatory > 0;
  bool oxidised     = oxidative > 0;
  bool hunted_later = immune > 0 && !immune_after.empty();

  Field protection   = use("apoptosis", population_name, product);
  Field starving     = use("starvation", population_name, product);
  Field inflammation = inflamed ? use("inflammation", population_name, sum) : Field();
  Field gain         = inflamed ? use("NF-kB gain", population_name, product) : Field();
  Field inflammatory_death =
      inflamed ? use("inflammatory death", population_name, product) : Field();
  Field oxidative_stress = oxidised ? use("oxidative stress", population_name, sum) : Field();
  Field oxidative_death  = oxidised ? use("oxidative death", population_name, product) : Field();
  Field since_immunity   = hunted_later ? since(immune_after, "d") : Field();

protected:
  /** All deaths, per mL and day. */
  template <class Number>
  Number death(At<Number> &at) const
  {
    Number deaths = lacuna::composed(
        [this](const auto &G, const auto &O, const auto &pH_here, const auto &salt,
               const auto &factor, const auto &spared, const auto &V)
        { return (baseline_rate + spared * environment(G, O, pH_here, salt, factor)) * V; },
        at[glucose], at[oxygen_pressure], at[pH], at[osmolarity], at[starving], at[protection],
        at[cells]);
    if (inflamed && !lacuna::is_constant(at[inflammation], 0))
      deaths += inflammatory * at[inflammation] * at[gain] * at[inflammatory_death] * at[cells];
    if (oxidised && !lacuna::is_constant(at[oxidative_stress], 0))
      deaths += oxidative * at[oxidative_stress] * at[oxidative_death] * at[cells];
    if (immune > 0)
      deaths += immune * begun(at) * at[cells];
    return deaths;
  }

private:
  static constexpr double spared_by_serum = 0.6;  // [assumed: direction seen, TU16, JO08]
  static constexpr double softening_half  = 1;    // kPa [assumed: shape]
  static constexpr double onset           = 0.01; // d, of the immune hazard [numerical]

  // Divided once, not at every point.
  double per_glucose = 1 / half_glucose, per_pH = 1 / pH_width;
  double per_osmolarity = 1 / osmolarity_width, baseline_rate = baseline / quality;
  double worst_starvation = starvation * (1 - spared_by_serum * serum);

  /** The hazard of the surroundings, 1/d; `factor` acts on starvation alone. */
  template <class Glucose, class Oxygen, class PH, class Salt, class Factor>
  auto environment(const Glucose &G, const Oxygen &O, const PH &pH_here, const Salt &salt,
                   const Factor &factor) const
  {
    const auto lack      = 1 / (1 + raised(lacuna::max(G, 0.) * per_glucose));
    const auto relief    = 1 - oxygen_softening * lacuna::saturation(O, softening_half);
    const auto acidity   = lacuna::logistic((half_pH - pH_here) * per_pH);
    const auto saltiness = lacuna::logistic((salt - half_osmolarity) * per_osmolarity);
    const auto hunger    = worst_starvation * lack * relief * (1 + coupling * acidity);
    return factor * hunger + acid * acidity + hyperosmolarity * saltiness + mechanical;
  }

  /** The relative glucose concentration to the power of the steepness. */
  template <class Ratio>
  Ratio raised(const Ratio &ratio) const
  {
    if (steepness != 4.) // powers cost more than products
      return lacuna::pow(ratio, steepness);
    const Ratio square = ratio * ratio;
    return square * square;
  }

  /** 1 once immune cells have come, 0 before. */
  template <class Number>
  double begun(At<Number> &at) const
  {
    return hunted_later ? lacuna::smooth_step(lacuna::value(at[since_immunity]), onset) : 1;
  }
};

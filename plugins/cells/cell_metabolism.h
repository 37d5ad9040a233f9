// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "../bibby-metabolism/bibby-metabolism.h"
#include "cell_survival.h"

/** Uptake of glucose and oxygen, production of lactate. Uptake is written per hour, as measured,
 * and used per day, the law's time unit. */
struct CellMetabolism : CellSurvival
{
  using CellSurvival::CellSurvival;

  Parameter activity = parameter("Metabolic activity", 1, "1",
                                 "Multiplies uptake and production; 1 to 2 for senescent cells. "
                                 "[assumed]",
                                 0, 100);

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

  Parameter glucose_limiter =
      parameter("Glucose limiter constant", 0.18, "mM",
                "Half saturation of the factor G/(K+G) on Bibby's glycolysis; 0 switches it off. "
                "[inferred; size from a porcine fit, 0.179 mM, seen: Jackson lab script]",
                0, 10);

  bool bibby = metabolism == "Bibby" || (metabolism == as_cell_type && type.resident);

  Species lactate = eats ? solute("lactate", "mM") : Species();
  Species oxygen  = eats ? solute("oxygen", "mM") : Species();

  // Uptake without a half saturation does not end where nothing is left; a run then says so.
  bool glucose_never_ends = eats && (bibby ? glucose_limiter : glucose_half) == 0.;
  bool oxygen_never_ends  = eats && !bibby && oxygen_half == 0.;
  Field watched_glucose = glucose_never_ends ? within(glucose, from_zero(of_zero_order)) : Field();
  Field watched_oxygen  = oxygen_never_ends ? within(oxygen, from_zero(of_zero_order)) : Field();

protected:
  template <class Number>
  void feed(At<Number> &at) const
  {
    const double scale = fmol_per_mL * activity;
    if (bibby)
    {
      const BibbyRates<Number> cell(at[oxygen_pressure], at[pH], at[glucose], glucose_limiter);
      const Number density = hours_per_day * scale * at[cells]; // that law counts in hours
      const Number made    = cell.lactate_production * density;
      at.rate(lactate) += made;
      at.rate(glucose) -= cell.glucose_per_lactate * made;
      at.rate(oxygen) -= cell.oxygen_uptake * density;
      return;
    }
    const Number eaten = michaelis_menten(at, glucose, scale * glucose_uptake, glucose_half);
    at.rate(glucose) -= eaten;
    at.rate(lactate) += lactate_yield * eaten;
    at.rate(oxygen) -= michaelis_menten(at, oxygen_pressure, scale * oxygen_uptake, oxygen_half);
  }

private:
  static constexpr const char *of_zero_order = "uptake of zero order";

  static constexpr double fmol_per_mL   = 1e-9; // of cells and fmol per cell, in mM
  static constexpr double hours_per_day = 24;

  /** What all cells take up of one nutrient. */
  template <class Number>
  Number michaelis_menten(const At<Number> &at, const Field &nutrient, double largest,
                          double half_saturation) const
  {
    return lacuna::composed([=](const auto &c, const auto &V)
                            { return largest * lacuna::saturation(c, half_saturation) * V; },
                            at[nutrient], at[cells]);
  }
};

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "cell_metabolism.h"

#include <cmath>

/** Division of cells, and their differentiation into another population. */
struct CellGrowth : CellMetabolism
{
  CellGrowth(const char *default_type, const char *choices, const char *default_population)
      : CellMetabolism(default_type, choices, default_population)
  {
    if (into == population_name)
      lacuna::refuse("lets '%s' differentiate into themselves; name another population in "
                     "'Differentiates into'.",
                     population_name.characters());
    if (grows && !doubling_time.given())
      lacuna::refuse("knows no doubling time of '%s'; write 'set Doubling time = ...', or "
                     "'set Proliferation = no'.",
                     type.name);
  }

  bool grows = choice("Proliferation", "no", "no|yes",
                      "Whether the cells divide. [assumed: injected "
                      "cells hardly do]") == "yes";

  Parameter doubling_time = parameter(
      "Doubling time", type.doubling_time, {"h", "d"},
      "In culture: BMSC 61.2 h, AMSC 45.2 h, UC-MSC 24 h; no other is known. [seen: GR13]", 0.1,
      1e5, word == nullptr ? "none" : word);

  Parameter doubling_factor = parameter(
      "Doubling time factor", 4, "1",
      "Times longer in a disc; 1 in culture. [assumed: injected cells hardly divide]", 0.01, 1e4);

  Parameter density_limit = parameter(
      "Density limit", 1e7, "1/mL",
      "Growth ends at this density of all cells: nucleus 1e7, scaffold 2e7. [assumed]", 1, 1e12);

  Names crowding_names =
      names("Crowding populations", "", "Other populations that count against the density limit.");

  Parameter passage = parameter("Passage", 1, "1", "Of the cells in culture. [assumed]", 0, 100);

  Parameter passage_loss =
      parameter("Growth loss per passage", 0, "1",
                "Part of the growth rate that each further passage takes; that of AMSC fades, by "
                "how much is not known. [assumed]",
                0, 1);

  Text into = text("Differentiates into", "",
                   "The population that the cells turn into, such as NP-like cells with a law "
                   "cells of the type NP cells; empty: none.");

  Parameter differentiation =
      parameter("Differentiation rate", type.differentiation, "1/d",
                "Largest rate, at best oxygen, osmolarity and TGF-beta; 0.12, Muse 0.05. [assumed]",
                0, 10, word);

  Parameter source_factor =
      parameter("Differentiation factor", 1, "1",
                "Of the source; more than 1 for PLMSC that over-express chondrogenic factors. "
                "[assumed: direction doc 003; no size found]",
                0, 100);

  Text growth_factor = text("TGF species", "",
                            "A field in ng/mL, such as TGF-beta, that speeds differentiation; "
                            "empty: there is none.");

  bool differentiates = !into.empty();
  bool has_TGF        = differentiates && !growth_factor.empty();

  Field growth_signal = grows ? use("proliferation", population_name, product) : Field();
  Field own_total     = grows ? total(population_name, "1/mL") : Field();
  Field crowd[Names::capacity];
  int n_crowd = grows ? read_crowd() : 0;

  Species offspring   = differentiates ? population(into, "1/mL") : Species();
  Field change_signal = differentiates ? use("differentiation", population_name, product) : Field();
  Field TGF           = has_TGF ? field(growth_factor, "ng/mL") : Field();

protected:
  /** mu, per cell and day: best at 5 kPa; acid and salt stop growth before they kill. */
  template <class Number>
  Number growth_rate(At<Number> &at) const
  {
    const Number by_tissue = lacuna::composed(
        [](const auto &O, const auto &G, const auto &pH_here, const auto &salt)
        {
          const auto off_best = lacuna::log(lacuna::max(O, least_oxygen) / best_oxygen);
          const auto by_oxygen =
              1 + oxygen_gain *
                      lacuna::exp(off_best * off_best * (-0.5 / (oxygen_width * oxygen_width)));
          return by_oxygen * lacuna::saturation(G, growth_glucose) *
                 lacuna::logistic((pH_here - growth_pH) / growth_pH_width) *
                 lacuna::logistic((growth_osmolarity - salt) / growth_osmolarity_width);
        },
        at[oxygen_pressure], at[glucose], at[pH], at[osmolarity]);
    Number all = at[own_total];
    for (int i = 0; i < n_crowd; ++i)
      all += at[crowd[i]];
    const Number room = lacuna::positive_part(1 - all / density_limit, room_width);
    return fastest * by_tissue * room * at[growth_signal];
  }

  /** k_d, per cell and day: best near 400 mOsm/L and at little oxygen. */
  template <class Number>
  Number differentiation_rate(At<Number> &at) const
  {
    const Number by_tissue = lacuna::composed(
        [](const auto &O, const auto &salt)
        {
          const auto ratio    = O / inhibiting_oxygen;
          const auto off_best = (salt - best_osmolarity) / best_osmolarity_width;
          return lacuna::exp(-0.5 * off_best * off_best) / (1 + ratio * ratio);
        },
        at[oxygen_pressure], at[osmolarity]);
    const Number rate = differentiation * source_factor * at[change_signal] * by_tissue;
    if (has_TGF)
      return rate * (without_TGF + (1 - without_TGF) * lacuna::saturation(at[TGF], half_TGF));
    return rate * without_TGF;
  }

private:
  // Growth: the height of the optimum of oxygen is that of UCB-MSC, 65.7 h at 20 % and 49.9 h at
  // 5 % [seen: PE16]; where it lies, 3 to 5 %, is that of NP progenitors [seen: RO22]. All other
  // shapes are [assumed].
  static constexpr double oxygen_gain       = 0.32; // [seen: PE16]
  static constexpr double best_oxygen       = 5;    // kPa [assumed; near RO22, PE16]
  static constexpr double oxygen_width      = 0.6;  // of the logarithm [assumed]
  static constexpr double least_oxygen      = 0.05; // kPa, in the logarithm [numerical]
  static constexpr double growth_glucose    = 0.5;  // mM, half saturation [assumed]
  static constexpr double growth_pH         = 6.8;  // halves growth [assumed: WU08 against NB16]
  static constexpr double growth_pH_width   = 0.1;  // [assumed]
  static constexpr double growth_osmolarity = 430;  // mOsm/L, halves growth [assumed]
  static constexpr double growth_osmolarity_width = 30;   // mOsm/L [assumed]
  static constexpr double room_width              = 0.01; // rounds the end of the room [numerical]

  // Differentiation. All shapes are [assumed].
  static constexpr double inhibiting_oxygen = 7;   // kPa, halves it [assumed; HYP23: hypoxia aids]
  static constexpr double best_osmolarity   = 400; // mOsm/L [seen: ZH22-T5, AMSC]
  static constexpr double best_osmolarity_width = 60;  // mOsm/L [assumed; ZH22-T5: 500 inhibits]
  static constexpr double half_TGF              = 3;   // ng/mL [assumed]
  static constexpr double without_TGF           = 0.1; // of the largest rate [assumed]

  double fastest = std::log(2.) / (doubling_time * doubling_factor) *
                   std::pow(1 - passage_loss, lacuna::max(passage - 1., 0.)); // 1/d

  int read_crowd()
  {
    int n = 0;
    for (int i = 0; i < crowding_names.size(); ++i)
      if (population_name != crowding_names[i])
        crowd[n++] = total(crowding_names[i], "1/mL");
    return n;
  }
};

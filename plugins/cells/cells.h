// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "../bibby-metabolism/bibby-metabolism.h"
#include "cell_types.h"
#include "one_variable.h"

/**
 * How resident and injected cells live, eat, grow, change and die; see README.md. A law derives
 * from it for one cell type, or for several, of which the file chooses.
 */
struct CellLaw : lacuna::Law<CellLaw>
{
  static constexpr const char *as_cell_type = "as cell type";

  /** Without choices the type is fixed. */
  CellLaw(const char *default_type, const char *choices, const char *default_population)
      : word(choices == nullptr ? nullptr : as_cell_type),
        cell_type(choices == nullptr ? Text(default_type)
                                     : choice("Cell type", default_type, choices,
                                              "Whose constants are the defaults.")),
        type(find_cell_type(cell_type)),
        population_name(named_like_type(
            text("Population", default_population, "Whose survival, metabolism and fate this is.")))
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

  const char *word; ///< stands for defaults that the cell type sets; null with only one type
  Text cell_type;
  CellType type;
  Text population_name;

  // Death in a hostile environment.

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

  // Death by inflammation, oxidants and the immune system.

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

  Text cytokine_name = text("Cytokine species", "",
                            "A species of another law, in ng/mL, that cells of lower quality "
                            "release; empty: none.");

  Parameter cytokine_release =
      parameter("Cytokine release", 1e-3, "pg/d",
                "Released by a cell of quality 0; times (1 - quality). [assumed: as of secreting "
                "cells]",
                0, 10);

  // Metabolism. Uptake is written per hour, as measured, and used per day, the law's time unit.

  Text metabolism =
      choice("Metabolism", as_cell_type, "as cell type|Bibby|Michaelis-Menten|none",
             "Bibby: as the law bibby-metabolism, for residents; Michaelis-Menten: for stem cells; "
             "none: another law takes care of it. [seen: code of the UPF group; SC10, PA11]");

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

  // Growth.

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

  Parameter thawed = parameter("Migration after freezing", 1, "1",
                               "Factor on chemotaxis of cells that were frozen; how many of them "
                               "live is the Viability of their dose. [assumed: direction doc 002]",
                               0, 1);

  // Differentiation.

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

  // What dead cells leave behind.

  Text dead_name =
      text("Dead cells", "", "Name of a species of dead cells of this law; empty: not followed.");

  Parameter clearance = parameter("Clearance of dead cells", 0.1, "1/d",
                                  "In avascular tissue; 0.02 to 0.5. [assumed]", 0, 10);

  Text alarm_name = text("Alarm species", "",
                         "A species of another law, such as DAMP, that dying cells release; "
                         "empty: none.");

  Parameter alarm_per_death = parameter(
      "Alarm per death", 0.3 / 4e5, "mL",
      "Rise of the alarm species by one death per mL: 0.3 by 4e5. [recalled: Graham 2012]", 0, 1);

  // What the law reads and changes. What an option switches off is not read.

  bool bibby          = metabolism == "Bibby" || (metabolism == as_cell_type && type.resident);
  bool eats           = metabolism != "none";
  bool inflamed       = inflammatory > 0;
  bool oxidised       = oxidative > 0;
  bool differentiates = !into.empty();
  bool leaves         = !dead_name.empty();
  bool alarms         = !alarm_name.empty();
  bool irritates      = quality < 1 && !cytokine_name.empty();
  bool hunted_later   = immune > 0 && !immune_after.empty();

  Species cells         = population(population_name, "1/mL");
  Field oxygen_pressure = field("oxygen", "kPa");
  Field pH              = field("pH", "1",
                   type.resident ? ValidRange{6.2, 7.4, "Bibby & Urban 2004"}
                                              : ValidRange{6.5, 7.4, "Wuertz 2009, Han 2015"});
  Field osmolarity      = field("osmolarity", "mOsm/L", {280, 600, "Wuertz 2008, Potocar 2016"});
  Species glucose       = eats ? solute("glucose", "mM") : only_read("glucose", "mM");
  Species lactate       = eats ? solute("lactate", "mM") : Species();
  Species oxygen        = eats ? solute("oxygen", "mM") : Species();

  Field protection   = use("apoptosis", population_name, product);
  Field starving     = use("starvation", population_name, product);
  Field inflammation = inflamed ? use("inflammation", population_name, sum) : Field();
  Field gain         = inflamed ? use("NF-kB gain", population_name, product) : Field();
  Field inflammatory_death =
      inflamed ? use("inflammatory death", population_name, product) : Field();
  Field oxidative_stress = oxidised ? use("oxidative stress", population_name, sum) : Field();
  Field oxidative_death  = oxidised ? use("oxidative death", population_name, product) : Field();
  Field since_immunity   = hunted_later ? since(immune_after, "d") : Field();

  Field growth_signal = grows ? use("proliferation", population_name, product) : Field();
  Field own_total     = grows ? total(population_name, "1/mL") : Field();
  Field crowd[Names::capacity];
  int n_crowd = grows ? read_crowd() : 0;

  Species offspring   = differentiates ? population(into, "1/mL") : Species();
  Field change_signal = differentiates ? use("differentiation", population_name, product) : Field();
  bool has_TGF        = differentiates && !growth_factor.empty();
  Field TGF           = has_TGF ? field(growth_factor, "ng/mL") : Field();
  Species dead =
      leaves ? immobile_species(dead_name, "1/mL", "Dead cells.", 0, clearance) : Species();
  Species alarm    = alarms ? solute(alarm_name, "1") : Species();
  Species cytokine = irritates ? solute(cytokine_name, "ng/mL") : Species();
  bool was_frozen  = thawed < 1;
  Signal migration = was_frozen ? provide("chemotaxis", population_name, product) : Signal();

  // Divided once, not at every point.
  double per_glucose = 1 / half_glucose, per_pH = 1 / pH_width;
  double per_osmolarity = 1 / osmolarity_width, spared = baseline / quality;
  double worst = starvation * (1 - 0.6 * serum);

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
    if (leaves)
      at.rate(dead) += deaths;
    if (alarms)
      at.rate(alarm) += alarm_per_death * deaths;
    if (irritates)
      at.rate(cytokine) += 1e-3 * (1 - quality) * cytokine_release * at[cells]; // pg/mL to ng/mL
  }

private:
  Text named_like_type(const Text &name) const
  {
    return name == as_cell_type ? Text(type.name) : name;
  }

  Parameter hazard(const char *name, double default_value, const char *meaning)
  {
    return parameter(name, default_value, "1/d", meaning, 0, 10, word);
  }

  Species only_read(const char *name, const char *unit)
  {
    Species species;
    species.index = field(name, unit).index;
    return species;
  }

  int read_crowd()
  {
    int n = 0;
    for (int i = 0; i < crowding_names.size(); ++i)
      if (population_name != crowding_names[i])
        crowd[n++] = total(crowding_names[i], "1/mL");
    return n;
  }

  /** All deaths, per mL and day. */
  template <class Number>
  Number death(At<Number> &at) const
  {
    const auto relative = lacuna::max(only_variable(at[glucose]), 0.) * per_glucose;
    const auto lack     = 1 / (1 + raised(relative));
    const auto relief =
        1 - oxygen_softening * lacuna::saturation(only_variable(at[oxygen_pressure]), 1.);
    const auto acidity   = step((half_pH - only_variable(at[pH])) * per_pH);
    const auto saltiness = step((only_variable(at[osmolarity]) - half_osmolarity) * per_osmolarity);

    using lacuna::value;
    const double worse  = 1 + coupling * value(acidity);
    const double hunger = worst * value(lack) * value(relief) * worse;
    const double others = acid * value(acidity) + hyperosmolarity * value(saltiness) + mechanical;
    const double factor = value(at[starving]);
    const double environment = factor * hunger + others;
    const double rate        = spared + value(at[protection]) * environment;
    const double V = value(at[cells]), share = value(at[protection]) * V;
    const double hungry = share * factor * worst;

    Number deaths =
        joined(rate * V, {Term<Number>{hungry * slope(lack) * value(relief) * worse, at[glucose]},
                          {hungry * value(lack) * slope(relief) * worse, at[oxygen_pressure]},
                          {hungry * value(lack) * value(relief) * coupling * slope(acidity) +
                               share * acid * slope(acidity),
                           at[pH]},
                          {share * hyperosmolarity * slope(saltiness), at[osmolarity]},
                          {share * hunger, at[starving]},
                          {environment * V, at[protection]},
                          {rate, at[cells]}});
    if (inflamed && !vanishes(at[inflammation]))
      deaths += inflammatory * at[inflammation] * at[gain] * at[inflammatory_death] * at[cells];
    if (oxidised && !vanishes(at[oxidative_stress]))
      deaths += oxidative * at[oxidative_stress] * at[oxidative_death] * at[cells];
    if (immune > 0)
      deaths += immune * begun(at) * at[cells];
    return deaths;
  }

  /** 1 once immune cells have come, 0 before. */
  template <class Number>
  double begun(At<Number> &at) const
  {
    return hunted_later ? lacuna::smooth_step(lacuna::value(at[since_immunity]), 0.01) : 1;
  }

  /** The relative glucose concentration to the power of the steepness. */
  template <class Local>
  Local raised(const Local &ratio) const
  {
    if (steepness != 4.)
      return lacuna::pow(ratio, steepness);
    const Local square = ratio * ratio;
    return square * square;
  }

  template <class Number>
  void feed(At<Number> &at) const
  {
    const double scale = 1e-9 * activity; // fmol per cell times cells per mL is 1e-9 mM
    if (bibby)
    {
      const BibbyRates<Number> cell(at[oxygen_pressure], at[pH], at[glucose], glucose_limiter);
      const Number density = 24 * scale * at[cells]; // that law counts in hours
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

  /** What all cells take up of one nutrient. */
  template <class Number>
  Number michaelis_menten(const At<Number> &at, const Field &nutrient, double largest,
                          double half_saturation) const
  {
    const auto one = largest * lacuna::saturation(only_variable(at[nutrient]), half_saturation);
    const double V = lacuna::value(at[cells]);
    return joined(lacuna::value(one) * V,
                  {Term<Number>{slope(one) * V, at[nutrient]}, {lacuna::value(one), at[cells]}});
  }

  /** mu, per cell and day: best at 5 kPa; acid and salt stop growth before they kill. */
  template <class Number>
  Number growth_rate(At<Number> &at) const
  {
    const double fastest = std::log(2.) / (doubling_time * doubling_factor) *
                           std::pow(1 - passage_loss, lacuna::max(passage - 1., 0.));
    const Number off_best   = lacuna::log(lacuna::max(at[oxygen_pressure], 0.05) / 5.);
    const Number by_oxygen  = 1 + 0.32 * lacuna::exp(off_best * off_best * (-0.5 / (0.6 * 0.6)));
    const Number by_glucose = lacuna::saturation(at[glucose], 0.5);
    const Number by_pH      = step((at[pH] - 6.8) / 0.1);
    const Number by_salt    = step((430 - at[osmolarity]) / 30);
    Number all              = at[own_total];
    for (int i = 0; i < n_crowd; ++i)
      all += at[crowd[i]];
    const Number room = lacuna::positive_part(1 - all / density_limit, 0.01);
    return fastest * by_oxygen * by_glucose * by_pH * by_salt * room * at[growth_signal];
  }

  /** k_d, per cell and day: best near 400 mOsm/L and at little oxygen. */
  template <class Number>
  Number differentiation_rate(At<Number> &at) const
  {
    const Number oxygen_ratio = at[oxygen_pressure] / 7;
    const Number off_best     = (at[osmolarity] - 400) / 60;
    Number rate               = differentiation * source_factor * at[change_signal] *
                  lacuna::exp(-0.5 * off_best * off_best) / (1 + oxygen_ratio * oxygen_ratio);
    if (has_TGF)
      return rate * (0.1 + 0.9 * lacuna::saturation(at[TGF], 3.));
    return rate * 0.1;
  }
};

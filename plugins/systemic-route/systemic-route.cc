// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include <lacuna/law.h>

#include "compartments.h"

// Cells that are given into the blood and reach the tissue only through faces that have vessels;
// see README.md.

namespace
{
  /** Shares of a dose in lung and target, and rates in 1/d. [sources: README.md] */
  struct Route
  {
    const char *name;
    double lung_share, target_share, lung_exit, lung_death, target_hazard;
  };
  constexpr Route routes[] = {{"peripheral vein", 0.65, 0.1, 0.3, 0.6, 0.40},
                              {"portal vein", 0.075, 0.6, 0.3, 0.6, 0.40},
                              {"hepatic artery", 0.075, 0.6, 0.3, 0.6, 0.40},
                              {"intra-articular", 0, 0.95, 0.3, 0.6, 0.40},
                              {"peripheral vein, Muse", 0.4, 0.3, 1.5, 0.1, 0.0215}};
} // namespace

struct SystemicRoute : lacuna::Law<SystemicRoute>
{
  Text population_name =
      text("Population", "MSC", "What the cells are once they are in the tissue.");

  Names faces = names("Faces", "superior endplate, inferior endplate",
                      "The faces with vessels behind them, separated by commas; the same number of "
                      "cells comes through every mm^2.");

  Text route_name =
      choice("Route", "peripheral vein",
             "peripheral vein|portal vein|hepatic artery|intra-articular|peripheral vein, Muse",
             "Sets shares and rates, and whether the cells are Muse cells. [lung share of the "
             "peripheral vein as reviewed, the rest assumed]");

  Text agent = choice("Agent", "none", "none|heparin|PEG",
                      "Heparin or PEG lets fewer cells stick in the lung: multiplies its share by "
                      "0.7 and that of the target by 1.5. [assumed; direction as reviewed]");

  Parameter cells_per_dose = parameter("Cells per dose", 100e6, "1",
                                       "Living cells given at once: the median of trials. [seen: "
                                       "KA20, 914 trials]",
                                       0, 1e15);

  Parameter largest_dose =
      parameter("Largest dose", NAN, "1",
                "More cells at once are refused, for fear of embolism. [no source gives one]", 0,
                HUGE_VAL, "none");

  Parameter first_dose =
      parameter("First dose", 0, "d", "When the first cells are given. [protocol]", 0);
  Parameter n_doses =
      parameter("Number of doses", 1, "1", "All of the same size. [protocol]", 1, 1000);
  Parameter interval =
      parameter("Interval", 30, "d", "Between doses, if there are several. [protocol]", 1e-3, 1e5);

  Route route = find_route();

  Parameter lung_share = share(
      "Lung share", route.lung_share,
      "f_L, of the dose that the lung holds at first: peripheral vein 0.65 (0.5 to 0.8, as "
      "reviewed), portal vein and hepatic artery 0.075 (0.05 to 0.1), intra-articular 0, Muse "
      "0.4. [assumed]");
  Parameter target_share =
      share("Target share", route.target_share,
            "f_T, of what passes or leaves the lung, that arrives here: peripheral vein 0.1 (0.05 "
            "to 0.1), portal vein and hepatic artery 0.6 (0.5 to 0.7), intra-articular 0.95, Muse "
            "0.3. [assumed]");
  Parameter lung_exit     = rate("Lung exit rate", route.lung_exit,
                                 "k_e, of cells that leave the lung alive: 0.3, Muse 1.5. [assumed]");
  Parameter lung_death    = rate("Lung death rate", route.lung_death,
                                 "k_dL, of cells that die in the lung: 0.6, Muse 0.1. [assumed]");
  Parameter target_hazard = rate(
      "Target hazard", route.target_hazard,
      "delta_T, of cells in the tissue: 0.40 (0.33 to 0.77), Muse 0.0215; 0 leaves their death "
      "to another law. [computed: death of 70 to 90 % in 3 to 7 d; of 70 % in 56 d]");

  Parameter passage_time = parameter(
      "Passage time", 10, {"min", "d"},
      "Mean, in which the cells pass the heart; short against days. [numerical]", 0.1, 60);

  // What a cell in the vessels must do one after another; no source gives numbers.
  Parameter rolling        = efficiency("Rolling");
  Parameter activation     = efficiency("Activation");
  Parameter adhesion       = efficiency("Adhesion");
  Parameter transmigration = efficiency("Transmigration");

  Text process = text("Responding process", "",
                      "A process of the population, such as 'cytokine release', that is multiplied "
                      "by the response to a dose of this size; empty: none.");
  Parameter best_dose =
      parameter("Best dose", 122e6, "1",
                "The dose of which the response is 1, the largest. [fit to the window of KA20, "
                "70 to 190 million]",
                1, 1e15);
  Parameter dose_window =
      parameter("Dose window", 0.45, "1",
                "Standard deviation of the logarithm of doses that do something. [assumed shape, "
                "fit to the same]",
                1e-3, 100);

  Species cells    = population(population_name, "1/mL");
  Field time       = field("time", "d");
  Field protection = target_hazard > 0 ? use("apoptosis", population_name, product) : Field();
  bool responds    = !process.empty();
  Signal response  = responds ? provide(process, population_name, product) : Signal();
  Field on[Names::capacity], area[Names::capacity];

  Compartments compartments = make_compartments();
  double response_to_dose   = DoseWindow{best_dose, dose_window}.response(cells_per_dose);

  SystemicRoute()
  {
    if (faces.size() == 0)
      lacuna::refuse("has no face through which cells could come; write for example 'set Faces = "
                     "superior endplate'.");
    for (int i = 0; i < faces.size(); ++i)
    {
      on[i]   = on_face(faces[i]);
      area[i] = face_area(faces[i]);
    }
    if (n_doses != std::floor(n_doses))
      lacuna::refuse("cannot give %g doses; write a whole number.", double(n_doses));
    if (largest_dose.given() && cells_per_dose > largest_dose)
      lacuna::refuse("refuses %g cells at once, more than the 'Largest dose' of %g; give fewer, in "
                     "several doses.",
                     double(cells_per_dose), double(largest_dose));
  }

  template <class Number>
  void signals(At<Number> &at) const
  {
    if (responds)
      at.signal(response) *= response_to_dose;
  }

  /** However many instances the population has, the cells come once. */
  template <class Number>
  void tissue_rates(At<Number> &at) const
  {
    Number face_here = 0., whole = 0.; // 1/mm, mm^2
    for (int i = 0; i < faces.size(); ++i)
    {
      face_here += at[on[i]];
      whole += at[area[i]];
    }
    Number arriving = 0.;
    for (int k = 0; k < n_doses; ++k)
      arriving += compartments.arrival_rate(at[time] - (first_dose + k * interval));
    at.rate(cells) += cells_per_dose * homing * cubic_mm_per_mL * arriving * face_here / whole;
  }

  template <class Number>
  void rates(At<Number> &at) const
  {
    if (target_hazard > 0)
      at.rate(cells) -= target_hazard * at[protection] * at[cells];
  }

private:
  static constexpr double cubic_mm_per_mL = 1e3;

  // What heparin or a coating by PEG makes of these shares. [assumed; direction doc 002]
  static constexpr double lung_by_agent = 0.7, target_by_agent = 1.5;

  double homing = rolling * activation * adhesion * transmigration;

  Parameter share(const char *name, double default_value, const char *meaning)
  {
    return parameter(name, default_value, "1", meaning, 0, 1, "as route");
  }
  Parameter rate(const char *name, double default_value, const char *meaning)
  {
    return parameter(name, default_value, "1/d", meaning, 0, 20, "as route");
  }
  Parameter efficiency(const char *step)
  {
    return parameter(
        step, 1, "1",
        "Share of the arriving cells that achieves this step of homing, in the order "
        "rolling, activation, adhesion, transmigration. [assumed: in the target share]",
        0, 1);
  }

  const Route &find_route() const
  {
    for (const Route &known : routes)
      if (route_name == known.name)
        return known;
    return routes[0];
  }

  Compartments make_compartments() const
  {
    const bool helped      = agent != "none";
    const double to_target = target_share * (helped ? target_by_agent : 1);
    if (to_target > 1)
      lacuna::refuse("with 'Agent = %s' sends more than everything, %.3g of the cells, to the "
                     "target; write 'set Target share = 0.66' or less, or 'set Agent = none'.",
                     agent.characters(), to_target);
    return {lung_share * (helped ? lung_by_agent : 1), to_target, lung_exit, lung_death,
            2 / passage_time};
  }
};

LACUNA_LAW(SystemicRoute, "systemic-route", "1.0.0", "d",
           "Cells that are given into the blood and enter the tissue only through faces with "
           "vessels.")

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include <lacuna/law.h>

// An enzyme that rises with age and breaks down a repair factor, and an inhibitor of it: regrowth
// without new or fewer cells; see README.md.

struct Gerozyme : lacuna::Law<Gerozyme>
{
  Text population_name =
      text("Population", "chondrocytes", "The cells whose phenotype is followed.");
  Text phenotype_name =
      text("Species", "anabolic phenotype", "Name of the cells' anabolic phenotype.");

  Parameter ageing =
      parameter("Ageing", 1, "1",
                "Of the tissue, from 0 (young) to 1 (old); the enzyme's level doubles "
                "in between. [seen: PGDH]",
                0, 2);
  Parameter turnover =
      parameter("Turnover rate", NAN, "1/d",
                "At which the phenotype follows the enzyme; no source gives it, so "
                "it must be given.",
                1e-6, 100, "none");

  // The inhibitor: a field, or a course of doses.
  Text inhibitor_name = text("Inhibitor", "",
                             "Field of the inhibited share of the enzyme, 0 to 1; empty: the doses "
                             "below.");
  Parameter inhibition =
      parameter("Inhibition", 0, "1",
                "Inhibited share of the enzyme while a dose acts; 0: no treatment. "
                "[assumed: no data]",
                0, 1);
  Parameter first_dose =
      parameter("First dose", 0, "d", "Time at which the first dose begins to act.");
  Parameter interval = parameter("Dose interval", 3.5, "d",
                                 "Between two doses, here twice a week. [seen: PGDH]", 0.1, 1e4);
  Parameter number = parameter("Number of doses", 8, "1", "Here four weeks. [seen: PGDH]", 0, 1000);
  Parameter acts =
      parameter("Action time", 3.5, "d",
                "For which a dose acts, at most the interval. [assumed: without a gap]", 1e-3, 1e4);

  bool by_field = !inhibitor_name.empty();

  Species phenotype =
      species_per_cell(phenotype_name, "1", population_name,
                       "Anabolic phenotype of one cell, 1 in young tissue.", 1 / level());
  Field inhibitor  = by_field ? field(inhibitor_name, "1") : Field();
  Field time       = by_field ? Field() : field("time", "d");
  Signal synthesis = provide("matrix synthesis", population_name, product);

  template <class Number>
  void signals(At<Number> &at) const
  {
    at.signal(synthesis) = at[phenotype];
  }

  template <class Number>
  void rates(At<Number> &at) const
  {
    const Number free = by_field ? 1 - at[inhibitor] : Number(1 - inhibition * acting(at));
    at.rate(phenotype) += turnover;
    at.rate(phenotype) -= turnover * level() * free * at[phenotype];
  }

private:
  /** The enzyme against that of young tissue. */
  double level() const
  {
    check();
    return std::pow(2., ageing);
  }

  void check() const
  {
    if (!turnover.given())
      lacuna::refuse("needs a 'Turnover rate': no source says how fast cells follow the enzyme.");
    if (acts > interval)
      lacuna::refuse("has an 'Action time' of %g d, longer than the 'Dose interval' of %g d.",
                     double(acts), double(interval));
  }

  static constexpr double onset_width = 0.02; // d, over which a dose begins and ends [numerical]

  /** 1 while a dose acts, 0 otherwise. */
  template <class Number>
  Number acting(At<Number> &at) const
  {
    Number active = 0.;
    for (int k = 0; k < int(number); ++k)
    {
      const Number since = at[time] - (first_dose + k * interval);
      active +=
          lacuna::smooth_step(since, onset_width) - lacuna::smooth_step(since - acts, onset_width);
    }
    return active;
  }
};

LACUNA_LAW(Gerozyme, "gerozyme", "1.0.0", "d",
           "An enzyme that rises with age and breaks down a repair factor, and an inhibitor of it: "
           "regrowth without new or fewer cells.")

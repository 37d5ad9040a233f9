// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include <lacuna/law.h>

// Cells that wander, follow the gradient of an attractant, and settle; see README.md.

struct Chemotaxis : lacuna::Law<Chemotaxis>
{
  Text population_name = text("Population", "NPMSC", "The cells that move.");

  Text attractant_name = text("Attractant", "SDF-1",
                              "What attracts them: any species or derived quantity; none: they "
                              "only wander. S1P for Muse cells. [seen: YO16, YING19; doc 002]");

  Text attractant_unit = text("Attractant unit", "1",
                              "The unit of the attractant and of the Half concentration; 1 where "
                              "it is counted in dissociation constants.");

  Parameter half_concentration =
      parameter("Half concentration", 1, "1",
                "K, in the attractant's unit: half of the receptors are bound. [assumed: "
                "dissociation constant]",
                1e-9, 1e9);

  Parameter speed = parameter("Speed", 20, {"um/h", "mm/d"},
                              "v of a persistent walk; 10 to 20. [assumed]", 0, 1000);

  Parameter persistence =
      parameter("Persistence", 5, {"h", "d"},
                "tau: how long a cell keeps its direction; 1 to 5 h. [assumed]", 0, 1000);

  Parameter given_motility = parameter(
      "Motility", NAN, "mm^2/d",
      "D_m, if it is not to follow from speed and persistence (v^2 tau/3 = 0.016); 8e-4 to 0.016, "
      "bone callus models 0.014. [computed; callus recalled: Geris 2008]",
      0, 100, "persistent walk");

  Parameter strength = parameter("Chemotactic strength", 1, "1",
                                 "chi0/D_m; 0.3 to 3; 0 for what only stirs, such as substance P. "
                                 "[assumed; substance P seen: YO16]",
                                 0, 100);

  Parameter receptors =
      parameter("Receptor factor", 1, "1",
                "On the strength; 2 for cells that over-express CXCR4. [assumed]", 0, 100);

  bool aged =
      choice("Aged cells", "no", "no|yes",
             "Whether the cells have lost receptors (CXCR4, VLA-4, CD44). [doc 000]") == "yes";

  Parameter aged_factor =
      parameter("Factor of aged cells", 0.5, "1", "On the strength of aged cells. [assumed]", 0, 1);

  Parameter stirring =
      parameter("Chemokinesis", 0, "1",
                "Largest relative gain of motility by the attractant. [assumed: off]", 0, 100);

  Names dense_names = names("Dense regions", "",
                            "Regions of the case in which cells hardly move: annulus, endplates.");

  Parameter dense_factor = parameter("Factor in dense regions", 0.1, "1",
                                     "On the motility there. [assumed: direction doc 003]", 0, 1);

  Text settled_name = text("Settled population", "",
                           "A population that does not move, into which the cells settle; empty: "
                           "they do not.");

  Parameter adhesion =
      parameter("Adhesion rate", NAN, "1/d",
                "k_ad, with which the cells settle; needed with a Settled population. [assumed]", 0,
                100, "none");

  bool survival = choice("Survival by attractant", "no", "no|yes",
                         "Whether the attractant also spares cells from apoptosis, by 1/(1 + c/K). "
                         "[doc 002: PI3K/Akt]") == "yes";

  bool attracted = checked();
  bool settles   = !settled_name.empty();
  Species cells  = population(population_name, "1/mL");
  Motion moving  = moves(cells);

  Field attractant  = attracted ? field(attractant_name, attractant_unit) : Field();
  Field motility    = use("motility", population_name, product);
  Field chemotaxis  = attracted ? use("chemotaxis", population_name, product) : Field();
  Species settled   = settles ? population(settled_name, "1/mL") : Species();
  Signal protection = survival ? provide("apoptosis", population_name, product) : Signal();
  Field dense[Names::capacity];
  int n_dense = read_regions();

  double random_motility =
      given_motility.given() ? 1. * given_motility : speed * speed * persistence / 3;
  double pull = strength * receptors * (aged ? 1. * aged_factor : 1.);

  template <class Number>
  void signals(At<Number> &at) const
  {
    if (survival)
      at.signal(protection) =
          half_concentration / (half_concentration + lacuna::max(at[attractant], 0.));
  }

  template <class Number>
  void rates(At<Number> &at) const
  {
    if (!settles)
      return;
    const Number settling = adhesion * at[cells];
    at.becomes(cells, settled, settling);
  }

  template <class Number>
  void motion(At<Number> &at) const
  {
    Number free = 1.; // of dense matrix; regions do not overlap
    for (int i = 0; i < n_dense; ++i)
      free -= (1 - dense_factor) * at[dense[i]];
    at.motility(moving) = random_motility * free * at[motility];
    if (!attracted)
      return;
    const Number bound = lacuna::saturation(at[attractant], half_concentration);
    at.motility(moving) *= 1 + stirring * bound;
    at.attraction(moving) = pull * at[chemotaxis] * bound;
  }

private:
  int read_regions()
  {
    for (int i = 0; i < dense_names.size(); ++i)
      dense[i] = in_region(dense_names[i]);
    return dense_names.size();
  }

  /** Whether there is an attractant, once it is clear that the parameters fit together. */
  bool checked() const
  {
    if (settled_name == population_name)
      lacuna::refuse("lets '%s' settle into themselves; name another population in 'Settled "
                     "population'.",
                     population_name.characters());
    if (settled_name.empty() == adhesion.given())
      lacuna::refuse("needs both 'Settled population' and 'Adhesion rate', or neither.");
    if (survival && attractant_name == "none")
      lacuna::refuse("needs an Attractant for 'Survival by attractant'.");
    return attractant_name != "none";
  }
};

LACUNA_LAW(Chemotaxis, "chemotaxis", "1.0.0", "d",
           "Cells that wander at random, follow the gradient of an attractant, and settle.")

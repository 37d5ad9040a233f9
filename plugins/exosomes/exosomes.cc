// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include <lacuna/law.h>

// Extracellular vesicles that diffuse, decay, are taken up by cells and protect them from
// apoptosis; see README.md.

namespace
{
  /** What a cargo does to the apoptosis of the cells that take it up: the hazard times (1 - weight
   * * effect). */
  struct Cargo
  {
    const char *name;
    double weight;
  };
  constexpr Cargo cargos[] = {{"miR-21", 1.0},         {"miR-155", 0.8},
                              {"miR-532-5p", 0.8},     {"miR-129-5p", 0.8},
                              {"miR-199a", 0.8},       {"miR-194-5p", 0.8},
                              {"circ_0072464", 0.6},   {"circ_0050205", 0.6},
                              {"Akt-mTOR EV", 0.6},    {"ER-stress EV", 0.8},
                              {"antagomiR-4450", 0.6}, {"miR-34a", -0.5},
                              {"let-7b", -0.5},        {"none", 0}};
  constexpr int max_cargos = 8;
} // namespace

struct Exosomes : lacuna::Law<Exosomes>
{
  Text population_name = text("Population", "NP cells", "The cells that take up vesicles.");
  Text name = text("Species", "exosomes", "Name of the vesicles, as an injection calls them.");

  Text internalised_name = text("Internalised species", "internalised exosomes",
                                "Name of the vesicles inside the cells.");

  Text secreting_name = text("Secreting population", "",
                             "Cells that release vesicles, all doses together; empty: none.");

  Text cargo_names =
      text("Cargo", "miR-21",
           "What the vesicles carry: one or several of miR-21, miR-155, miR-532-5p, miR-129-5p, "
           "miR-199a, miR-194-5p, circ_0072464, circ_0050205, Akt-mTOR EV, ER-stress EV, "
           "antagomiR-4450, miR-34a, let-7b, none, own, separated by commas. [weights assumed]");

  Parameter own_weight =
      parameter("Own cargo weight", 0.8, "1",
                "Weight of the cargo 'own'; negative is harmful; vary 0.3 to 1. [assumed]", -1, 1);

  Parameter diffusivity = parameter(
      "Diffusivity", 0.66, "um^2/s",
      "In the tissue; 0.066 to 3. [assumed: a tenth of free diffusion, Stokes-Einstein at 100 nm]",
      0, 100);

  Parameter half_life = parameter("Half-life", 48, "h",
                                  "Of free vesicles by degradation; 12 h to 7 d. [assumed: no "
                                  "phagocytes in the disc]",
                                  0.1, HUGE_VAL);

  Parameter binding =
      parameter("Binding rate", 0, "1/h", "Irreversible binding to the matrix. [assumed]", 0, 10);

  Parameter uptake =
      parameter("Uptake per cell", 1e-8, "mL/h",
                "Volume that one cell clears of vesicles; 1e-9 to 1e-7. [assumed]", 0, 1e-3);

  Parameter inner_half_life =
      parameter("Internalised half-life", 24, "h",
                "Of vesicles inside a cell; 12 to 72 h. [assumed]", 0.1, HUGE_VAL);

  Parameter half_effect =
      parameter("Half effect", 1e4, "1",
                "Vesicles inside a cell at which half of the largest effect is reached. [assumed: "
                "fitted to the dose-effect anchor of HI20]",
                1, 1e12);

  Parameter largest_effect = parameter(
      "Largest effect", 0.8, "1",
      "Effect of a saturated cell. [assumed: fitted to the dose-effect anchor of HI20]", 0, 1);

  Parameter secretion = parameter("Secretion per cell", 3000, {"1/d", "1/h"},
                                  "Vesicles that a cell of the secreting population releases; 1e3 "
                                  "to 1e4. [recalled: vesicle bioprocess range]",
                                  0, 1e6);

  bool secreted = !secreting_name.empty();

  Species vesicles =
      mobile_species(name, "1/mL", "Free extracellular vesicles in the tissue.",
                     in_tissue(diffusivity, "um^2/s").decaying(std::log(2.) / half_life + binding));

  Species internalised =
      species_per_cell(internalised_name, "1", population_name, "Vesicles inside one cell.");

  Field cells       = field(population_name, "1/mL");
  Field secreting   = secreted ? total(secreting_name, "1/mL") : Field();
  Signal protection = provide("apoptosis", population_name, product);

  double inner_decay = std::log(2.) / inner_half_life;
  double weights[max_cargos];
  int n_cargos = read_cargos();

  template <class Number>
  void signals(At<Number> &at) const
  {
    const Number effect = largest_effect * lacuna::saturation(at[internalised], half_effect);
    for (int i = 0; i < n_cargos; ++i)
      at.signal(protection) *= 1 - weights[i] * effect;
  }

  template <class Number>
  void rates(At<Number> &at) const
  {
    at.rate(vesicles) -= uptake * at[cells] * at[vesicles];
    if (secreted)
      at.rate(vesicles) += secretion * at[secreting];
    at.rate(internalised) += uptake * at[vesicles];
    at.rate(internalised) -= inner_decay * at[internalised];
  }

private:
  double weight_of(const char *cargo) const
  {
    if (std::strcmp(cargo, "own") == 0)
      return own_weight;
    for (const Cargo &known : cargos)
      if (std::strcmp(known.name, cargo) == 0)
        return known.weight;
    lacuna::refuse("knows no cargo '%s'; write one or several of miR-21, miR-155, miR-532-5p, "
                   "miR-129-5p, miR-199a, miR-194-5p, circ_0072464, circ_0050205, Akt-mTOR EV, "
                   "ER-stress EV, antagomiR-4450, miR-34a, let-7b, none, own.",
                   cargo);
  }

  /** Fills the weights from the list of cargos and returns their number. */
  int read_cargos()
  {
    int n            = 0;
    const char *rest = cargo_names;
    while (true)
    {
      rest += std::strspn(rest, " ");
      char cargo[64]         = "";
      std::size_t length     = std::strcspn(rest, ",");
      const char *after_this = rest + length;
      while (length > 0 && rest[length - 1] == ' ')
        --length;
      if (n == max_cargos || length >= sizeof(cargo))
        lacuna::refuse("cannot read the list of cargos '%s': at most %d names, separated by "
                       "commas.",
                       cargo_names.characters(), max_cargos);
      std::memcpy(cargo, rest, length);
      weights[n++] = weight_of(cargo);
      if (*after_this == 0)
        return n;
      rest = after_this + 1;
    }
  }
};

LACUNA_LAW(
    Exosomes, "exosomes", "1.0.0", "h",
    "Extracellular vesicles that diffuse, decay, are taken up by cells and protect them from "
    "apoptosis.")

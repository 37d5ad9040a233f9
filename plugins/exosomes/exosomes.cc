// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include <lacuna/law.h>

// Extracellular vesicles that diffuse, decay, are taken up by cells and change what these cells do,
// as their cargo says; see README.md.

namespace
{
  /** A process that a cargo can change: its signal, and the change of its factor per effect.
   * [assumed] */
  struct Process
  {
    const char *name;
    double gain;
  };
  enum
  {
    apoptosis,
    inflammatory_death,
    oxidative_death,
    drive,
    cytokine_release,
    matrix_degradation,
    matrix_synthesis,
    proliferation,
    senescence,
    oxidant_clearance,
    rejuvenation,
    n_processes
  };
  constexpr Process processes[] = {
      {"apoptosis", -1},        {"inflammatory death", -1}, {"oxidative death", -1},
      {"NF-kB gain", -1},       {"cytokine release", -1},   {"matrix degradation", -1},
      {"matrix synthesis", 2},  {"proliferation", 0.5},     {"senescence", -1},
      {"oxidant clearance", 1}, {"rejuvenation", -1}};

  /** The names in a table, for messages and help: "before a, b, c after". */
  struct Listing
  {
    char characters[640] = "";

    template <class Row, int n_rows>
    Listing(const char *before, const Row (&table)[n_rows], const char *after)
    {
      append(before);
      for (int i = 0; i < n_rows; ++i)
      {
        append(i > 0 ? ", " : "");
        append(table[i].name);
      }
      append(after);
    }

    operator const char *() const { return characters; }

  private:
    void append(const char *more)
    {
      std::strncat(characters, more, sizeof(characters) - 1 - std::strlen(characters));
    }
  };

  /** A set of processes. */
  using Set = unsigned int;
  template <class... Indices>
  constexpr Set set(Indices... indices)
  {
    return ((1u << indices) | ...);
  }

  /** What one cargo does: factors 1 + gain * weight * effect on its processes. [weights assumed;
   * sources of the processes: README.md] */
  struct Cargo
  {
    const char *name;
    double weight;
    Set processes;
  };
  constexpr const char *own_cargo = "own";
  constexpr Cargo cargos[]        = {
             {"miR-21", 1.0, set(apoptosis, inflammatory_death)},
             {"miR-155", 0.8, set(apoptosis, oxidant_clearance)},
             {"miR-532-5p", 0.8, set(inflammatory_death, matrix_degradation)},
             {"miR-129-5p", 0.8, set(apoptosis, matrix_degradation, cytokine_release)},
             {"miR-199a", 0.8, set(apoptosis, senescence, matrix_degradation)},
             {"miR-194-5p", 0.8, set(drive)},
             {"circ_0072464", 0.6, set(oxidative_death, proliferation, oxidant_clearance)},
             {"circ_0050205", 0.6, set(oxidative_death, matrix_degradation)},
             {"miR-142-3p", 0.6, set(cytokine_release)},
             {"Akt-mTOR EV", 0.6, set(apoptosis, cytokine_release)},
             {"ER-stress EV", 0.8, set(apoptosis)},
             {"miR-105-5p", 1.0, set(senescence, rejuvenation)},
             {"antagomiR-4450", 0.6, set(apoptosis)},
             {"AMSC-EV", 1.0, set(matrix_synthesis, matrix_degradation, inflammatory_death)},
             {"vasorin", 0.6, set(proliferation, matrix_synthesis)},
             {"miR-34a", -0.5, set(apoptosis, inflammatory_death, oxidative_death, senescence)},
             {"let-7b", -0.5, set(apoptosis, inflammatory_death, oxidative_death, senescence)},
             {"none", 0, 0},
             {own_cargo, NAN, 0}}; // as the parameters of this name say

  /** Processes that are not of the population alone, so that each of its doses has a share. */
  constexpr Set shared = set(oxidant_clearance, rejuvenation);

  /** Kinds of death that a law of cells may not tell apart. */
  constexpr Set deaths = set(apoptosis, inflammatory_death, oxidative_death, drive);
} // namespace

struct Exosomes : lacuna::Law<Exosomes>
{
  Text population_name = text("Population", "NP cells", "The cells that take up vesicles.");
  Text name = text("Species", "exosomes", "Name of the vesicles, as an injection calls them.");

  Text internalised_name = text("Internalised species", "internalised exosomes",
                                "Name of the vesicles inside the cells.");

  Text depot_name = text("Depot species", "",
                         "Name of the vesicles that a gel holds and releases, as an injection "
                         "calls them; empty: no depot.");

  Names secreting_names =
      names("Secreting population", "",
            "Cells that release vesicles, all doses together; one or several populations, "
            "separated by commas; empty: none.");

  Names cargo_names = names("Cargo", "miR-21",
                            Listing("What the vesicles carry: one or several of ", cargos,
                                    ", separated by commas. [weights assumed]"));

  Text kinds_of_death =
      choice("Kinds of death", "one", "one|several",
             "one: whatever a cargo does against death counts as apoptosis, for laws of cells that "
             "know no other death; several: death by inflammation and by oxidants, and the NF-kB "
             "drive, have signals of their own, beside the laws inflammation and "
             "oxidative-stress.");

  Parameter own_weight =
      parameter("Own cargo weight", 0.8, "1",
                "Weight of the cargo 'own'; negative is harmful; vary 0.3 to 1. [assumed]", -1, 1);

  Names own_processes =
      names("Own cargo processes", "apoptosis",
            Listing("What the cargo 'own' changes: one or several of ", processes, "."));

  Text senescent_name =
      text("Senescent cells", "senescent cells", "Those that a rejuvenating cargo brings back.");

  Text oxidant_name = text("Oxidant", "hydrogen peroxide",
                           "The species whose clearance an antioxidant cargo speeds up.");

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

  Parameter release_half_life =
      parameter("Depot half-life", 10, {"d", "h"},
                "Time in which a gel releases half of its vesicles; 5 to 28 d. [assumed; seen: "
                "XI21, VAS22 that a lasting release is better than a bolus]",
                0.1, HUGE_VAL);

  bool has_depot = !depot_name.empty();

  Species vesicles =
      mobile_species(name, "1/mL", "Free extracellular vesicles in the tissue.",
                     in_tissue(diffusivity, "um^2/s").decaying(std::log(2.) / half_life + binding));

  Species internalised =
      species_per_cell(internalised_name, "1", population_name, "Vesicles inside one cell.");

  Species depot =
      has_depot ? immobile_species(depot_name, "1/mL", "Vesicles that a gel holds.") : Species();

  Field cells = field(population_name, "1/mL");
  Field secreting[Names::capacity];
  double weights[Names::capacity];
  Set changed[Names::capacity];
  Set all         = read_cargos();
  bool is_shared  = (all & shared) != 0;
  Field all_cells = is_shared ? total(population_name, "1/uL") : Field();
  Signal effects[n_processes];

  double inner_decay  = std::log(2.) / inner_half_life;
  double release_rate = std::log(2.) / release_half_life;

  Exosomes()
  {
    for (int i = 0; i < secreting_names.size(); ++i)
      secreting[i] = total(secreting_names[i], "1/mL");
    for (int k = 0; k < n_processes; ++k)
      if ((all & set(k)) != 0)
        effects[k] = provide(processes[k].name, target(k), k == rejuvenation ? sum : product);
  }

  template <class Number>
  void signals(At<Number> &at) const
  {
    const Number effect = largest_effect * lacuna::saturation(at[internalised], half_effect);
    const Number part   = is_shared ? effect * share(at) : effect;
    for (int k = 0; k < rejuvenation; ++k)
      if (effects[k].index >= 0)
        at.signal(effects[k]) = factor(k, (shared & set(k)) != 0 ? part : effect);
    if (effects[rejuvenation].index >= 0)
      at.signal(effects[rejuvenation]) = brought_back(part);
  }

  template <class Number>
  void rates(At<Number> &at) const
  {
    at.rate(vesicles) -= uptake * at[cells] * at[vesicles];
    at.rate(internalised) += uptake * at[vesicles];
    at.rate(internalised) -= inner_decay * at[internalised];
  }

  template <class Number>
  void tissue_rates(At<Number> &at) const
  {
    for (int i = 0; i < secreting_names.size(); ++i)
      at.rate(vesicles) += secretion * at[secreting[i]];
    if (!has_depot)
      return;
    const Number released = release_rate * at[depot];
    at.rate(depot) -= released;
    at.rate(vesicles) += released;
  }

private:
  static constexpr double uL_per_mL = 1e3, one_cell = 1; // 1/mL, so that no cells have no share

  /** What this dose is of all cells that take up vesicles; nothing where there are none. */
  template <class Number>
  Number share(At<Number> &at) const
  {
    return at[cells] / (uL_per_mL * at[all_cells] + one_cell);
  }

  /** The change of process k per effect; a harmful cargo cannot take more than all there is. */
  static double change(int k, double weight)
  {
    return weight * (weight < 0 ? lacuna::min(processes[k].gain, 1.) : processes[k].gain);
  }

  /** What the cargos leave of process k, multiplied. */
  template <class Number>
  Number factor(int k, const Number &effect) const
  {
    Number result = 1.;
    for (int i = 0; i < cargo_names.size(); ++i)
      if ((changed[i] & set(k)) != 0)
        result *= 1 + change(k, weights[i]) * effect;
    return result;
  }

  /** 1 - the product of all (1 - weight * effect), without subtracting near ones. */
  template <class Number>
  Number brought_back(const Number &effect) const
  {
    Number result = 0.;
    for (int i = 0; i < cargo_names.size(); ++i)
      if ((changed[i] & set(rejuvenation)) != 0)
        result += lacuna::max(weights[i], 0.) * effect * (1 - result);
    return result;
  }

  const char *target(int process) const
  {
    if (process == rejuvenation)
      return senescent_name;
    return process == oxidant_clearance ? oxidant_name : population_name;
  }

  /** The processes as the case tells kinds of death apart. */
  Set counted(Set wanted) const
  {
    if (kinds_of_death == "several" || (wanted & deaths) == 0)
      return wanted;
    return (wanted & ~deaths) | set(apoptosis);
  }

  /** What the cargos change, together. */
  Set read_cargos()
  {
    Set result = 0;
    for (int i = 0; i < cargo_names.size(); ++i)
    {
      const Cargo cargo = find(cargo_names[i]);
      weights[i]        = cargo.weight;
      changed[i]        = counted(cargo.processes);
      result |= changed[i];
    }
    // A cargo that is knocked down still stands where another would act.
    return result == 0 ? set(apoptosis) : result;
  }

  Cargo find(const char *cargo) const
  {
    if (std::strcmp(cargo, own_cargo) == 0)
      return {cargo, own_weight, own_set()};
    for (const Cargo &known : cargos)
      if (std::strcmp(known.name, cargo) == 0)
        return known;
    lacuna::refuse("knows no cargo '%s'; write one or several of %s", cargo,
                   Listing("", cargos, ".").characters);
  }

  Set own_set() const
  {
    Set result = 0;
    for (int i = 0; i < own_processes.size(); ++i)
      result |= set(process(own_processes[i]));
    return result;
  }

  static int process(const char *wanted)
  {
    for (int k = 0; k < n_processes; ++k)
      if (std::strcmp(processes[k].name, wanted) == 0)
        return k;
    lacuna::refuse("knows no process '%s' of a cargo; write one or several of %s", wanted,
                   Listing("", processes, ".").characters);
  }
};

LACUNA_LAW(
    Exosomes, "exosomes", "1.1.0", "h",
    "Extracellular vesicles that diffuse, decay, are taken up by cells and change death, growth, "
    "ageing, inflammation and matrix as their cargo says.")

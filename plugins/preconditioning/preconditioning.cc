// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include <lacuna/law.h>

// What treatment or gene modification before the injection does to cells afterwards, while they
// remember it; see README.md.

namespace
{
  /** Against what a treatment helps. */
  enum Against
  {
    everything,  ///< acid, osmolarity, cytokines and oxidants fully, lack of glucose by half
    oxidants,    ///< oxidants only
    compression, ///< the environment, where the tissue is loaded
    nothing
  };

  /** The constants of one treatment. [sizes assumed; sources of the directions: README.md] */
  struct Treatment
  {
    const char *name;
    double survival, chemotaxis, growth; ///< a_delta, a_chi, a_mu
    double resident_growth;              ///< of the residents beside them
    double memory;                       ///< tau_p in d; NAN: for ever
    Against against;
  };
  constexpr Treatment treatments[] = {
      {"none", 0, 0, 0, 0, NAN, nothing},         {"hypoxia", 0.5, 1.5, 0.3, 0, 5, everything},
      {"CoCl2", 0.5, 1.5, 0.3, 0, 5, everything}, {"H2O2", 0.4, 0, 0.3, 0, 5, everything},
      {"IL-1", 0.1, 1, 0, 0, 3, everything},      {"rapamycin", 0.1, 1, 0, 0, 3, everything},
      {"UTMB", 0.1, 1, 0, 0, 3, everything},      {"TC14012", 0.1, 1, 0, 0, 3, everything},
      {"melatonin", 0.3, 0, 0, 0, 3, oxidants},   {"vitamin E", 0.3, 0, 0, 0, 3, oxidants},
      {"CXCR4", 0.1, 2, 0.1, 0, NAN, everything}, {"CCR2", 0.1, 2, 0.1, 0, NAN, everything},
      {"c-Met", 0.1, 2, 0.1, 0, NAN, everything}, {"PEG", 0, 0, 0, 0, NAN, nothing},
      {"Matrilin-3", 0, 0, 0, 0.3, 7, nothing},   {"HIF-1alpha", 0.4, 0, 0, 0, NAN, compression},
      {"own", 0, 0, 0, 0, NAN, everything}};
} // namespace

struct Preconditioning : lacuna::Law<Preconditioning>
{
  static constexpr const char *word = "as treatment";

  Text population_name =
      text("Population", "MSC", "The treated cells; every dose remembers from its own day on.");

  Text treatment_name =
      choice("Treatment", "hypoxia",
             "none|hypoxia|CoCl2|H2O2|IL-1|rapamycin|UTMB|TC14012|melatonin|vitamin E|CXCR4|CCR2|"
             "c-Met|PEG|Matrilin-3|HIF-1alpha|own",
             "Sets the defaults below; own: all are zero, for ever. CXCR4, CCR2, c-Met and "
             "HIF-1alpha are gene modifications. [directions seen or of a review; sizes assumed]");

  Treatment treatment = find();

  Text compressed = choice("Compressed tissue", "no", "no|yes",
                           "Whether the tissue is loaded; HIF-1alpha helps only then.");

  Text resident_name = text("Resident population", "NP cells",
                            "The cells beside them that grow faster, as by Matrilin-3.");

  Parameter survival =
      parameter("Hazard reduction", treatment.survival, "1",
                "a_delta: share of the hazard that fresh memory takes away: hypoxia and CoCl2 0.5, "
                "H2O2 and HIF-1alpha 0.4, melatonin and vitamin E 0.3 (of oxidative death), others "
                "0.1 (0 to 0.2). [assumed]",
                0, 0.95, word);

  Parameter chemotaxis_gain = parameter(
      "Chemotaxis gain", treatment.chemotaxis, "1",
      "a_chi: hypoxia and CoCl2 1.5, receptors 2, IL-1 and others 1. [assumed]", -1, 100, word);

  Parameter growth_gain =
      parameter("Proliferation gain", treatment.growth, "1",
                "a_mu: hypoxia, CoCl2 and H2O2 0.3, receptors 0.1. [assumed]", -1, 100, word);

  Parameter resident_gain = parameter(
      "Resident proliferation gain", treatment.resident_growth, "1",
      "Of the resident population, where the treated cells are: Matrilin-3 0.3. [assumed]", 0, 100,
      word);

  Parameter presence = parameter(
      "Half density", 1e5, "1/mL",
      "Of treated cells, for half of their effect on residents; 0: the same everywhere. [assumed]",
      0, 1e10);

  Parameter cytokine_reduction = parameter(
      "Cytokine reduction", 0, "1",
      "Share of the treated cells' release of cytokines that fresh memory takes away, as by IL-10. "
      "[assumed: no size known]",
      0, 1);

  Parameter memory = parameter(
      "Memory", treatment.memory, "d",
      "tau_p, after which 1/e is left: hypoxia, CoCl2 and H2O2 5 d, Matrilin-3 7 d, IL-1, "
      "rapamycin, UTMB, TC14012, melatonin and vitamin E 3 d, gene modifications for "
      "ever. [assumed]",
      1e-3, HUGE_VAL, word);

  bool for_all     = treatment.against == everything && survival > 0;
  bool for_oxidant = (for_all || treatment.against == oxidants) && survival > 0;
  bool for_loaded  = treatment.against == compression && compressed == "yes" && survival > 0;

  Field cells = field(population_name, "1/mL");
  Field age   = field("age", "d");

  // What a treatment does not change gets no signal.
  Signal apoptosis       = for_all || for_loaded ? on_cells("apoptosis") : Signal();
  Signal starvation      = for_all || for_loaded ? on_cells("starvation") : Signal();
  Signal inflammatory    = for_all ? on_cells("inflammatory death") : Signal();
  Signal oxidative       = for_oxidant ? on_cells("oxidative death") : Signal();
  Signal chemotaxis      = chemotaxis_gain != 0 ? on_cells("chemotaxis") : Signal();
  Signal growth          = growth_gain != 0 ? on_cells("proliferation") : Signal();
  Signal release         = cytokine_reduction > 0 ? on_cells("cytokine release") : Signal();
  Signal resident_growth = resident_gain > 0 ? provide("proliferation", resident_name, product)
                                             : Signal();

  template <class Number>
  void signals(At<Number> &at) const
  {
    const Number left     = remembered(at[age]);
    const Number survived = 1 - survival * left;
    set(at, apoptosis, survived);
    // Energy cannot be trained: of the part by lack of glucose only half the reduction is left.
    set(at, starvation, (1 - 0.5 * survival * left) / survived);
    set(at, inflammatory, survived);
    set(at, oxidative, survived);
    set(at, chemotaxis, 1 + chemotaxis_gain * left);
    set(at, growth, 1 + growth_gain * left);
    set(at, release, 1 - cytokine_reduction * left);
    if (resident_growth.index >= 0)
      at.signal(resident_growth) =
          1 + resident_gain * left * lacuna::saturation(at[cells], presence);
  }

private:
  Treatment find() const
  {
    for (const Treatment &known : treatments)
      if (treatment_name == known.name)
        return known;
    return treatments[0];
  }

  Signal on_cells(const char *process) { return provide(process, population_name, product); }

  template <class Number>
  static void set(At<Number> &at, const Signal &signal, const Number &factor)
  {
    if (signal.index >= 0)
      at.signal(signal) = factor;
  }

  static constexpr double rounding = 1e-6; // d, of the time of a dose

  /** p: 1 on the day of the dose; nothing before, when there are no cells yet. */
  template <class Number>
  Number remembered(const Number &days) const
  {
    if (days < -rounding)
      return Number(0.);
    return memory.given() ? lacuna::exp(-days / memory) : Number(1.);
  }
};

LACUNA_LAW(
    Preconditioning, "preconditioning", "1.0.0", "d",
    "What hypoxia, drugs or genes given to cells before their injection do afterwards, while "
    "the cells remember them.")

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include <lacuna/law.h>

// IL-1, TNF, TSG-6 and alarm signals of dead cells in a tissue, the NF-kB drive that follows from
// them, and what it does to the matrix; see README.md.

struct Inflammation : lacuna::Law<Inflammation>
{
  Text population_name =
      text("Population", "NP cells",
           "The resident cells, all doses together: driven, they release cytokines, degrade matrix "
           "and make less of it.");

  Names feeling_names =
      names("Also felt by", "",
            "Further populations that the drive acts on, separated by commas; empty: none.");

  Names protective_names =
      names("TSG-6 populations", "",
            "Cells that release TSG-6, all doses together, separated by commas; empty: no TSG-6.");

  Text senescent_name =
      text("Senescent cells", "", "A species or population that releases cytokines; empty: none.");

  Text dead_name =
      text("Dead cells", "", "A species that lets cytokines be released; empty: none.");

  Text damage_name = text("Damage", "",
                          "A field from 0 to 1, such as the damage of a needle, in which resident "
                          "cells release cytokines; empty: none.");

  Text receptors = choice("Receptors", "healthy", "healthy|degenerate",
                          "Sets the default of IL-1 sensitivity: of a degenerate disc more cells "
                          "carry receptors.");

  Text order = choice("Hill order", "1", "1|2",
                      "Of the drive; with 2 and a gain above 2 inflammation, once lit, stays.");

  Text matrix = choice("Matrix", "no", "no|yes",
                       "Whether to keep the books of degrading enzymes and of new matrix.");

  Parameter il1_half = parameter("IL-1 half drive", 0.5, "ng/mL",
                                 "K1: of IL-1 beta alone, half the drive; 0.1 to 5. [assumed: "
                                 "culture studies use 1 to 25 ng/mL]",
                                 1e-3, 1e3);

  Parameter tnf_half = parameter("TNF half drive", 2, "ng/mL",
                                 "K2: of TNF alone, half the drive; 0.1 to 5. [assumed: culture "
                                 "studies use 1 to 25 ng/mL]",
                                 1e-3, 1e3);

  Parameter sensitivity =
      parameter("IL-1 sensitivity", receptors == "degenerate" ? 80. / 30 : 1, "1",
                "Factor on IL-1 in the drive: healthy 1, degenerate 80/30. [seen: LM07, share of "
                "cells with receptor; computed]",
                0, 100, "as receptors");

  Parameter gain = parameter("Feedback gain", 0.7, "1",
                             "g: drive that driven cells cause, per drive, at the reference "
                             "density and without transport; "
                             "below 1 inflammation dies out. [assumed]",
                             0, 100);

  Parameter reference_density = parameter("Reference density", 4e6, "1/mL",
                                          "Density of resident cells for which the feedback gain "
                                          "and the units of matrix hold. [assumed]",
                                          1, 1e10);

  Parameter tnf_ratio = parameter("TNF release", 1, "1",
                                  "Mass of TNF released per mass of IL-1, whatever the reason. "
                                  "[assumed: the same source terms]",
                                  0, 100);

  Parameter damage_release = parameter("Release by damage", 1e-3, {"pg/d", "ng/d"},
                                       "s0: IL-1 that one resident cell releases in full damage. "
                                       "[assumed: a secreting cell]",
                                       0, 1e6);

  Parameter senescent_release =
      parameter("Release by senescent cells", 1e-3, {"pg/d", "ng/d"},
                "s_S: IL-1 that one senescent cell releases. [assumed: a secreting cell]", 0, 1e6);

  Parameter dead_release =
      parameter("Release by dead cells", 0, {"pg/d", "ng/d"},
                "s_D: IL-1 released per dead cell; beside the alarm signals. [assumed]", 0, 1e6);

  Parameter protective_release = parameter(
      "TSG-6 density", 1e6, "1/mL",
      "Density of its cells at which TSG-6 comes to K_T in full drive. [assumed: normalisation]", 1,
      1e12);

  Parameter resting_release = parameter(
      "Resting TSG-6", 0.1, "1",
      "Share of the release of TSG-6 that needs no drive; full drive adds 0.9. [assumed]", 0, 1);

  Parameter diffusivity = parameter(
      "Diffusivity", 5e-11, {"m^2/s", "mm^2/d"},
      "Of IL-1, TNF and TSG-6 in the tissue, about 17 kDa; 1e-11 to 1e-10. [assumed]", 0, 1e-6);

  Parameter alarm_diffusivity = parameter("DAMP diffusivity", 5e-11, {"m^2/s", "mm^2/d"},
                                          "In the tissue. [assumed: as cytokines]", 0, 1e-6);

  Parameter il1_decay =
      parameter("IL-1 decay", 0.1664, "1/d",
                "Half-life 4.2 d. [assumed: as TNF, recalled: Graham 2012 table]", 1e-6, 1e3);
  Parameter tnf_decay = parameter("TNF decay", 0.1664, "1/d",
                                  "Half-life 4.2 d. [recalled: Graham 2012 table]", 1e-6, 1e3);
  Parameter tsg6_half_life =
      parameter("TSG-6 half-life", 12, {"h", "d"}, "By decay. [assumed]", 1e-3, 1e6);
  Parameter alarm_decay = parameter("DAMP decay", 0.5545, "1/d",
                                    "Half-life 1.25 d. [recalled: Graham 2012 table]", 1e-6, 1e3);

  Parameter clearance =
      parameter("Clearance at supply", 0, {"m/s", "m/d"},
                "Exchange coefficient of the supplying faces with blood that holds none; 0: all "
                "stays in the tissue. [assumed]",
                0, 1);

  Parameter suppression =
      parameter("Matrix suppression", 0.7, "1",
                "Share of the synthesis of matrix that full drive takes away. [assumed]", 0, 1);

  Parameter enzyme_decay = parameter("MMP decay", 0, "1/d",
                                     "Of the enzymes' activity; 0: the sum of all released is "
                                     "shown. [assumed: no rate known]",
                                     0, 1e3);

  Parameter degradation =
      parameter("Matrix degradation", 0, "1/d",
                "Loss of new matrix per MMP; 0: the sum of all made is shown. [assumed: no rate "
                "known]",
                0, 1e3);

  bool has_tsg6      = protective_names.size() > 0;
  bool has_senescent = !senescent_name.empty();
  bool has_dead      = !dead_name.empty();
  bool has_damage    = !damage_name.empty();
  bool has_matrix    = matrix == "yes";
  bool second_order  = order == "2";

  /** IL-1 (ng per cell and day) that a driven cell releases, so that the gain is what the file
   * says. */
  double driven_release =
      gain / reference_density /
      (sensitivity / (il1_decay * il1_half) + tnf_ratio / (tnf_decay * tnf_half));
  double tsg6_decay = std::log(2.) / tsg6_half_life;

  Species il1 =
      mobile_species("IL-1", "ng/mL", "Interleukin 1 beta.", transport(diffusivity, il1_decay));
  Species tnf = mobile_species("TNF", "ng/mL", "Tumour necrosis factor alpha.",
                               transport(diffusivity, tnf_decay));
  Species damp =
      mobile_species("DAMP", "1", "Alarm signals of dead cells; 1 drives as K1 of IL-1 does.",
                     transport(alarm_diffusivity, alarm_decay));
  Species tsg6 = has_tsg6 ? mobile_species("TSG-6", "1", "TSG-6 in units of K_T.",
                                           transport(diffusivity, tsg6_decay))
                          : Species();
  Species mmp =
      has_matrix ? immobile_species("MMP", "1",
                                    "Degrading enzymes: 1 is a day of full drive at the reference "
                                    "density.",
                                    0, enzyme_decay)
                 : Species();
  Species new_matrix =
      has_matrix
          ? immobile_species("new matrix", "1",
                             "Matrix made: 1 is an undisturbed day at the reference density.")
          : Species();

  Field residents = total(population_name, "1/mL");
  Field senescent = has_senescent ? field(senescent_name, "1/mL") : Field();
  Field dead      = has_dead ? field(dead_name, "1/mL") : Field();
  Field damage    = has_damage ? field(damage_name, "1") : Field();
  Field protective[Names::capacity];

  Field drive_gain = use("NF-kB gain", population_name, product);
  Field release    = use("cytokine release", population_name, product);
  Field synthesis  = has_matrix ? use("matrix synthesis", population_name, product) : Field();
  Field degradation_factor =
      has_matrix ? use("matrix degradation", population_name, product) : Field();

  Signal felt[Names::capacity + 1];

  Inflammation()
  {
    for (int i = 0; i < protective_names.size(); ++i)
      protective[i] = total(protective_names[i], "1/mL");
    felt[0] = provide("inflammation", population_name, sum);
    for (int i = 0; i < feeling_names.size(); ++i)
      felt[i + 1] = provide("inflammation", feeling_names[i], sum);
  }

  template <class Number>
  void signals(At<Number> &at) const
  {
    const Number phi = drive(at);
    for (int i = 0; i <= feeling_names.size(); ++i)
      at.signal(felt[i]) = phi;
  }

  // All that happens here happens once, however many doses the populations have.
  template <class Number>
  void tissue_rates(At<Number> &at) const
  {
    const Number phi    = drive(at);
    const Number driven = phi * at[drive_gain];

    const Number released = driven_release * driven * at[residents] * at[release] + undriven(at);
    at.rate(il1) += released;
    at.rate(tnf) += tnf_ratio * released;

    if (has_tsg6)
    {
      Number cells = 0.;
      for (int i = 0; i < protective_names.size(); ++i)
        cells += at[protective[i]];
      at.rate(tsg6) +=
          tsg6_decay / protective_release * cells * (resting_release + (1 - resting_release) * phi);
    }
    if (has_matrix)
    {
      const Number density = at[residents] / reference_density;
      at.rate(mmp) += driven * density * at[degradation_factor];
      at.rate(new_matrix) +=
          lacuna::positive_part(1 - suppression * driven) * density * at[synthesis];
      at.rate(new_matrix) -= degradation * at[mmp] * at[new_matrix];
    }
  }

private:
  static constexpr double seconds_per_day = 86400;

  lacuna::Transport transport(double value, double decay) const
  {
    const lacuna::Transport moving = in_tissue(value, "mm^2/d").decaying(decay);
    return clearance > 0 ? moving.exchanged_at_supply(clearance / seconds_per_day, 0) : moving;
  }

  /** phi, from 0 to 1. TSG-6 competes: it shifts the response to higher doses. */
  template <class Number>
  Number drive(At<Number> &at) const
  {
    Number u = sensitivity / il1_half * at[il1] + at[tnf] / tnf_half + at[damp];
    if (has_tsg6)
      u *= 1 - lacuna::saturation(at[tsg6], 1.); // 1/(1 + T), and straight on below zero
    if (!second_order)
      return lacuna::saturation(u, 1.);
    const Number positive = lacuna::positive_part(u);
    return positive * positive / (1 + positive * positive);
  }

  /** IL-1 released (ng per mL and day) for other reasons than the drive. */
  template <class Number>
  Number undriven(At<Number> &at) const
  {
    Number result = 0.;
    if (has_damage)
      result += damage_release * at[damage] * at[residents] * at[release];
    if (has_senescent)
      result += senescent_release * at[senescent];
    if (has_dead)
      result += dead_release * at[dead];
    return result;
  }
};

LACUNA_LAW(Inflammation, "inflammation", "1.0.0", "d",
           "IL-1, TNF, TSG-6 and alarm signals of dead cells, the NF-kB drive that follows from "
           "them, and degrading enzymes and new matrix.")

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include <lacuna/law.h>

#include "clones.h"

// Blood stem cells in their niche: rest and cycle, DNA damage, homing, self-renewal, where they go
// and which clones of them grow with age; see README.md.

struct MarrowNiche : lacuna::Law<MarrowNiche>
{
  // Who takes part.
  Text resting_name = text("Quiescent cells", "quiescent HSC", "The population in G0.");
  Text cycling_name =
      text("Cycling cells", "cycling HSC", "The population out of G0; without doses.");
  Text myeloid_name =
      text("Myeloid cells", "", "The population of myeloid offspring; empty: none.");
  Text lymphoid_name =
      text("Lymphoid cells", "", "The population of lymphoid offspring; empty: none.");
  Text damage_name = text("Species", "HSC DNA damage", "Name of the DNA damage.");

  Parameter ageing = parameter("Ageing", 0, "1", "Of the marrow, 0 young and 1 old.", 0, 1);
  Parameter donor_ageing =
      parameter("Ageing of injected cells", 0, "1", "0 young and 1 old.", 0, 1);

  // Rest and cycle.
  Text organism        = choice("Organism", "human", "human|mouse", "Whose share of cells in G0.");
  Parameter quiescence = parameter("Quiescence ratio", organism == "mouse" ? 11.5 : 3.5, "1",
                                   "Return to G0 against leaving it in young marrow: 3.5 in man, "
                                   "11.5 in the mouse. [review: 70 to "
                                   "85 and 90 to 95 % in G0]",
                                   0, 1e3, "by organism");
  Parameter activation =
      parameter("Activation rate", 1, {"1/year", "1/d"},
                "Of leaving G0. [assumed: as often as a symmetric division]", 0, 1e4);
  Parameter tgf =
      parameter("TGF-beta", 1, "1",
                "Against young marrow; falls with age and with it the return to G0.", 0, 100);
  Text tgf_name =
      text("TGF-beta field", "", "Field to be used instead of that number; empty: none.");
  Parameter quiescence_factor =
      parameter("Quiescence factor", 1, "1",
                "Further factor on the return to G0, such as PF4. [assumed: no data]", 0, 100);

  // Self-renewal and offspring.
  Parameter division =
      parameter("Division rate", 1, {"1/year", "1/d"}, "Of cycling cells. [assumed]", 0, 1e4);
  Parameter self_renewal = parameter("Self-renewal", 0.5, "1",
                                     "Part of the daughters that stay stem cells; 0.5 keeps their "
                                     "number. [computed: balance]",
                                     0, 1);
  Parameter wnt =
      parameter("Wnt", 1, "1", "Against young marrow: a factor on self-renewal. [assumed]", 0, 2);
  Parameter half_lactate =
      parameter("Half-inhibiting lactate", NAN, "mM",
                "Lactate that halves self-renewal; 'none': no effect, as no source gives it.", 1e-6,
                HUGE_VAL, "none");
  Text adipocyte_name = text("Adipocytes", "", "Population that lowers self-renewal; empty: none.");
  Parameter half_adipocytes =
      parameter("Half-inhibiting adipocytes", NAN, "1/mL",
                "Their density that halves self-renewal; must be given with Adipocytes.", 1e-6,
                HUGE_VAL, "none");
  Parameter output_loss = parameter(
      "Output loss", 0, "1", "Of offspring per cell in old marrow. [assumed: no data]", 0, 1);
  Parameter myeloid_share  = parameter("Myeloid share", 0.5, "1",
                                       "Of the offspring in young marrow. [assumed: even]", 0, 1);
  Parameter myeloid_by_age = parameter("Myeloid bias of ageing", 0, "1",
                                       "Further share in old marrow. [assumed: no data]", 0, 1);
  Parameter il33           = parameter("IL-33", 0, "1", "A dose, 1 where it saturates.", 0, 1);
  Parameter myeloid_by_il33 =
      parameter("Myeloid bias of IL-33", 0, "1", "Further share. [assumed: no data]", 0, 1);
  Text sasp_name = text("SASP", "", "Field of secreted factors, such as 'SASP'; empty: none.");
  Parameter myeloid_by_sasp = parameter(
      "Myeloid bias of SASP", 0, "1", "Further share in saturating SASP. [assumed: no data]", 0, 1);

  // DNA damage, 1 in young human marrow.
  Parameter repair =
      parameter("Repair rate", 1, "1/d",
                "Of DNA damage; sets only how fast damage follows its cause. [assumed: "
                "no data]",
                1e-6, 1e3);
  Parameter repair_loss =
      parameter("Repair loss", 0, "1", "In old marrow. [assumed: no data]", 0, 0.99);
  Parameter senolytic =
      parameter("Senolytic treatment", 0, "1",
                "By dasatinib and quercetin, 1 in full: 30 % less damage and twice the offspring. "
                "[review]",
                0, 1);
  Parameter death_by_damage =
      parameter("Death by damage", 0, "1/d", "Per unit of damage. [assumed: no data]", 0, 10);
  Parameter death_by_inflammation = parameter("Death by inflammation", 0, "1/d",
                                              "In full inflammation. [assumed: no data]", 0, 10);
  Parameter mtor                  = parameter("mTOR", 1, "1",
                                              "Factor on death by damage, where little autophagy spares less. "
                                                               "[assumed: no data]",
                                              0, 100);
  Parameter senescence_by_damage  = parameter(
       "Senescence by damage", 0, "1",
       "Weight with which entry into senescence is proportional to damage. [assumed: no data]", 0,
       1);

  // Homing of injected cells.
  Parameter old_homing = parameter("Homing of old cells", 0.25, "1",
                                   "Against young ones [review]; 0.33 [seen: LIA05].", 0, 1);

  // Where the cells go.
  Text endosteal_name = text("Endosteal field", "",
                             "Field that attracts towards bone, 1 where it half saturates its "
                             "receptors; empty: the cells do not move.");
  Text vascular_name =
      text("Vascular field", "", "Field that attracts old cells towards vessels; empty: none.");
  Parameter motility_of_cells =
      parameter("Motility", 0.016, "mm^2/d",
                "8e-4 to 0.016. [computed: persistent walk of 20 um/h and 5 h]", 0, 10);
  Parameter endosteal_pull = parameter("Endosteal attraction", 1, "1",
                                       "Chemotaxis against motility; 0.3 to 3. [assumed]", 0, 100);
  Parameter aged_pull =
      parameter("Attraction of old cells", 0.5, "1", "Factor on it in old marrow. [assumed]", 0, 1);
  Parameter vascular_pull =
      parameter("Vascular attraction", 1, "1",
                "In old marrow; none in young. [assumed: as endosteal]", 0, 100);

  // Clones.
  Text with_clones = choice("Clones", "no", "no|yes", "Whether clones are followed.");
  Parameter seed   = parameter("Seed", 1, "1", "Of the draw of clones: one person each.", 0, 1e15);
  Parameter age_at_start =
      parameter("Age at start", 0, {"year", "d"}, "When the run begins.", 0, 120);
  Parameter stem_cells =
      parameter("Stem cells", 1e5, "1", "In the whole body; 2e4 to 2e5. [seen: MI22]", 1, 1e9);
  Parameter arrivals = parameter("Clone arrivals", 10, "1",
                                 "Mutant stem cells per year; 2 to 20. [seen: MP24]", 0, 200);
  Parameter fitness  = parameter("Clone fitness", 0.08, "1",
                                 "Mean growth rate per year; 0.07 to 0.09. [seen: MP24]", 1e-3, 2);
  Parameter fitness_spread =
      parameter("Fitness spread", 0.025, "1", "Standard deviation of it. [seen: MP24]", 1e-4, 2);
  Parameter clone_divisions =
      parameter("Symmetric divisions", 1, "1", "Per year. [assumed]", 1e-3, 100);
  Text known_clones = text(
      "Known clones", "",
      "Clones that are certain, each from one cell: '0.08 from 0, 0.15 from 30' (growth per year, "
      "age in years).");
  Parameter threshold = parameter("Clone threshold", 0.01, "1",
                                  "Share above which a clone is counted. [seen: MI22]", 1e-6, 1);
  Parameter transplant_age =
      parameter("Transplant age", NAN, {"year", "d"},
                "At which cells without clones are transplanted; none: never.", 0, 150, "none");
  Parameter transplanted = parameter("Transplanted share", 0.9, "1",
                                     "Of the marrow that they then hold. [assumed]", 0, 0.999);

  bool has_myeloid        = !myeloid_name.empty();
  bool has_lymphoid       = !lymphoid_name.empty();
  bool has_sasp           = !sasp_name.empty();
  bool by_lactate         = half_lactate.given();
  bool by_fat             = !adipocyte_name.empty();
  bool by_tgf_field       = !tgf_name.empty();
  bool dies_inflamed      = death_by_inflammation > 0;
  bool moving             = !endosteal_name.empty();
  bool by_vessels         = moving && !vascular_name.empty();
  bool has_clones         = with_clones == "yes";
  bool marks_damage       = senescence_by_damage > 0;
  double share_of_myeloid = checked_myeloid_share();

  Species resting = population(resting_name, "1/mL");
  Species cycling = population(cycling_name, "1/mL");
  // Of all doses; in a unit of its own, so that it is not taken for the density of one dose.
  Field all_resting = total(resting_name, "1/mm^3");
  Species myeloid   = has_myeloid ? population(myeloid_name, "1/mL") : Species();
  Species lymphoid  = has_lymphoid ? population(lymphoid_name, "1/mL") : Species();
  Species damage = immobile_species(damage_name, "1", "DNA damage of HSC, 1 in young marrow.", 1);
  Clones clones  = drawn();
  Clonality at_start = clonality(0);
  Species clonal_share =
      has_clones
          ? immobile_species("clonal share", "1", "Share of blood from clones above the threshold.",
                             at_start.share)
          : Species();
  Species largest_clone =
      has_clones
          ? immobile_species("largest clone", "1", "Share of the largest clone.", at_start.largest)
          : Species();

  Field tgf_field        = by_tgf_field ? field(tgf_name, "1") : Field();
  Field lactate          = by_lactate ? field("lactate", "mM") : Field();
  Field adipocytes       = by_fat ? total(adipocyte_name, "1/mL") : Field();
  Field sasp             = has_sasp ? field(sasp_name, "1") : Field();
  Field endosteal        = moving ? field(endosteal_name, "1") : Field();
  Field vascular         = by_vessels ? field(vascular_name, "1") : Field();
  Field time             = has_clones ? field("time", "d") : Field();
  Field inflamed         = dies_inflamed ? use("inflammation", cycling_name, sum) : Field();
  Field gain             = dies_inflamed ? use("NF-kB gain", cycling_name, product) : Field();
  Signal ageing_of_cells = marks_damage ? provide("senescence", cycling_name, product) : Signal();

  Motion resting_moves = moving ? moves(resting) : Motion();
  Motion cycling_moves = moving ? moves(cycling) : Motion();

  template <class Number>
  void signals(At<Number> &at) const
  {
    if (marks_damage)
      at.signal(ageing_of_cells) = 1 - senescence_by_damage + senescence_by_damage * at[damage];
  }

  template <class Number>
  void rates(At<Number> &at) const
  {
    at.rate(resting) -= death(at) * at[resting];
    at.becomes(resting, cycling, activation * at[resting]);
  }

  /** Cycling cells, of which there is one population, whatever doses the resting ones have. */
  template <class Number>
  void tissue_rates(At<Number> &at) const
  {
    const Number signal = by_tgf_field ? at[tgf_field] : Number(tgf);
    const Number back   = activation * quiescence * quiescence_factor * signal * at[cycling];
    at.becomes(cycling, resting, back);
    at.rate(cycling) -= death(at) * at[cycling];
    divide(at);

    const Number all = cubic_mm_per_mL * at[all_resting] + at[cycling] + no_cells;
    at.rate(damage) += repair * (1 + quiescence_in_man) * at[cycling] / all;
    at.rate(damage) -=
        repair * (1 - repair_loss * ageing) * (1 + senolytic * (1 / damage_left - 1)) * at[damage];
    if (has_clones)
      follow_clones(at);
  }

  template <class Number>
  void motion(At<Number> &at) const
  {
    if (!moving)
      return;
    const double pull = endosteal_pull * (1 - (1 - aged_pull) * ageing);
    Number attraction = pull * lacuna::saturation(at[endosteal], 1.);
    if (by_vessels)
      attraction += vascular_pull * ageing * lacuna::saturation(at[vascular], 1.);
    at.motility(resting_moves)   = motility_of_cells;
    at.motility(cycling_moves)   = motility_of_cells;
    at.attraction(resting_moves) = attraction;
    at.attraction(cycling_moves) = attraction;
  }

  /** Old cells find the marrow less often. */
  void deliver(Dose &dose) const
  {
    if (resting_name == dose.species || cycling_name == dose.species)
      dose.retained_fraction *= 1 - (1 - old_homing) * donor_ageing;
  }

private:
  static constexpr double quiescence_in_man = 3.5;  // damage is 1 where 1 of 4.5 cells cycles
  static constexpr double no_cells          = 1e-6; // 1/mL, where there are none to be damaged
  static constexpr double damage_left       = 0.7;  // by senolytic treatment in full [review]
  static constexpr double cubic_mm_per_mL   = 1e3;
  static constexpr double oldest            = 150; // years, to which clones are drawn [assumed]

  template <class Number>
  Number death(At<Number> &at) const
  {
    Number rate = mtor * death_by_damage * at[damage];
    if (dies_inflamed)
      rate += death_by_inflammation * at[inflamed] * at[gain];
    return rate;
  }

  template <class Number>
  void divide(At<Number> &at) const
  {
    Number stays = Number(self_renewal * wnt);
    if (by_lactate)
      stays /= 1 + lacuna::positive_part(at[lactate]) / half_lactate;
    if (by_fat)
      stays /= 1 + at[adipocytes] / half_adipocytes;
    const Number divided = division * at[cycling];
    at.rate(cycling) += 2 * stays * divided;
    at.rate(cycling) -= divided;
    at.lives_on(cycling, divided);

    const Number offspring =
        2 * (1 - stays) * divided * (1 - output_loss * ageing) * (1 + senolytic);
    Number to_myeloid = Number(share_of_myeloid);
    if (has_sasp)
      to_myeloid += myeloid_by_sasp * lacuna::saturation(at[sasp], 1.);
    if (has_myeloid)
      at.rate(myeloid) += to_myeloid * offspring;
    if (has_lymphoid)
      at.rate(lymphoid) += (1 - to_myeloid) * offspring;
  }

  /** The closed form of the clones' shares, which these species follow within a day. */
  template <class Number>
  void follow_clones(At<Number> &at) const
  {
    const Clonality now = clonality(lacuna::value(at[time]));
    at.rate(clonal_share) += Number(now.share);
    at.rate(clonal_share) -= at[clonal_share];
    at.rate(largest_clone) += Number(now.largest);
    at.rate(largest_clone) -= at[largest_clone];
  }

  /** So many days after the start. */
  Clonality clonality(double day) const
  {
    const double reset = transplant_age.given() ? transplant_age / year : HUGE_VAL;
    return clones.at((age_at_start + day) / year, stem_cells, threshold, reset, transplanted);
  }

  static constexpr double year = 365.242198781; // d, as the unit "year"

  Clones drawn() const
  {
    Clones result;
    if (!has_clones)
      return result;
    for (const char *rest = known_clones; *rest != 0;)
    {
      double growth = 0, founded = 0;
      int length = 0;
      if (std::sscanf(rest, "%lf from %lf%n", &growth, &founded, &length) != 2)
        lacuna::refuse("cannot read 'Known clones' at '%s'; write '0.08 from 0, 0.15 from 30'.",
                       rest);
      result.add({founded, growth, 1});
      rest += length;
      rest += std::strspn(rest, ", ");
    }
    result.draw(seed, arrivals, fitness, fitness_spread, clone_divisions, oldest);
    return result;
  }

  /** Without SASP, once it is clear that the parameters fit together. */
  double checked_myeloid_share() const
  {
    if (by_fat && !half_adipocytes.given())
      lacuna::refuse("needs 'Half-inhibiting adipocytes': no source says how many halve "
                     "self-renewal.");
    if (self_renewal * wnt > 1)
      lacuna::refuse("has a self-renewal of %g, above 1; lower 'Self-renewal' or 'Wnt'.",
                     self_renewal * wnt);
    const double share = myeloid_share + myeloid_by_age * ageing + myeloid_by_il33 * il33;
    if (share + myeloid_by_sasp > 1)
      lacuna::refuse("can have a myeloid share of %g, above 1; lower one of its biases.",
                     share + myeloid_by_sasp);
    return share;
  }
};

LACUNA_LAW(
    MarrowNiche, "marrow-niche", "1.0.0", "d",
    "Blood stem cells in their niche: rest and cycle, DNA damage, homing, self-renewal, where "
    "they go and which clones of them grow with age.")

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include <lacuna/law.h>

// Cells that become senescent, what they secrete, and drugs and particles that remove them; see
// README.md.

namespace
{
  constexpr double ln2 = 0.69314718055994531;

  /** Times of doses, in days. */
  struct DoseTimes
  {
    static constexpr int capacity = 16;

    int n = 0;
    double time[capacity];
  };
} // namespace

struct Senescence : lacuna::Law<Senescence>
{
  // Who takes part.
  Text healthy_name   = text("Healthy cells", "NP cells", "The population that turns senescent.");
  Text senescent_name = text("Senescent cells", "senescent cells",
                             "The population into which they turn; one without doses.");
  Text secondary_name =
      text("Secondary senescent cells", "",
           "The population of those that SASP made senescent, which secrete less; empty: they are "
           "counted with the others.");
  Text progenitor_name =
      text("Progenitors", "",
           "The population of active progenitors, woken from a quiescent pool; empty: none.");
  Text sasp_name = text("SASP", "SASP", "Name of the secreted factors.");
  Text drug_name = text(
      "Drug", "", "Name of a senolytic drug, such as 'drug', in units of its EC50; empty: none.");
  Text depot_name = text(
      "Drug depot", "",
      "Name of particles that stay in the tissue and release the drug, such as 'drug depot', in "
      "the same units; empty: none.");
  Text damage_name = text("Damage", "",
                          "Field of mechanical damage, 0 to 1, such as 'needle damage', that makes "
                          "senescent; empty: none.");

  Parameter reference_density =
      parameter("Reference density", 4e6, "1/mL",
                "Density of cells to which the secretion and the quiescent pool refer. [assumed: "
                "nucleus]",
                1, HUGE_VAL);

  // Entry into senescence.
  Parameter baseline_entry =
      parameter("Baseline rate", 5e-4, "1/d", "Of turning senescent. [assumed]", 0, 1);
  Parameter bystander_entry =
      parameter("Bystander rate", 4e-3, "1/d", "Further rate in saturating SASP. [assumed]", 0, 1);
  Parameter damage_entry =
      parameter("Damage rate", 0, "1/d", "Further rate at full damage. [assumed: no data]", 0, 10);
  Parameter oxidative_entry = parameter("Oxidative rate", 0.01, "1/d",
                                        "Further rate in saturating oxidants. [assumed]", 0, 1);

  // Removal without a drug.
  Text removal           = choice("Removal", "first-order", "first-order|saturating",
                                  "How senescent cells are removed without a drug.");
  bool saturating        = removal == "saturating";
  Parameter removal_rate = parameter(
      "Removal rate", 0.005, "1/d",
      "First-order; by immune cells ln2/5 d in young and ln2/30 d in old mice [seen: KA19]; "
      "in a disc. [assumed: immune privilege]",
      0, 10);
  Parameter largest_removal =
      parameter("Largest removal", 0.27, "1/d",
                "If saturating, in units removed. [recalled: Karin 2019]", 0, 10);
  Parameter half_removal = parameter(
      "Half-saturating load", 1.1, "1",
      "If saturating: units of senescent cells at half of the largest removal. [recalled: "
      "Karin 2019]",
      1e-6, HUGE_VAL);
  Parameter unit_density =
      parameter("Density of one unit", NAN, "1/mL",
                "If saturating: senescent cells in one of its units; must then be given.", 1,
                HUGE_VAL, "none");
  Parameter ageing_rate = parameter(
      "Production with age", 0.15, {"1/(d.year)", "1/d^2"},
      "If saturating: units that turn senescent at the reference density, per year of age. "
      "[recalled: Karin 2019]",
      0, 100);
  Parameter age_at_start =
      parameter("Age at start", 0, {"year", "d"}, "If saturating: when the run begins.", 0, 150);
  Parameter rejuvenation_rate = parameter(
      "Rejuvenation rate", 0.05, "1/d",
      "Return to the healthy cells under a saturating signal 'rejuvenation'. [assumed]", 0, 10);

  // Secreted factors.
  Parameter secretion = parameter(
      "Secretion", 10, "1/d",
      "SASP from senescent cells at the reference density, in units of the half-effective "
      "amount. [assumed]",
      0, 1e4);
  Parameter secondary_secretion =
      parameter("Secondary secretion", 0.3, "1",
                "That of a secondary cell against a primary one. [assumed]", 0, 1);
  Parameter sasp_decay =
      parameter("SASP decay", 1, "1/d", "First-order loss of SASP. [assumed]", 1e-6, 1e3);
  Parameter sasp_diffusivity =
      parameter("SASP diffusivity", 50, "um^2/s",
                "In the tissue, as a cytokine of 17 kDa; 10 to 100. [assumed]", 0, 1e4);

  // Progenitors.
  Parameter pool = parameter("Quiescent pool", 0.01, "1",
                             "Quiescent progenitors, of the reference density. [assumed]", 0, 1);
  Parameter waking =
      parameter("Waking rate", 0.214, "1/d",
                "Of the quiescent pool without SASP. [computed: such that active progenitors reach "
                "2.5 % of the reference density 84 d after a depot]",
                0, 100);
  Parameter half_brake = parameter("Half inhibition", 0.5, "1",
                                   "SASP that halves the waking. [assumed]", 1e-6, HUGE_VAL);
  Parameter progenitor_capacity =
      parameter("Progenitor capacity", NAN, "1/mL", "Largest density of active progenitors.", 1,
                HUGE_VAL, "none");
  Parameter capacity =
      parameter("Capacity", 1e7, "1/mL",
                "Density of all these cells at which no progenitor wakes; 2e7 in a "
                "scaffold. [assumed]",
                1, HUGE_VAL);
  Parameter maturation = parameter("Maturation rate", 0.05, "1/d",
                                   "Of active progenitors to healthy cells. [assumed]", 0, 10);

  // Drug and particles.
  Parameter largest_kill = parameter(
      "Largest kill rate", 0.6, "1/d",
      "Of senescent cells in saturating drug; 0.4 to 1.2. [assumed: from SE19, navitoclax, "
      "whose exposure time was not seen]",
      0, 100);
  Parameter hill =
      parameter("Hill exponent", 2, "1",
                "Of the drug's effect. [computed: reproduces the depot's course]", 1, 10);
  Parameter selectivity =
      parameter("Off-target share", 0.02, "1",
                "Kill rate of healthy cells against that of senescent ones. [assumed]", 0, 1);
  Parameter drug_half_life =
      parameter("Drug half-life", 4, {"h", "d"},
                "Of the free drug in the tissue; 1 to 5 h. [recalled: reviews of drugs "
                "injected into joints]",
                1e-3, HUGE_VAL);
  Parameter drug_diffusivity =
      parameter("Drug diffusivity", 250, "um^2/s", "In the tissue. [assumed: as glucose]", 0, 1e4);
  Parameter release_half_life =
      parameter("Release half-life", 7, "d", "Of the drug in its particles; 3 to 30 d. [assumed]",
                1e-3, HUGE_VAL);
  Parameter clearance_half_life = parameter(
      "Depot half-life", 14, "d",
      "Of the particles by clearance; at least 14 d for large ones. [seen: PAR20]", 1e-3, HUGE_VAL);
  Parameter inflamed_clearance = parameter(
      "Inflamed clearance", 0, "1",
      "Change of the particles' clearance under a saturating signal 'inflammation': positive "
      "where they leak from inflamed joints [seen: PR16], negative where they stay longer "
      "[seen: PAR20]; sources disagree. [assumed]",
      -1, 100);
  Parameter depot_diffusivity =
      parameter("Depot diffusivity", 0, "um^2/s",
                "Of the particles in the tissue; 0: they stay. [assumed: no data]", 0, 1e4);

  // A reservoir outside, such as the fluid of a joint.
  Text reservoir_face = text(
      "Reservoir face", "", "Face that touches a fluid with drug, such as a joint's; empty: none.");
  Text reservoir_form = choice("Reservoir form", "depot", "depot|free",
                               "Whether particles or free drug are given into that fluid.");
  Text reservoir_times =
      text("Reservoir dose times", "0", "Days of the doses into that fluid, separated by commas.");
  Parameter reservoir_dose = parameter(
      "Reservoir dose", NAN, "1",
      "Each dose, as the amount of drug per fluid, in units of the EC50.", 0, HUGE_VAL, "none");
  Parameter reservoir_half_life = parameter(
      "Reservoir half-life", 4, {"h", "d"},
      "Of the free drug in that fluid; 1 to 5 h. [recalled: reviews of drugs injected into "
      "joints]",
      1e-3, HUGE_VAL);
  Parameter permeability = parameter("Reservoir permeability", NAN, "mm/d",
                                     "Of that face for the drug.", 0, HUGE_VAL, "none");

  bool has_secondary   = !secondary_name.empty();
  bool has_progenitors = !progenitor_name.empty();
  bool has_drug        = !drug_name.empty();
  bool has_depot       = !depot_name.empty();
  bool has_damage      = !damage_name.empty();
  bool has_reservoir   = !reservoir_face.empty();
  bool has_capacity    = progenitor_capacity.given();
  DoseTimes doses      = checked_dose_times();

  Species healthy   = population(healthy_name, "1/mL");
  Species senescent = population(senescent_name, "1/mL");
  Species secondary = has_secondary ? population(secondary_name, "1/mL") : Species();
  Species active    = has_progenitors ? population(progenitor_name, "1/mL") : Species();

  // Of all doses; in a unit of its own, so that it is not taken for the density of one dose.
  Field all_healthy = has_progenitors ? total(healthy_name, "1/mm^3") : Field();

  Species sasp = mobile_species(sasp_name, "1",
                                "Factors secreted by senescent cells, 1 where they have half of "
                                "their effect.",
                                in_tissue(sasp_diffusivity, "um^2/s").decaying(sasp_decay));
  Species drug =
      has_drug
          ? mobile_species(drug_name, "1", "Free senolytic drug, 1 at its EC50.",
                           in_tissue(drug_diffusivity, "um^2/s").decaying(ln2 / drug_half_life))
          : Species();
  Species depot = own_depot();

  Field damage = has_damage ? field(damage_name, "1") : Field();
  Field inflamed =
      has_depot && inflamed_clearance != 0 ? use("inflammation", healthy_name, sum) : Field();
  Field entry       = use("senescence", healthy_name, product);
  Field oxidative   = use("oxidative senescence", healthy_name, sum);
  Field rejuvenated = use("rejuvenation", senescent_name, sum);
  Field dividing    = has_progenitors ? use("proliferation", progenitor_name, product) : Field();
  Field face        = has_reservoir ? on_face(reservoir_face, "1/mm") : Field();
  Field time        = has_reservoir || saturating ? field("time", "d") : Field();

  double release      = ln2 / release_half_life;
  double clearance    = ln2 / clearance_half_life;
  double loss_outside = ln2 / reservoir_half_life;
  double per_cell     = 1 / reference_density;

  /** From healthy to senescent, for every dose of healthy cells, and off-target death. */
  template <class Number>
  void rates(At<Number> &at) const
  {
    Number others = Number(baseline_entry) + oxidative_entry * at[oxidative];
    if (has_damage)
      others += damage_entry * at[damage];
    if (saturating)
      others += ageing_rate * unit_density * per_cell * (at[time] + age_at_start);
    const Number primary = others * at[entry] * at[healthy];
    const Number bystander =
        bystander_entry * lacuna::saturation(at[sasp], 1.) * at[entry] * at[healthy];
    at.becomes(healthy, senescent, primary);
    at.becomes(healthy, has_secondary ? secondary : senescent, bystander);
    if (has_drug)
      at.rate(healthy) -= selectivity * kill_rate(at) * at[healthy];
  }

  /** What happens once, however many doses of healthy cells there are. */
  template <class Number>
  void tissue_rates(At<Number> &at) const
  {
    removal_and_secretion(at);
    if (has_progenitors)
      wake_progenitors(at);
    if (has_drug)
      supply_drug(at);
  }

private:
  static constexpr double cubic_mm_per_mL = 1e3;

  template <class Number>
  void removal_and_secretion(At<Number> &at) const
  {
    Number load      = at[senescent];
    Number secreting = at[senescent];
    if (has_secondary)
    {
      load += at[secondary];
      secreting += secondary_secretion * at[secondary];
    }
    Number dying =
        saturating ? largest_removal / (half_removal + load / unit_density) : Number(removal_rate);
    const Number returning = rejuvenation_rate * at[rejuvenated];
    if (has_drug)
      dying += kill_rate(at);
    at.rate(senescent) -= dying * at[senescent];
    at.becomes(senescent, healthy, returning * at[senescent]);
    if (has_secondary)
    {
      at.rate(secondary) -= dying * at[secondary];
      at.becomes(secondary, healthy, returning * at[secondary]);
    }
    at.rate(sasp) += secretion * per_cell * secreting;
  }

  template <class Number>
  void wake_progenitors(At<Number> &at) const
  {
    Number all = cubic_mm_per_mL * at[all_healthy] + at[senescent] + at[active];
    if (has_secondary)
      all += at[secondary];
    const Number brake = at[sasp] / half_brake;
    Number woken       = waking * pool * reference_density * at[dividing] *
                   lacuna::positive_part(1 - all / capacity) / (1 + brake * brake);
    if (has_capacity)
      woken *= lacuna::positive_part(1 - at[active] / progenitor_capacity);
    at.rate(active) += woken;
    at.becomes(active, healthy, maturation * at[active]);
  }

  template <class Number>
  void supply_drug(At<Number> &at) const
  {
    if (has_depot)
    {
      Number cleared = Number(clearance);
      if (inflamed_clearance != 0)
        cleared *= 1 + inflamed_clearance * at[inflamed];
      at.rate(depot) -= (release + cleared) * at[depot];
      at.rate(drug) += release * at[depot];
    }
    if (has_reservoir)
    {
      const Number exchange = permeability * at[face];
      at.rate(drug) += exchange * in_reservoir(lacuna::value(at[time]));
      at.rate(drug) -= exchange * at[drug];
    }
  }

  template <class Number>
  Number kill_rate(At<Number> &at) const
  {
    const Number effect = lacuna::pow(lacuna::positive_part(at[drug]), hill);
    return largest_kill * effect / (1 + effect);
  }

  /** Drug in the fluid outside: what its doses have released and what is not yet lost. */
  double in_reservoir(double day) const
  {
    double concentration = 0;
    for (int i = 0; i < doses.n; ++i)
      if (day >= doses.time[i])
        concentration += reservoir_dose * left_in_reservoir(day - doses.time[i]);
    return concentration;
  }

  double left_in_reservoir(double days) const
  {
    if (reservoir_form == "free")
      return std::exp(-loss_outside * days);
    const double difference = loss_outside - release - clearance;
    const double released   = difference == 0 ? days : -std::expm1(-difference * days) / difference;
    return release * std::exp(-(release + clearance) * days) * released;
  }

  Species own_depot()
  {
    if (!has_depot)
      return Species();
    const char *const what = "Drug inside particles, in units of its EC50.";
    if (depot_diffusivity > 0)
      return mobile_species(depot_name, "1", what, in_tissue(depot_diffusivity, "um^2/s"));
    return immobile_species(depot_name, "1", what);
  }

  /** The times of doses into the fluid outside, once it is clear that the parameters fit together.
   */
  DoseTimes checked_dose_times() const
  {
    if (saturating && !unit_density.given())
      lacuna::refuse(
          "needs 'Density of one unit' for a saturating removal: how many senescent cells "
          "per mL one unit of 'Half-saturating load' stands for.");
    if ((has_depot || has_reservoir) && !has_drug)
      lacuna::refuse(
          "has a depot or reservoir but no drug in it; write 'set Drug = drug', or remove "
          "'Drug depot' and 'Reservoir face'.");
    if (has_reservoir && (!reservoir_dose.given() || !permeability.given()))
      lacuna::refuse(
          "needs 'Reservoir dose' and 'Reservoir permeability' for the reservoir at '%s'.",
          reservoir_face.characters());
    DoseTimes result;
    for (const char *rest = reservoir_times; has_reservoir && *rest != 0; ++result.n)
    {
      char *after      = nullptr;
      const double day = std::strtod(rest, &after);
      if (after == rest || result.n == DoseTimes::capacity)
        lacuna::refuse(
            "cannot read the times '%s' in 'Reservoir dose times': at most %d numbers of "
            "days, separated by commas.",
            reservoir_times.characters(), DoseTimes::capacity);
      result.time[result.n] = day;
      rest                  = after + std::strspn(after, ", ");
    }
    return result;
  }
};

LACUNA_LAW(
    Senescence, "senescence", "1.0.0", "d",
    "Cells that become senescent, the factors that they secrete, and drugs and particles that "
    "remove them.")

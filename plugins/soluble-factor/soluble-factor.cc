// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include <lacuna/law.h>

// One soluble factor that diffuses, decays, is secreted by cells, and is released from a depot:
// SDF-1, TGF-beta, a drug; see README.md.

struct SolubleFactor : lacuna::Law<SolubleFactor>
{
  Text name = text("Species", "SDF-1", "Name of the factor, as other laws and injections call it.");

  Text unit = text("Unit", "1",
                   "Its unit: 1 where it is counted in dissociation constants or half effects, "
                   "ng/mL for TGF-beta; all amounts below are in this unit.");

  Parameter diffusivity = parameter(
      "Diffusivity", 50, "um^2/s",
      "In the tissue; 10 to 100. [assumed: a cytokine of 17 kDa in disc or cartilage]", 0, 1e4);

  Parameter radius = parameter("Radius", NAN, "nm",
                               "Hydrodynamic radius, from which the diffusivity then follows "
                               "(Stokes and Einstein, Ogston). [computed]",
                               0.01, 1000, "none");

  Parameter half_life =
      parameter("Half-life", NAN, {"h", "d"}, "By decay and binding; none: it persists. [assumed]",
                1e-6, 1e9, "none");

  Parameter initial =
      parameter("Initial value", 0, "1", "Everywhere at the start. [assumed]", 0, 1e12);

  Text supply = choice("Supply", "closed", "closed|fixed|exchange",
                       "What the faces that supply the tissue do: nothing passes; they hold the "
                       "Supply value; or they exchange with a bath of it.");

  Parameter supply_value = parameter(
      "Supply value", 0, "1", "At the faces or in the bath; 0 washes out. [assumed]", 0, 1e12);

  Parameter exchange = parameter("Exchange coefficient", NAN, {"m/s", "m/d"},
                                 "Of Supply = exchange. [assumed]", 0, 1, "none");

  Text secreting_name =
      text("Secreting population", "", "Cells that make it, all doses together; empty: none.");

  Parameter secretion =
      parameter("Secretion", 0, "1/d", "What 1e6 cells in a mL make in a day. [assumed]", 0, 1e12);

  Text depot_name = text("Depot", "",
                         "Name of an immobile depot, such as a gel, that can be injected and "
                         "releases the factor; empty: none.");

  Parameter depot_initial = parameter("Initial depot", 0, "1",
                                      "In the depot everywhere at the start. [assumed]", 0, 1e12);

  Parameter release_half_life = parameter(
      "Release half-life", 10, "d",
      "In which the depot gives half of itself away; 5 to 28. [assumed: gels]", 1e-6, 1e6);

  Species factor   = mobile_species(name, unit, "A soluble factor in the tissue.", transport());
  Field secreting  = secreting_name.empty() ? Field() : total(secreting_name, "1/mL");
  Species depot    = depot_name.empty()
                         ? Species()
                         : immobile_species(depot_name, unit, "What a depot still holds of a factor.",
                                            depot_initial);
  double releasing = std::log(2.) / release_half_life;

  template <class Number>
  void tissue_rates(At<Number> &at) const
  {
    if (!secreting_name.empty())
      at.rate(factor) += millions * secretion * at[secreting];
    if (depot_name.empty())
      return;
    const Number released = releasing * at[depot];
    at.rate(depot) -= released;
    at.rate(factor) += released;
  }

private:
  static constexpr double seconds_per_day = 86400;
  static constexpr double millions        = 1e-6; // secretion is that of 1e6 cells/mL

  lacuna::Transport transport() const
  {
    const lacuna::Transport moved =
        (radius.given() ? of_size(radius) : in_tissue(diffusivity, "um^2/s"))
            .initially(initial)
            .decaying(half_life.given() ? std::log(2.) / half_life : 0);
    if ((supply == "exchange") != exchange.given())
      lacuna::refuse("needs 'Exchange coefficient' with 'Supply = exchange', and only with it.");
    if (supply == "fixed")
      return moved.fixed_at_supply(supply_value);
    if (supply == "exchange")
      return moved.exchanged_at_supply(exchange / seconds_per_day, supply_value);
    return moved;
  }
};

LACUNA_LAW(SolubleFactor, "soluble-factor", "1.0.0", "d",
           "One soluble factor that diffuses, decays, is secreted by cells and released from a "
           "depot.")

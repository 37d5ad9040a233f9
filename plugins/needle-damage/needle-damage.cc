// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include <lacuna/law.h>

#include "track.h"

// The puncture of a dose: cells that its needle kills at once, and damage that stays around its
// track, for other laws to read; see README.md.

namespace
{
  struct Gauge
  {
    const char *name;
    double diameter; ///< mm, outside
  };
  // [recalled: table of hypodermic needles; 21 gauge seen: 0.82 mm]
  constexpr Gauge gauges[] = {{"14", 2.11}, {"16", 1.65}, {"18", 1.27}, {"20", 0.91},
                              {"21", 0.82}, {"22", 0.72}, {"23", 0.64}, {"24", 0.57},
                              {"25", 0.51}, {"26", 0.46}, {"27", 0.41}, {"30", 0.31}};
} // namespace

struct NeedleDamage : lacuna::Law<NeedleDamage>
{
  Names population_names =
      names("Populations", "NP cells",
            "Whose cells die where the needle passes, separated by commas; empty: nobody's.");

  Text species_name = text("Species", "needle damage",
                           "Name of the damage: 0 in intact tissue, 1 where it is destroyed.");

  Names doses = names("Doses", "",
                      "The doses that are injected through a needle, separated by commas; empty: "
                      "all of them. Two doses through one needle are one puncture: name one.");

  Text gauge = choice("Gauge", "21", "14|16|18|20|21|22|23|24|25|26|27|30",
                      "Sets the diameter: 2.11, 1.65, 1.27, 0.91, 0.82, 0.72, 0.64, 0.57, 0.51, "
                      "0.46, 0.41, 0.31 mm. [recalled: table of hypodermic needles; 21 gauge seen: "
                      "0.82 mm]");

  Parameter given_diameter =
      parameter("Needle diameter", NAN, "mm",
                "Outside, instead of that of the gauge. [of the needle]", 1e-3, 10, "as gauge");

  Parameter direction_x = component("Direction x", 0);
  Parameter direction_y = component("Direction y", 1);
  Parameter direction_z = component("Direction z", 0);

  Parameter killed_layer =
      parameter("Killed layer", 0.3, "mm",
                "Around the needle, in which cells die; 0.1 to 0.5. [assumed]", 0, 10);

  Parameter damage_on_axis =
      parameter("Damage at the needle", 1, "1",
                "Of one puncture, in the killed layer and inside it. [assumed: destroyed]", 0, 1);

  Parameter damage_range =
      parameter("Damage range", 0.5, "mm",
                "Over which damage falls by e outside that layer. [assumed]", 1e-3, 100);

  Parameter smearing = parameter(
      "Smearing", 0, "mm",
      "Standard deviation over which death and damage are spread, as much of them, on a mesh too "
      "coarse for the track; 0: not at all. [numerical]",
      0, 100);

  Parameter height =
      parameter("Disc height", NAN, "mm",
                "If it is given, needle and height are compared for every dose, which changes "
                "nothing in the run. [of the patient]",
                0.01, 100, "none");

  Field x = field("x", "mm"), y = field("y", "mm"), z = field("z", "mm");

  Species damage = immobile_species(species_name, "1", "Damage by needles, 0 to 1.");

  bool every_dose_exists = look_for_doses();
  NeedleTrack track      = make_track();
  Species cells[Names::capacity];

  NeedleDamage()
  {
    for (int i = 0; i < population_names.size(); ++i)
      cells[i] = population(population_names[i], "1/mL");
  }

  void deliver(Dose &dose) const
  {
    if (!height.given() || !goes_through_needle(dose))
      return;
    const double ratio = diameter() / height;
    lacuna::report(dose,
                   "the needle of dose '%s', %.3g mm, is %.2g times as thick as the disc is high, "
                   "which takes about %.2g %% of its stiffness.",
                   dose.name, diameter(), ratio, 100 * stiffness_loss(ratio));
  }

  void at_dose(const Dose &dose, At<double> &at) const
  {
    if (!goes_through_needle(dose))
      return;
    const double distance = track.distance(at[x] - dose.x, at[y] - dose.y, at[z] - dose.z);
    // What is left intact by one puncture after another is multiplied.
    at.after(damage) = 1 - (1 - at[damage]) * (1 - track.damage(distance));
    for (int i = 0; i < population_names.size(); ++i)
      at.after(cells[i]) = at[cells[i]] * (1 - track.killed(distance));
  }

private:
  Parameter component(const char *name, double default_value)
  {
    return parameter(name, default_value, "1",
                     "Of the vector along which the needle is pushed; its length does not matter. "
                     "[assumed: from behind, in a generated lumbar disc]",
                     -1e6, 1e6);
  }

  /** The host knows the doses, and refuses a time since one that does not exist. */
  bool look_for_doses()
  {
    for (int i = 0; i < doses.size(); ++i)
      since(doses[i], "d");
    return true;
  }

  bool goes_through_needle(const Dose &dose) const
  {
    return doses.size() == 0 || doses.contains(dose.name);
  }

  double diameter() const
  {
    if (given_diameter.given())
      return given_diameter;
    for (const Gauge &known : gauges)
      if (gauge == known.name)
        return known.diameter;
    return NAN;
  }

  NeedleTrack make_track() const
  {
    const double length = std::sqrt(direction_x * direction_x + direction_y * direction_y +
                                    direction_z * direction_z);
    if (length == 0)
      lacuna::refuse("has no direction of the needle; write for example 'set Direction y = 1'.");
    const NeedleTrack result{{direction_x / length, direction_y / length, direction_z / length},
                             0.5 * diameter() + killed_layer,
                             damage_on_axis,
                             damage_range,
                             smearing};
    if (smearing > 0 && smearing < result.least_smearing())
      lacuna::refuse(
          "cannot spread its damage over only %.3g mm, because it reaches farther; write "
          "'set Smearing = %.2f mm' or more, or 0.",
          double(smearing), std::ceil(100 * result.least_smearing()) / 100);
    return result;
  }
};

LACUNA_LAW(NeedleDamage, "needle-damage", "1.0.0", "d",
           "Cells killed by the needle of a dose, and the damage that stays around its track.")

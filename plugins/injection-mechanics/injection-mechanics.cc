// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include <lacuna/law.h>

#include "pressure.h"

// How much of a dose a disc takes and keeps: the pressure of the injected fluid, the volume that is
// allowed, and the leak along the needle track; see README.md.

namespace
{
  constexpr double psi = 6.894757; // kPa

  /** Elastance of discs by grade of their discogram. [seen: EL09, 49 human discs] */
  struct Grade
  {
    const char *name;
    double elastance; ///< kPa/mL
  };
  constexpr Grade grades[] = {
      {"0", 43.0 * psi}, {"1", 39.5 * psi}, {"2", 30.5 * psi}, {"4", 13.2 * psi}, {"5", 6.9 * psi}};
} // namespace

struct InjectionMechanics : lacuna::Law<InjectionMechanics>
{
  Names doses = names("Doses", "",
                      "The doses that are injected through a needle, separated by commas; empty: "
                      "all doses that have a volume.");

  Text grade = choice("Discogram grade", "0", "0|1|2|4|5",
                      "Sets the elastance of the disc, 43.0, 39.5, 30.5, 13.2 and 6.9 psi/mL; 0 is "
                      "healthy and takes least. [seen: EL09, 49 human discs]");

  Parameter given_elastance = parameter("Elastance", NAN, "kPa/mL",
                                        "Rise of pressure per injected volume, instead of that of "
                                        "the grade. [measured in the patient, or swept]",
                                        1e-3, 1e5, "as grade");

  Parameter rate = parameter("Injection rate", 1, {"mL/min", "mL/s"},
                             "At which the fluid goes in. [assumed: as in trials]", 1e-4, 1e3);

  Parameter dwell = parameter("Dwell", 0, "s",
                              "How long the needle stays after the injection and seals its track; "
                              "240 s in bovine discs (seen: MICH19). [assumed]",
                              0, 1e5);

  Text carrier = choice("Carrier", "gel", "saline|gel",
                        "Sets the leak time: saline 300 s, gel 6000 s. [assumed: leaks of 40 % and "
                        "4 % without dwell]");

  Parameter given_leak_time = parameter("Leak time", NAN, "s",
                                        "Resistance of the open needle track times compliance of "
                                        "the disc, instead of that of the carrier. [assumed]",
                                        1e-3, 1e9, "as carrier");

  Parameter permeation_time = parameter(
      "Permeation time", 300, "s",
      "Resistance of the tissue around times compliance of the disc; 60 to 900. [assumed: "
      "order of the dwell of 240 s]",
      1e-3, 1e9);

  Parameter largest_pressure =
      parameter("Largest pressure", 345, "kPa",
                "50 psi above opening, the limit of discography. [recalled: practice]", 1e-3, 1e5);

  Parameter customary_volume = parameter(
      "Largest volume", 3, "mL",
      "Of one injection, however soft the disc; trials inject 0.5 to 3. [seen: T1]", 1e-3, 1e3);

  Parameter needle_survival = parameter(
      "Survival in the needle", 1, "1",
      "Share of the living cells that pass the needle alive; 0.9 to 1, 1 for AMSC through 18 and "
      "30 gauge. [seen: ON16]",
      0, 1);

  Parameter largest_density = parameter(
      "Largest cell density", NAN, "1/mL",
      "Of the suspension; a denser dose is refused. [no source gives one]", 0, HUGE_VAL, "none");

  bool every_dose_exists = look_for_doses();

  PressureVessel disc = {given_elastance.given() ? double(given_elastance) : of_grade(),
                         permeation_time,
                         given_leak_time.given() ? double(given_leak_time) : of_carrier(),
                         largest_pressure, customary_volume};

  void deliver(Dose &dose) const
  {
    if (doses.size() > 0 ? !doses.contains(dose.name) : dose.volume == 0)
      return;
    if (dose.volume == 0)
      lacuna::refuse(
          "cannot inject dose '%s', which has no volume; write for example 'set Volume = "
          "1 mL' in 'Injections/%s', or leave it out of 'Doses'.",
          dose.name, dose.name);
    refuse_too_large(dose);
    refuse_too_dense(dose);
    const double leak = disc.leak_fraction(dose.volume, rate, dwell);
    dose.retained_fraction *= 1 - leak;
    dose.needle_survival *= needle_survival;
    lacuna::report(dose,
                   "%.3g mL of dose '%s' bring a disc of %.3g kPa/mL, which may take %.3g mL, to "
                   "%.3g kPa; %.3g kPa are left when the needle is withdrawn, and %.2g %% of the "
                   "dose leak.",
                   dose.volume, dose.name, disc.elastance, disc.allowed_volume(),
                   disc.peak_pressure(dose.volume, rate),
                   disc.pressure_at_withdrawal(dose.volume, rate, dwell), 100 * leak);
  }

private:
  static constexpr double rounding = 1 + 1e-9; // a dose as large as allowed is not too large

  /** The host knows the doses, and refuses a time since one that does not exist. */
  bool look_for_doses()
  {
    for (int i = 0; i < doses.size(); ++i)
      since(doses[i], "s");
    return true;
  }

  double of_grade() const
  {
    for (const Grade &known : grades)
      if (grade == known.name)
        return known.elastance;
    return grades[0].elastance;
  }

  /** R_t C in s. [assumed: leaves a leak of 40 % of saline, and of 4 % of a gel] */
  double of_carrier() const { return carrier == "saline" ? 300 : 6000; }

  void refuse_too_large(const Dose &dose) const
  {
    const double allowed = disc.allowed_volume();
    if (dose.volume <= rounding * allowed)
      return;
    char way_out[128] = "inject less";
    if (allowed >= 0.01)
      std::snprintf(way_out, sizeof(way_out),
                    "write 'set Volume = %.2f mL' or less in 'Injections/%s'",
                    std::floor(100 * allowed + 1e-6) / 100, dose.name);
    if (disc.volume_at_largest_pressure() >= customary_volume)
      lacuna::refuse("refuses the %.3g mL of dose '%s': %.3g mL, its 'Largest volume', is the most "
                     "that is injected at once, however soft the disc; %s.",
                     dose.volume, dose.name, allowed, way_out);
    char resisting[64] = "the disc";
    if (!given_elastance.given())
      std::snprintf(resisting, sizeof(resisting), "a disc of discogram grade %.8s",
                    grade.characters());
    lacuna::refuse(
        "refuses the %.3g mL of dose '%s': %s resists with %.3g kPa/mL, so that %.3g mL bring it "
        "to "
        "the 'Largest pressure' of %.3g kPa (this dose, at %.3g mL/min, would bring it to %.3g "
        "kPa); %s, or another '%s' if the disc is a softer one.",
        dose.volume, dose.name, resisting, disc.elastance, allowed, double(largest_pressure),
        60 * rate, disc.peak_pressure(dose.volume, rate), way_out,
        given_elastance.given() ? "Elastance" : "Discogram grade");
  }

  void refuse_too_dense(const Dose &dose) const
  {
    if (largest_density.given() && dose.loaded > rounding * largest_density * dose.volume)
      lacuna::refuse("refuses the %.3g cells of dose '%s' in %.3g mL: that is %.3g per mL, above "
                     "the 'Largest cell density' of %.3g per mL; load at most %.3g cells, or take "
                     "more fluid.",
                     dose.loaded, dose.name, dose.volume, dose.loaded / dose.volume,
                     double(largest_density), largest_density * dose.volume);
  }
};

LACUNA_LAW(InjectionMechanics, "injection-mechanics", "1.0.0", "s",
           "Pressure of an injection, the volume that a disc takes, and the leak along the needle "
           "track.")

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause

// Oxygen, lactate and glucose with the rates of Bibby et al. (2005) per tissue volume, and oxygen
// in a fibrin gel: cases V12 to V15 and V22 of tests/data.

#include "support/case_run.h"
#include "support/golden.h"

#include <gtest/gtest.h>

#include <cmath>

using namespace lacuna;

namespace
{
  using Overrides = std::vector<std::string>;

  constexpr double tolerance = 2e-4;     ///< relative
  constexpr double henry     = 0.010268; ///< mM/kPa

  /** Our name for what the reference calls "O2_kPa" or "glucose_mM centre". */
  std::string quantity_of(const std::string &reference)
  {
    for (const auto &[theirs, ours] : std::vector<std::pair<std::string, std::string>>{
             {"O2_kPa", "oxygen"}, {"lactate", "lactate"}, {"glucose", "glucose"}, {"pH", "pH"}})
      if (reference.rfind(theirs, 0) == 0)
        return ours;
    return "";
  }

  void expect_close(double value, double exact, const std::string &what = "")
  {
    EXPECT_NEAR(value, exact, tolerance * std::abs(exact)) << what;
  }

  /** All values of a case, or those with a note, at the end or at their times. */
  void expect_golden(const CaseRun &run, const std::string &name, const std::string &note = "")
  {
    unsigned int found = 0;
    for (const GoldenValue &row : golden("coupled", name))
    {
      const std::string quantity = quantity_of(row.quantity);
      if (quantity.empty() || (!note.empty() && row.note != note))
        continue;
      ++found;
      expect_close(row.time > 0 ? run.at_time(row.time, quantity, row.x) : run.at(quantity, row.x),
                   row.value,
                   name + " " + note + ": " + quantity + " at x = " + std::to_string(row.x) +
                       " mm, t = " + std::to_string(row.time) + " s");
    }
    EXPECT_GT(found, 0u);
  }

  /** Fluxes through the right face of a bar of this cross-section (mm^2). */
  void expect_fluxes(const CaseRun &run, const std::string &name, double area)
  {
    const auto flux = [&](const std::string &reference)
    { return golden_value("coupled", name, "D*dc/dn right face " + reference + " mm/s"); };
    expect_close(run.balance("oxygen").in / area, henry * flux("O2_kPa"));
    expect_close(run.balance("lactate").in / area, flux("lactate_mM"));
    expect_close(run.balance("glucose").in / area, flux("glucose_mM"));
  }

  /** The slab of V12, with what is changed in it. */
  CaseRun slab(const Overrides &more, const std::string &half_thickness = "6",
               const std::string &density = "3.6e6", const std::string &porosity = "0.8",
               const std::string &balance = "tissue")
  {
    Overrides overrides = {"Geometry/Element degree=2",
                           "Tissue/Solute balance=" + balance,
                           "Geometry/Box/Layers=nucleus: " + half_thickness + " mm / 48",
                           "Cells/NP cells/Density in nucleus=" + density + " /mL",
                           "Tissue/nucleus/Porosity=" + porosity,
                           "Output/Probes/axis/From=0 mm, 0 mm, 0 mm",
                           "Output/Probes/axis/To=5.5 mm, 0 mm, 0 mm",
                           "Output/Probes/axis/Points=12"};
    if (std::stod(half_thickness) < 5.5)
      overrides[6] = "Output/Probes/axis/To=5 mm, 0 mm, 0 mm", overrides[7].back() = '1';
    overrides.insert(overrides.end(), more.begin(), more.end());
    return CaseRun(verification("slab-bibby.prm"), overrides);
  }
} // namespace

TEST(NucleusSlab, ProfilesAndFluxes)
{
  const CaseRun a = slab({});
  expect_golden(a, "V12a");
  expect_fluxes(a, "V12a", 0.25 * 0.25);
}

TEST(NucleusSlab, OxygenByPorosity)
{
  const CaseRun b = slab({}, "6", "3.6e6", "0.8", "tissue, oxygen by porosity");
  expect_golden(b, "V12b");
  expect_fluxes(b, "V12b", 0.25 * 0.25);
}

TEST(NucleusSlab, OneThingChanged)
{
  const std::string value = "Boundary conditions/right/";
  expect_golden(slab({}, "5"), "V12c", "half-thickness 5");
  expect_golden(slab({}, "7"), "V12c", "half-thickness 7");
  expect_golden(slab({}, "6", "1.8e6"), "V12c", "density x0.5");
  expect_golden(slab({}, "6", "7.2e6"), "V12c", "density x2");
  expect_golden(slab({value + "glucose/Value=2 mM"}), "V12c", "bath glucose 2 mM");
  expect_golden(slab({value + "oxygen/Value=2.55 kPa"}), "V12c", "bath O2 2.55 kPa");
  expect_golden(slab({}, "6", "5.55e6", "0.75"), "V12c", "AF tissue");
}

namespace
{
  /** Nucleus of 10 mm between endplates of 0.8 mm; their diffusivities in water times hindrance
   * times a factor. */
  CaseRun between_endplates(double factor)
  {
    const double hindrance = std::pow(0.66 / (2 - 0.66), 2) * factor;
    const auto given       = [&](const std::string &solute, double in_water)
    {
      return "Tissue/endplate/Diffusivity of " + solute + "=" +
             std::to_string(1e9 * in_water * hindrance) + "e-9 m^2/s";
    };
    return CaseRun(verification("layers-bibby.prm"),
                   {"Tissue/Solute balance=tissue", "Tissue/endplate/Porosity=0.66",
                    "Geometry/Box/Layers=nucleus: 5 mm / 40, endplate: 0.8 mm / 16",
                    "Cells/cells/Density in nucleus=3.6e6 /mL",
                    "Cells/cells/Density in endplate=13.5e6 /mL", given("oxygen", 3.0e-9),
                    given("lactate", 1.39e-9), given("glucose", 9.16667e-10),
                    "Output/Probes/axis/From=0 mm, 0 mm, 0 mm",
                    "Output/Probes/axis/To=5.8 mm, 0 mm, 0 mm", "Output/Probes/axis/Points=59"});
  }
} // namespace

TEST(NucleusBetweenEndplates, ProfilesAndFluxes)
{
  const CaseRun run = between_endplates(1);
  expect_golden(run, "V13");
  expect_fluxes(run, "V13", 0.1 * 0.1);
}

TEST(NucleusBetweenEndplates, TighterEndplates)
{
  expect_golden(between_endplates(0.5), "V13b", "CEP diffusivity x0.5");
  expect_golden(between_endplates(0.25), "V13b", "CEP diffusivity x0.25");
}

TEST(NucleusBetweenEndplates, EndplateAsABarrier)
{
  for (const char *scale : {"1", "0.5", "0.25"})
  {
    Overrides overrides;
    for (const auto &[solute, h] : std::vector<std::pair<std::string, double>>{
             {"oxygen", 9.097237692e-4}, {"lactate", 4.215053464e-4}, {"glucose", 2.779712528e-4}})
    {
      const std::string on_face = "Boundary conditions/right/" + solute + "/";
      overrides.push_back(on_face + "Type=exchange");
      overrides.push_back(on_face + "Exchange coefficient=" +
                          std::to_string(1e4 * h * std::stod(scale)) + "e-4 mm/s");
    }
    expect_golden(slab(overrides, "5"), "V14", std::string("h scale ") + scale);
  }
}

TEST(SupplyDrop, NucleusSlab)
{
  const CaseRun run(verification("supply-drop.prm"));
  expect_golden(run, "V15");

  // The error of time: half the tolerance changes nothing.
  const CaseRun tighter(
      verification("supply-drop.prm"),
      {"Time/Relative tolerance=1e-6", "Time/End=6 h", "Output/Field times=1 h, 3 h"});
  for (const double time : {3600., 10800., 21600.})
    for (const char *quantity : {"oxygen", "glucose", "lactate"})
      EXPECT_NEAR(tighter.at_time(time, quantity, 0) / run.at_time(time, quantity, 0), 1, 1e-4);

  // Where it all ends.
  const CaseRun end(verification("supply-drop.prm"), {"Time/Mode=steady"});
  expect_close(end.value("oxygen", "centre"), 0.9948746822);
  expect_close(end.value("lactate", "centre"), 2.476022673);
  expect_close(end.value("glucose", "centre"), 0.7292705444);
}

TEST(SupplyDrop, FibrinSlab)
{
  struct Slab
  {
    std::string density, half_thickness, note;
  };
  for (const Slab &slab : {Slab{"1e6", "1.0", "n=0.001"}, Slab{"2e6", "1.5", "n=0.002"},
                           Slab{"2e6", "2.0", "n=0.002"}})
  {
    const CaseRun run(verification("fibrin-step.prm"),
                      {"Geometry/Box/Layers=gel: " + slab.half_thickness + " mm / 40",
                       "Cells/cells/Density in gel=" + slab.density + " /mL"});
    const std::string note = slab.note + " half " + slab.half_thickness;
    for (const GoldenValue &row : golden("extra", "V22"))
    {
      if (row.note == note && row.quantity == "c_centre mM")
        expect_close(henry * run.at_time(row.time, "oxygen", 0), row.value,
                     note + ", t = " + std::to_string(row.time) + " s");
      if (row.note == slab.note + " 1e6/mm3 half-thickness " + slab.half_thickness + " mm" &&
          row.quantity == "c_centre steady before step mM")
        expect_close(henry * run.at_time(0, "oxygen", 0), row.value, note);
    }
  }
}

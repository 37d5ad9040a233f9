// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "config/describe.h"
#include "config/molar_mass.h"

namespace lacuna
{
  namespace
  {
    Section population(const Names &names)
    {
      Section section{"<population>", "A population of cells, resident or to be injected.", {}, {}};
      for (const std::string &region : names.regions)
      {
        Parameter density = quantity(
            "Density in " + region, "0 /mL", "1/mL", not_negative,
            "Residents per tissue volume: a quantity, or an expression of x, y, z in mm, as in "
            "'(4e6 - 1e4*x^2) /mL'.",
            "adult human discs: nucleus 4e6 /mL, annulus 9e6 /mL, endplate 15e6 /mL [recalled-H: "
            "Maroudas "
            "lineage]; 3.6e6, 5.55e6, 13.5e6 /mL [seen: UPF-T]");
        density.kind = Parameter::Kind::field;
        section.parameters.push_back(density);
      }
      return section;
    }
  } // namespace

  Section describe_cells(const Names &names)
  {
    return {
        "Cells", "The populations, each a sub-section with a free name.", {}, {population(names)}};
  }

  Section describe_laws()
  {
    Section section;
    section.name       = "Laws";
    section.meaning    = "What cells do and suffer: plugins, each a sub-section with a free name.";
    section.parameters = {
        choice("Competing deaths", "refused", {"refused", "allowed"},
               "Whether two laws may both kill the same population."),
    };
    section.sections = {describe_law("<law>", {})};
    return section;
  }

  Section describe_law(const std::string &name, const std::vector<Parameter> &parameters)
  {
    Section section{name,
                    "One law; its other parameters are those of the plugin ('lacuna parameters "
                    "--plugin NAME').",
                    {other(Parameter::Kind::text, "Law", must_be_given,
                           "Name of the plugin, or its path relative to the parameter file.")},
                    {}};
    for (const Parameter &parameter : parameters)
      section.parameters.push_back(amount_of(solute_in_name(parameter.name), parameter));
    return section;
  }

  Section describe_dose(const std::string &name, const Names &names, const Names::Mobile &species)
  {
    using Kind = Parameter::Kind;
    Section section{name, "One dose of one species.", {}, {}};
    section.parameters = {
        other(Kind::text, "Species", must_be_given,
              "A population, a solute, or a species of a law."),
        quantity("Time", "0 d", "d", not_negative, "When it is injected, the first time."),
        integer("Repeats", "1", {1., 1000.},
                "How often it is injected in all; the doses are called NAME, NAME 2, NAME 3 ..."),
        quantity_or("none", "Interval", "d", positive, "Between repeated injections."),
        amount_of(species.name,
                  quantity("Amount", must_be_given, species.unit, not_negative,
                           "What is loaded: cells or vesicles as a pure number ('6e6'), solutes "
                           "as an amount ('1 umol').")),
        quantity_or("none", "Volume", "mL", positive,
                    "Volume of fluid that stays in the tissue; it gives the ellipsoid its size."),
        other(Kind::list, "Site", must_be_given, "Middle of the bolus: x, y, z.", "mm"),
        choice("Shape", "ellipsoid", {"ellipsoid", "Gaussian", "point"},
               "How the dose is spread at first."),
        other(Kind::list, "Proportions", "1, 1, 1",
              "Of the half-axes of the ellipsoid along x, y, z.", "1"),
        quantity("Edge width", "0 mm", "mm", not_negative,
                 "Over which the density of the ellipsoid falls from full to nothing, where its "
                 "shortest half-axis ends; 0: a sharp edge."),
        quantity_or("none", "Standard deviation", "mm", positive,
                    "Of the Gaussian, in every direction."),
        other(Kind::names, "Regions", "all",
              "The regions into which it goes, separated by commas, or 'all'."),
        choice("Occupies", "displacing", {"displacing", "infiltrating"},
               "Whether the volume is a lens of its own, or the pore water of a larger volume of "
               "tissue."),
        quantity("Viability", "1", "1", fraction,
                 "Viable share of the loaded cells, 0.85 or so after thawing.",
                 "0.85 (0.7-0.95) [assumed: L06]"),
        quantity("Needle survival", "1", "1", fraction,
                 "Share of the viable cells that survive the needle.",
                 "1.0 (0.9-1.0) [seen: ON16]"),
        quantity("Retained fraction", "1", "1", fraction,
                 "Share that does not leak out along the needle track."),
    };
    for (const std::string &solute : names.solutes)
      section.parameters.push_back(
          concentration(quantity_or("as tissue", "Carrier " + solute, "mM", not_negative,
                                    "What is dissolved in the injected fluid."),
                        solute, names));
    return section;
  }

  Section describe_injections(const Names &names)
  {
    Section section;
    section.name       = "Injections";
    section.meaning    = "Doses, each a sub-section with a free name.";
    section.parameters = {
        choice("Control", "no", {"no", "yes", "only", "finished run"},
               "The untreated tissue, to compare with. yes: computed beside the treated one. only: "
               "computed alone, the doses are left out. finished run: taken from a run that "
               "computed it alone; the initial state comes from there too."),
        other(Parameter::Kind::text, "Control run", "",
              "Output folder of that run, relative to the parameter file."),
    };
    for (const auto &[dose, species] : names.doses)
      section.sections.push_back(describe_dose(dose, names, species));
    section.sections.push_back(describe_dose("<dose>", names, {"", "1"}));
    return section;
  }
} // namespace lacuna

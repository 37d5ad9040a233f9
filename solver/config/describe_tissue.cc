// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "config/describe.h"
#include "config/quantity.h"

namespace lacuna
{
  namespace
  {
    using Kind = Parameter::Kind;

    /** What a healthy human disc is made of, region by region. */
    struct RegionDefaults
    {
      const char *region, *porosity, *porosity_source, *charge, *charge_source;
    };

    const RegionDefaults *defaults_of(const std::string &region)
    {
      static const char *const upf = "UPF human L4-L5 set [seen: UPF-T, VBIO]";
      static const char *const upf_af =
          "UPF human L4-L5 set, one value for the whole annulus [seen: UPF-T]";
      static const char *const upf_cep = "UPF human L4-L5 set [seen: UPF-T]";
      static const char *const vbio    = "healthy human disc [seen: VBIO]";
      static const char *const cep = "[seen: UPF-M], grade III; kept for healthy discs [inferred]";
      static const RegionDefaults list[] = {
          {"nucleus", "0.8", upf, "300 mEq/L", vbio},
          {"inner annulus", "0.75", upf_af, "180 mEq/L", vbio},
          {"outer annulus", "0.75", upf_af, "180 mEq/L", vbio},
          {"annulus", "0.75", upf_af, "180 mEq/L", vbio},
          {"endplate", "0.66", upf_cep, "125 mEq/L", cep},
      };
      for (const RegionDefaults &defaults : list)
        if (region == defaults.region)
          return &defaults;
      return nullptr;
    }

    Parameter field(const std::string &name, const Default &default_text, const std::string &unit,
                    const Bounds &bounds, const std::string &meaning, const std::string &source)
    {
      Parameter parameter = quantity(name, default_text, unit, bounds, meaning, source);
      parameter.kind      = Kind::field;
      return parameter;
    }

    Section tissue_of(const std::string &region, const Names &names)
    {
      const RegionDefaults *defaults = defaults_of(region);
      Section section{region, "The tissue of the region '" + region + "'.", {}, {}};
      if (section.free_name())
        section.meaning = "The tissue of a region of another name.";
      section.parameters.push_back(field(
          "Porosity", defaults != nullptr ? Default(defaults->porosity) : must_be_given, "1",
          {0, 1, true},
          "Volume of pore water per tissue volume; a number, or an expression of x, y, z in mm.",
          defaults != nullptr ? defaults->porosity_source : ""));
      section.parameters.push_back(field(
          "Fixed charge density", defaults != nullptr ? defaults->charge : "0 mEq/L", "mEq/L",
          not_negative,
          "Negative charge of the matrix per pore water; 0 unless the region is one of a disc.",
          defaults != nullptr ? defaults->charge_source : ""));
      for (const std::string &solute : names.solutes)
        section.parameters.push_back(quantity_or("Mackie-Meares", "Diffusivity of " + solute,
                                                 "m^2/s", positive,
                                                 "Diffusivity in the pore water: that in water "
                                                 "times (porosity/(2 - porosity))^2, or a value.",
                                                 "Mackie & Meares 1955 [seen: UPF-T]"));
      for (const Names::Mobile &species : names.owned_mobile)
        section.parameters.push_back(
            quantity_or("as its law says", "Diffusivity of " + species.name, "m^2/s", positive,
                        "Diffusivity of this species in the tissue."));
      return section;
    }

    Section solute(const std::string &name, const Names &names)
    {
      struct Defaults
      {
        const char *solute, *diffusivity, *initial;
      };
      static const Defaults known[] = {
          {"oxygen", "3.0e-9 m^2/s", "5.1 kPa"},
          {"glucose", "9.16667e-10 m^2/s", "4 mM"},
          {"lactate", "1.39e-9 m^2/s", "0.8 mM"},
      };
      const Defaults *defaults = nullptr;
      for (const Defaults &candidate : known)
        if (name == candidate.solute)
          defaults = &candidate;
      const std::string meaning =
          "What is dissolved everywhere at the beginning, if 'Start = values'";
      return {
          name,
          defaults != nullptr ? "The solute '" + name + "'." : "A solute of another name.",
          {quantity("Diffusivity in water",
                    defaults != nullptr ? Default(defaults->diffusivity) : must_be_given, "m^2/s",
                    positive, "Free diffusivity in water at 37 C.",
                    defaults != nullptr ? "UPF human L4-L5 set [seen: UPF-T]" : ""),
           concentration(
               quantity(
                   "Initial value", defaults != nullptr ? defaults->initial : "0 mM", "mM",
                   not_negative,
                   meaning + (name == "oxygen" ? "; a partial pressure or a concentration." : "."),
                   defaults != nullptr ? "at the endplate, UPF human L4-L5 set [seen: UPF-T]" : ""),
               name, names)},
          {}};
    }
  } // namespace

  Section describe_tissue(const Names &names)
  {
    Section section;
    section.name       = "Tissue";
    section.meaning    = "What the tissue is made of, region by region.";
    section.parameters = {
        choice("Solute balance", "pore water",
               {"pore water", "tissue", "tissue, oxygen by porosity"},
               "Whether storage and flux of solutes are counted per pore water (with the porosity) "
               "or per tissue; "
               "the last also scales the source of oxygen by the porosity.",
               "pore water [inferred]; tissue [recalled-M: Soukane, Selard]; by porosity [seen: "
               "UPF-T]"),
    };
    for (const std::string &region : names.regions)
      section.sections.push_back(tissue_of(region, names));
    return section;
  }

  Section describe_acidity()
  {
    return {
        "Acidity",
        "pH as a linear function of lactate: pH = intercept + slope x lactate.",
        {choice("Closure", "UPF", {"UPF", "Soukane", "given"},
                "UPF: 7.4 - lactate/11.11 mM. Soukane: 7.5 - 0.1/mM x lactate. given: by the two "
                "numbers below.",
                "UPF [seen: UPF-T]; Soukane [recalled-M: Soukane 2005-09]"),
         quantity_or("as closure", "Intercept", "1", {0, 14, false}, "pH without lactate."),
         amount_of("lactate", quantity_or("as closure", "Slope", "1/mM", {-10, 10, false},
                                          "Change of pH per lactate."))},
        {}};
  }

  Section describe_osmolarity()
  {
    return {
        "Osmolarity",
        "Ideal Donnan equilibrium with the fixed charge: coefficient x (Na + Cl) + others + "
        "glucose + "
        "lactate above that of blood.",
        {quantity("Bath salt", "150 mM", "mM", positive, "NaCl outside the tissue.",
                  "[seen: UPF-M, VBIO]"),
         quantity("Osmotic coefficient", "0.93", "1", {0, 1.5, true}, "Of NaCl.", "[seen: UPF-M]"),
         quantity("Other osmolytes", "12 mOsm/L", "mOsm/L", not_negative,
                  "Potassium, urea and others.", "[assumed]"),
         amount_of("lactate",
                   quantity("Blood lactate", "0.8 mM", "mM", not_negative,
                            "Lactate that is part of the bath's osmolarity.", "[seen: UPF-T]"))},
        {}};
  }

  Section describe_solutes(const Names &names)
  {
    Section section;
    section.name       = "Solutes";
    section.meaning    = "What is dissolved in the pore water and diffuses.";
    section.parameters = {
        other(Kind::names, "Transported", "oxygen, glucose, lactate",
              "The solutes that are computed."),
        amount_of("oxygen",
                  quantity("Oxygen solubility", "0.010268 mM/kPa", "mM/kPa", positive,
                           "Concentration per partial pressure (Henry's law at 37 C); converts "
                           "all oxygen given in kPa.",
                           "[seen: UPF-T]")),
    };
    for (const std::string &name : names.solutes)
      section.sections.push_back(solute(name, names));
    return section;
  }
} // namespace lacuna

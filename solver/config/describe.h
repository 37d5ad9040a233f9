// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "config/geometry_settings.h"
#include "config/parameter.h"

#include <limits>
#include <map>
#include <optional>
#include <string>
#include <vector>

// The description of the parameters of the core, in one file per part of the case. A case gives its
// own names to regions, faces, solutes and so on; until they are known (and for the reference page)
// placeholders stand for them.

namespace lacuna
{
  /** The names that a case gives, as far as they are known. */
  struct Names
  {
    /** A species that diffuses, with the unit of its concentration. */
    struct Mobile
    {
      std::string name, unit;
    };
    std::optional<Shape> shape;
    std::string level; ///< of a lumbar disc
    std::vector<std::string> regions{"nucleus", "inner annulus", "outer annulus",
                                     "annulus", "endplate",      "<region>"};
    std::vector<std::string> faces{"<face>"};
    std::vector<std::string> solutes{"oxygen", "glucose", "lactate", "<solute>"};
    std::vector<Mobile> owned_mobile;       ///< by laws
    double oxygen_solubility = 0.010268e-3; ///< mol/m^3/Pa
    /** Dose by dose, its species and what that is counted in: "1" for cells, "umol" for solutes. */
    std::map<std::string, Mobile> doses;
  };

  Section describe_geometry(const Names &names);
  Section describe_tissue(const Names &names);
  Section describe_acidity();
  Section describe_osmolarity();
  Section describe_solutes(const Names &names);
  Section describe_cells(const Names &names);
  Section describe_boundary_conditions(const Names &names);
  Section describe_laws();
  Section describe_law(const std::string &section, const std::vector<Parameter> &parameters);
  Section describe_injections(const Names &names);
  /** One dose of this species, with the unit of its amount ("1" for cells). */
  Section describe_dose(const std::string &section, const Names &names,
                        const Names::Mobile &species);
  Section describe_initial_state(const Names &names);
  Section describe_time();
  Section describe_solver();
  Section describe_accuracy();
  Section describe_output();

  /** Parameters of the whole and the all sections, in the order in which they are best
   * read. */
  Section describe_case(const Names &names);

  // How a description is written: name, default (none = must be given), unit, bounds, meaning,
  // source.
  struct Bounds
  {
    double minimum         = -std::numeric_limits<double>::infinity();
    double maximum         = std::numeric_limits<double>::infinity();
    bool exclusive_minimum = false;
  };
  inline constexpr Bounds any_value{};
  inline constexpr Bounds not_negative{0.};
  inline constexpr Bounds positive{0., std::numeric_limits<double>::infinity(), true};
  inline constexpr Bounds fraction{0., 1.};

  using Default                      = std::optional<std::string>;
  inline const Default must_be_given = std::nullopt;

  Parameter quantity(const std::string &name, const Default &default_text, const std::string &unit,
                     const Bounds &bounds, const std::string &meaning,
                     const std::string &source = "");
  /** A quantity instead of which a word may stand, which is the default. */
  Parameter quantity_or(const std::string &word, const std::string &name, const std::string &unit,
                        const Bounds &bounds, const std::string &meaning,
                        const std::string &source = "");
  Parameter integer(const std::string &name, const Default &default_text, const Bounds &bounds,
                    const std::string &meaning, const std::string &source = "");
  Parameter choice(const std::string &name, const Default &default_text,
                   const std::vector<std::string> &choices, const std::string &meaning,
                   const std::string &source = "");
  Parameter boolean(const std::string &name, const Default &default_text,
                    const std::string &meaning);
  /** A parameter of another kind, with or without unit. */
  Parameter other(Parameter::Kind kind, const std::string &name, const Default &default_text,
                  const std::string &meaning, const std::string &unit = "",
                  const std::string &source = "");

  /** Lets a concentration of oxygen be written as partial pressure. */
  Parameter oxygen_pressure(Parameter parameter, const Names &names);
  /** What counts moles of this solute; messages convert masses of it. */
  Parameter amount_of(const std::string &solute, Parameter parameter);
  /** A concentration of this solute: oxygen in kPa or mM, others in mM. */
  Parameter concentration(Parameter parameter, const std::string &solute, const Names &names);
} // namespace lacuna

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace lacuna
{
  /**
   * The one description of an input. It yields the declaration, the validation, the suggestions,
   * the dump of defaults, the reference page and the name of a sweep axis (its path,
   * "Geometry/Lumbar disc/Width").
   */
  struct Parameter
  {
    enum class Kind
    {
      quantity, ///< a number with a unit ("4 mM"); unit "1" is a pure number
      table, ///< a quantity, or a table over time: "0 d: 4 mM, 10 d: 4 mM, 10 d: 2 mM" (two values
             ///< at one time = jump)
      field, ///< a quantity, or an expression of x, y, z in mm, in parentheses with its unit behind
      list,  ///< quantities separated by commas
      integer,
      boolean, ///< yes | no
      choice,  ///< one of `choices`
      text,
      names, ///< texts separated by commas
      file   ///< a path, relative to the parameter file; must exist
    };

    std::string name;
    Kind kind = Kind::text;
    std::optional<std::string> default_text; ///< as one would write it; none = must be given
    std::string unit; ///< for quantities: fixes dimension, unit of bounds and of the reference page
    double minimum = -std::numeric_limits<double>::infinity(); ///< in `unit`
    double maximum = std::numeric_limits<double>::infinity();
    std::vector<std::string>
        choices;         ///< for Kind::choice; for other kinds: words allowed instead of a value
    std::string meaning; ///< one sentence
    std::string source;  ///< provenance: "UPF L4-L5 set [seen]", "[assumed]"; empty for settings
    bool exclusive_minimum = false; ///< value must be larger than, not equal to, `minimum`
    /** A second unit of another dimension that may be written: oxygen in kPa instead of mM. */
    std::string other_unit;
    double other_factor =
        1; ///< what a value in SI of `other_unit` is multiplied with to be one of `unit`
    std::string solute; ///< of which this counts an amount, if it has a known molar mass

    /** The name stands for several ("Density in <region>"). */
    bool free_name() const { return name.find('<') != std::string::npos; }
  };

  /** "larger than 0, at most 10 mM"; empty without bounds. */
  std::string bounds_text(const Parameter &parameter);

  /** "mM or kPa": what may stand behind the number; empty for what has no unit. */
  std::string unit_text(const Parameter &parameter);

  /** "quantity", "choice" ...: the kind as it is called in the reference. */
  std::string kind_text(Parameter::Kind kind);

  /** A group of parameters and sub-sections. */
  struct Section
  {
    std::string
        name; ///< fixed name, or for a section the user names freely: "<what the name stands for>"
    std::string meaning;
    std::vector<Parameter> parameters;
    std::vector<Section> sections;
    bool free_name() const { return !name.empty() && name.front() == '<'; }
  };
} // namespace lacuna

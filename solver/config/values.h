// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "config/field_setting.h"
#include "config/parameter.h"
#include "config/parameter_file.h"
#include "config/time_table.h"

#include <string>
#include <vector>

namespace lacuna
{
  class Problems;

  /**
   * A scanned file held against its description: every name known (else: the nearest), every value
   * well-formed, within bounds and of the right dimension. Access by path below this section;
   * numbers come out in SI. A path that is not described, or a number asked where a word stands, is
   * a programming error (std::logic_error). The description must outlive the values.
   */
  class Values
  {
  public:
    /** Collects *all* problems of the file and throws one UserError that lists them, one line each,
     * in file order. */
    Values(const Section &description, const Node &node);

    /** Adds the problems to those that are known already. What is not valid() must not be asked for
     * its values. */
    Values(const Section &description, const Node &node, const std::string &path,
           Problems &problems);

    double number(const std::string &parameter) const;         ///< quantity or integer, SI
    double number_in_unit(const std::string &parameter) const; ///< quantity, in its own unit
    bool boolean(const std::string &parameter) const;
    std::string
    text(const std::string &parameter) const; ///< text or choice as written; file: full path
    std::vector<std::string> names(const std::string &parameter) const;
    std::vector<double> list(const std::string &parameter) const;
    TimeTable table(const std::string &parameter) const;
    FieldSetting field(const std::string &parameter) const;
    /** True if one of the words that Parameter::choices allows stands instead of a value. */
    bool is_word(const std::string &parameter) const;
    bool is_set(const std::string &parameter) const; ///< written in the file
    Location location(
        const std::string &parameter) const; ///< where it is written, else where its section is
    Location location() const { return node.location; }
    bool valid() const { return node.valid; } ///< nothing in it, or below it, was found wrong

    Values section(const std::string &name) const;
    std::vector<std::string>
    section_names() const; ///< sub-sections that are written, in file order
    std::string path_to(const std::string &parameter) const; ///< "Geometry/Box/Size y"

  private:
    Values(const Section &description, Node node, std::string path);
    const Parameter &find(const std::string &parameter) const;
    std::string value(const std::string &parameter) const;

    const Section *description;
    Node node;
    std::string path;
  };

  /**
   * Holds a scanned section against its description, without looking into sub-sections unless
   * `deep`. Marks nodes that are not valid. `path` is the path of the section ("Geometry/Box";
   * empty for the root).
   */
  void check(const Section &description, Node &node, const std::string &path, bool deep,
             Problems &problems);

  /** Throws UserError with a sentence if the text is no value of the parameter; `location` resolves
   * files. */
  void check_value(const Parameter &parameter, const std::string &text, const Location &location);

  /** The parameter (section) of that name; the one that is freely named if no other fits; null if
   * there is none. */
  const Parameter *find_parameter(const Section &description, const std::string &name);
  const Section *find_section(const Section &description, const std::string &name);

  /** Reads a value of any numeric kind as SI. Throws UserError with a sentence. */
  double parse_number(const Parameter &parameter, const std::string &text);
  TimeTable parse_table(const Parameter &parameter, const std::string &text);
} // namespace lacuna

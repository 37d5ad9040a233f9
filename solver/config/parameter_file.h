// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace lacuna
{
  class Problems;

  /** Where something was written. */
  struct Location
  {
    std::string file; ///< as shown to the user; "--set 'Geometry/Shape=ball'" for the command line
    unsigned line = 0;
    std::string parameter_file; ///< for the command line: the file that is changed

    std::string text() const; ///< "case.prm:12", or the file alone when there is no line
    bool on_command_line() const { return !parameter_file.empty(); }
    /** The folder that relative paths written here start from: that of the parameter file that is
     * read or changed. */
    std::filesystem::path folder() const;
    /** The full path of a file named here. */
    std::filesystem::path resolve(const std::string &written) const;
  };

  /** A parameter file as written: nested sections, entries in order, each with its place. Nothing
   * is interpreted yet. */
  struct Node
  {
    struct Entry
    {
      std::string name, value;
      Location location;
    };
    std::string name;
    Location location;
    std::vector<Entry> entries;
    std::vector<Node> sections;
    bool valid = true; ///< false once a problem in it, or below it, has been reported

    const Node *find(const std::string &section) const;
    const Entry *find_entry(const std::string &entry) const;
    Node *find(const std::string &section);
    Entry *find_entry(const std::string &entry);
  };

  /**
   * Reads deal.II `.prm` syntax: `set A = b`, `subsection N ... end`, comments from '#', lines
   * continued with a final
   * '\', `include FILE` (relative to the including file). Repeated sections of one name are merged;
   * a repeated entry is an error that names both places, and so are unbalanced `subsection`/`end`
   * and any other line. White space inside names counts as one blank. Throws UserError.
   */
  Node scan(const std::filesystem::path &file);

  /**
   * As above, but adds what is wrong to `problems` and goes on. Throws UserError (with all problems
   * so far) only when the rest would make no sense: no file, no text, unbalanced sections.
   */
  Node scan(const std::filesystem::path &file, Problems &problems);

  /** The same for a text that is already in memory; `name` stands for the file in messages. */
  Node scan_text(const std::string &text, const std::string &name);

  /** Applies "Section/Sub/Parameter=value" from the command line: replaces or adds an entry. Throws
   * UserError. */
  void override_entry(Node &root, const std::string &assignment, const std::string &section = "");
} // namespace lacuna

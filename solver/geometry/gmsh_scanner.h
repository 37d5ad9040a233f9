// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

namespace lacuna
{
  /** Walks through the words of a gmsh file and knows where it is: all its errors name file,
   * line and section. */
  class GmshScanner
  {
  public:
    /** Reads the whole file. Throws UserError if it cannot be read, is empty, or does not look like
     * a gmsh file. */
    explicit GmshScanner(const std::filesystem::path &file);

    /** Moves to the next section, skipping what lies between, and returns its name ("Nodes"); empty
     * at the end. */
    std::string next_section();
    /** The section just read must end here. */
    void end_section();
    /** Leaves a section that is of no interest. */
    void skip_section();

    /** What is being read, for messages of a file that ends early: entry `done` of `expected`. */
    void progress(std::size_t done, std::size_t expected);

    double real();        ///< the next word as a finite number
    long long integer();  ///< the next word as an integer
    std::size_t count();  ///< the next word as a number >= 0
    std::string quoted(); ///< the next text in quotation marks
    void skip_line();
    bool at_end_of_line(); ///< no word is left on this line
    std::size_t line() const { return line_number; }

    /** The command by which gmsh writes this file again in a version that is read. */
    std::string save_again() const;

    [[noreturn]] void fail(const std::string &message) const;

  private:
    void check_kind() const;
    void skip_spaces();
    std::string_view peek();
    std::string_view word();
    [[noreturn]] void fail_early() const;

    std::filesystem::path file;
    std::string text, section;
    std::size_t position = 0, line_number = 1, done = 0, expected = 0;
  };
} // namespace lacuna

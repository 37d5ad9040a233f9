// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace lacuna
{
  /** A table as text: its first line, and the lines below it with as many cells. */
  struct CsvTable
  {
    std::vector<std::string> header;
    std::vector<std::vector<std::string>> rows;

    /** Index of a column, by its name without a unit in brackets; -1 if there is none. */
    int find(const std::string &name) const;
  };

  /** Reads comma-separated values; cells may be quoted, and are trimmed. Blank lines and lines that
   * begin with '#' are left out. Throws UserError with file and line. */
  CsvTable read_csv(const std::filesystem::path &file);

  /** "glucose min [mM]" without its unit. */
  std::string without_unit(const std::string &column);

  /** "mM"; "" if there is none. */
  std::string unit_of_column(const std::string &column);
} // namespace lacuna

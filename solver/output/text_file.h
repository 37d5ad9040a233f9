// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace lacuna
{
  /** "glucose [mM]"; a pure number such as pH has no bracket: "pH". */
  std::string label(const std::string &name, const std::string &unit);

  /** Replaces a file as a whole: readers see the old text or the new one, never a part. Throws
   * std::runtime_error. */
  void write_atomically(const std::filesystem::path &file, const std::string &text);

  /** The content of a file. Throws std::runtime_error if it cannot be read. */
  std::string read_text_file(const std::filesystem::path &file);

  /** Twelve significant digits; "nan" where there is no value. */
  std::string csv_number(double value);

  /** One line of a table; cells that hold a comma, a quote or a line break are quoted. */
  std::string csv_row(const std::vector<std::string> &cells);

  /** A table that grows row by row and can be read while the run goes on. */
  class CsvFile
  {
  public:
    /** Starts an empty file. Throws std::runtime_error if it cannot be written. */
    explicit CsvFile(const std::filesystem::path &path);

    /** Appends one row and flushes it. */
    void row(const std::vector<std::string> &cells);

  private:
    std::filesystem::path path;
    std::ofstream file;
  };
} // namespace lacuna

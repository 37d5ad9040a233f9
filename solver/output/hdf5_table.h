// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace lacuna
{
  /** One column of a table: numbers, or texts if there are no numbers. */
  struct TableColumn
  {
    std::string name, unit;
    std::vector<double> numbers;
    std::vector<std::string> texts;
  };

  /**
   * Replaces an HDF5 file as a whole: one dataset per column under "/", named as the column ('/' in
   * a name becomes ' in '), with an attribute "unit"; the attribute "columns" of the file lists the
   * names in order. Throws std::runtime_error.
   */
  void write_hdf5_table(const std::filesystem::path &file, const std::vector<TableColumn> &columns);
} // namespace lacuna

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "output/probes.h"

#include <stdexcept>

namespace lacuna
{
  ProbeTable::ProbeTable(const std::filesystem::path &path,
                         const std::vector<std::string> &quantities)
      : file(path), n_quantities(quantities.size())
  {
    std::vector<std::string> header = {"time [d]", "probe", "x [mm]", "y [mm]", "z [mm]", "region"};
    header.insert(header.end(), quantities.begin(), quantities.end());
    file.row(header);
  }

  void ProbeTable::append(double time_in_days, const std::vector<ProbeRow> &rows)
  {
    for (const ProbeRow &row : rows)
    {
      if (row.values.size() != n_quantities)
        throw std::logic_error("A probe has another number of values than its table has columns.");
      std::vector<std::string> cells = {csv_number(time_in_days), row.probe};
      for (const double coordinate : row.at)
        cells.push_back(csv_number(coordinate));
      cells.push_back(row.region);
      for (const double value : row.values)
        cells.push_back(csv_number(value));
      file.row(cells);
    }
  }
} // namespace lacuna

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "output/step_record.h"
#include "output/text_file.h"

#include <filesystem>
#include <string>
#include <vector>

namespace lacuna
{
  /** probes.csv: time [d], name of the probe, place [mm], region, and the values there. For rank 0.
   */
  class ProbeTable
  {
  public:
    /** `quantities` are labels with units, "glucose [mM]", in the order of ProbeRow::values. */
    ProbeTable(const std::filesystem::path &path, const std::vector<std::string> &quantities);

    void append(double time_in_days, const std::vector<ProbeRow> &rows);

  private:
    CsvFile file;
    std::size_t n_quantities;
  };
} // namespace lacuna

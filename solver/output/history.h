// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "output/numerical_error.h"
#include "output/step_record.h"
#include "output/text_file.h"

#include <filesystem>
#include <string>
#include <vector>

namespace lacuna
{
  /** The names of the columns of history.csv without their units: "glucose min nucleus". */
  std::vector<std::string> history_columns(const StepRecord &step,
                                           const std::vector<std::string> &regions);

  /** The numbers of those columns but time, step and defects; their errors are not known yet. */
  std::vector<NumericalError> numbers_of(const StepRecord &step,
                                         const std::vector<std::string> &regions);

  /** errors.csv: one row per row of history.csv with its time [d], then the numerical error of each
   * number there, under the same names; "nan" where it is not known. For rank 0. */
  class ErrorHistory
  {
  public:
    explicit ErrorHistory(const std::filesystem::path &path) : file(path) {}

    /** Writes the header before the first row. */
    void append(double time_in_days, const std::vector<NumericalError> &errors);

  private:
    CsvFile file;
    std::size_t columns = 0;
  };

  /**
   * history.csv: one row per accepted step with time and step [d], then for every quantity and
   * every part of the tissue (whole, then the regions) its minimum, mean, maximum and amount, then
   * what became of the doses, then the balance of the solutes. Headers are whole names: "glucose
   * min nucleus [mM]", "NPMSC dose 1 viable [cells]", "glucose in [nmol]". For rank 0.
   */
  class History
  {
  public:
    History(const std::filesystem::path &path, std::vector<std::string> regions);

    /** Writes the header before the first row. All record must be of the same quantities. */
    void append(const StepRecord &step);

  private:
    CsvFile file;
    std::vector<std::string> regions;
    std::size_t columns = 0;
  };
} // namespace lacuna

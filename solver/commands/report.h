// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <filesystem>
#include <string>

namespace lacuna
{
  struct ReportOptions
  {
    std::filesystem::path folder; ///< of a run or a study
    std::string output;           ///< the page; "" = report.html in the folder
  };

  /** Writes the page of a run or a study; the Python package does the work. Returns its exit
   * status. Throws UserError if there is no Python or no package. */
  int report(const ReportOptions &options);
} // namespace lacuna

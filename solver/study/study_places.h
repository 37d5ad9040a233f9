// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <filesystem>

namespace lacuna
{
  /** Where things are in the folder of a study. */
  namespace place
  {
    std::filesystem::path case_folder(unsigned int number);      ///< cases/0007
    std::filesystem::path untreated_folder(unsigned int number); ///< untreated/2
    std::filesystem::path case_outcome(unsigned int number);     ///< outcomes/0007.json
    std::filesystem::path untreated_outcome(unsigned int number);
    std::filesystem::path log_beside(const std::filesystem::path &outcome); ///< logs/0007.txt
    inline const std::filesystem::path plan    = "study.json";
    inline const std::filesystem::path file    = "study.prm";
    inline const std::filesystem::path results = "results.csv";
    inline const std::filesystem::path hdf5    = "results.h5";
  } // namespace place
} // namespace lacuna

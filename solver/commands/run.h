// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <mpi.h>

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace lacuna
{
  struct RunOptions
  {
    std::filesystem::path file;
    std::vector<std::string> overrides; ///< "Section/Parameter=value"
    std::optional<std::filesystem::path> folder;
    bool overwrite = false, quiet = false;
  };

  /** Exit status: 0 done, 3 not converged (state and diagnosis are on disk), 4 stopped by a signal.
   * Throws UserError. */
  int run(const RunOptions &options, MPI_Comm communicator);
} // namespace lacuna

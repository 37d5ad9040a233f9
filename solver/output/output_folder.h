// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <mpi.h>

#include <filesystem>

namespace lacuna
{
  /**
   * Refuses a folder that exists and is not empty, or a path that is not a folder, with a UserError
   * on all ranks; with `overwrite` only the latter. Changes nothing on disk. Collective.
   */
  void check_output_folder(const std::filesystem::path &folder, bool overwrite,
                           MPI_Comm communicator);

  /**
   * Checks the folder and creates it. With `overwrite`, what an earlier run wrote there
   * is removed first, and nothing else: files that Lacuna does not write stay. Collective. Throws
   * UserError on all ranks.
   */
  void make_output_folder(const std::filesystem::path &folder, bool overwrite,
                          MPI_Comm communicator);
} // namespace lacuna

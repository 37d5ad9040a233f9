// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <mpi.h>

#include <filesystem>
#include <string>
#include <vector>

namespace lacuna
{
  /** Everything but the solve, printed: sizes, regions, faces, species, laws, Thiele numbers,
   * schedule, outputs. */
  int check_case(const std::filesystem::path &file, const std::vector<std::string> &overrides,
                 MPI_Comm communicator);
} // namespace lacuna

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <mpi.h>

namespace lacuna
{
  /** Whether MPI finds what it needs to start; if not, prints why. To be asked before MPI starts,
   * which would end the process with pages of its own. */
  bool mpi_can_start();

  /**
   * `lacuna doctor`: looks at what Lacuna needs of this machine and prints a line on each: 'ok',
   * 'hint' (works, but could work better) or 'fault', with the remedy. Returns 2 if there is a
   * fault, else 0. Collective; rank 0 looks and prints.
   */
  int run_doctor(MPI_Comm communicator);
} // namespace lacuna

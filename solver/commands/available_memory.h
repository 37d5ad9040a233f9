// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <mpi.h>

namespace lacuna
{
  /** What the machines of this job could still give to processes without swapping, summed over the
   * machines (bytes); infinite where the system does not say. Collective. */
  double available_memory(MPI_Comm communicator);
} // namespace lacuna

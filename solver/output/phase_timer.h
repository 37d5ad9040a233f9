// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "output/summary.h"

#include <chrono>
#include <ctime>
#include <mpi.h>
#include <string>
#include <vector>

namespace lacuna
{
  /** Wall and CPU seconds of the phases of a run; one phase runs at a time. */
  class PhaseTimer
  {
  public:
    /** Ends the phase that runs and begins (or continues) another. */
    void begin(const std::string &phase);

    /** The phases over all ranks. Collective. */
    std::vector<PhaseSeconds> collect(MPI_Comm communicator);

  private:
    void end();

    using Clock = std::chrono::steady_clock;
    std::vector<PhaseSeconds> phases;
    int running = -1;
    Clock::time_point wall_start;
    std::clock_t cpu_start = 0;
  };

  /** Largest resident memory of this job so far, summed over ranks (bytes). Collective. */
  double peak_memory(MPI_Comm communicator);
} // namespace lacuna

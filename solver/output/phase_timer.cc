// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "output/phase_timer.h"

#include <algorithm>
#include <sys/resource.h>

namespace lacuna
{
  void PhaseTimer::begin(const std::string &phase)
  {
    end();
    const auto known = std::find_if(phases.begin(), phases.end(),
                                    [&](const PhaseSeconds &p) { return p.name == phase; });
    running          = known - phases.begin();
    if (known == phases.end())
      phases.push_back({phase, 0, 0});
    wall_start = Clock::now();
    cpu_start  = std::clock();
  }

  void PhaseTimer::end()
  {
    if (running < 0)
      return;
    phases[running].wall += std::chrono::duration<double>(Clock::now() - wall_start).count();
    phases[running].cpu += double(std::clock() - cpu_start) / CLOCKS_PER_SEC;
    running = -1;
  }

  std::vector<PhaseSeconds> PhaseTimer::collect(MPI_Comm communicator)
  {
    end();
    auto result = phases;
    for (PhaseSeconds &phase : result)
    {
      MPI_Allreduce(MPI_IN_PLACE, &phase.wall, 1, MPI_DOUBLE, MPI_MAX, communicator);
      MPI_Allreduce(MPI_IN_PLACE, &phase.cpu, 1, MPI_DOUBLE, MPI_SUM, communicator);
    }
    return result;
  }

  double peak_memory(MPI_Comm communicator)
  {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    double bytes = 1024. * usage.ru_maxrss; // Linux counts in KiB
    MPI_Allreduce(MPI_IN_PLACE, &bytes, 1, MPI_DOUBLE, MPI_SUM, communicator);
    return bytes;
  }
} // namespace lacuna

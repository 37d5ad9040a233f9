// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "commands/available_memory.h"

#include <fstream>
#include <limits>
#include <string>

namespace lacuna
{
  namespace
  {
    double of_this_machine()
    {
      std::ifstream file("/proc/meminfo");
      for (std::string line; std::getline(file, line);)
        if (line.rfind("MemAvailable:", 0) == 0)
          return 1024 * std::stod(line.substr(line.find(':') + 1)); // Linux counts in KiB
      return std::numeric_limits<double>::infinity();
    }

    bool is_first_of_machine(MPI_Comm communicator)
    {
      MPI_Comm machine = MPI_COMM_NULL;
      MPI_Comm_split_type(communicator, MPI_COMM_TYPE_SHARED, 0, MPI_INFO_NULL, &machine);
      int rank = 0;
      MPI_Comm_rank(machine, &rank);
      MPI_Comm_free(&machine);
      return rank == 0;
    }
  } // namespace

  double available_memory(MPI_Comm communicator)
  {
    double bytes = is_first_of_machine(communicator) ? of_this_machine() : 0;
    MPI_Allreduce(MPI_IN_PLACE, &bytes, 1, MPI_DOUBLE, MPI_SUM, communicator);
    return bytes;
  }
} // namespace lacuna

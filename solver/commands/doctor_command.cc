// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "commands/command.h"
#include "commands/doctor.h"

#include <CLI/CLI.hpp>

namespace lacuna
{
  void describe_doctor(CLI::App &doctor, Action &action)
  {
    add_examples(doctor, {"lacuna doctor", "mpirun -n 2 lacuna doctor"});
    doctor.callback([&action] { action = [] { return run_doctor(MPI_COMM_WORLD); }; });
  }
} // namespace lacuna

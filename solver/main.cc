// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause

// Starts what the command needs, and the command.

#include "commands/command.h"
#include "commands/command_line.h"
#include "commands/doctor.h"

#include <deal.II/base/mpi.h>

#include <petscsys.h>

#include <cstdlib>
#include <string>

namespace
{
  /** Without MPI only mpirun's variable tells. */
  bool is_first_process()
  {
    const char *rank = std::getenv("OMPI_COMM_WORLD_RANK");
    return rank == nullptr || rank == std::string("0");
  }

  int run_in_parallel(int argc, char **argv)
  {
    // Our arguments are not PETSc's, which would wonder at them; it reads PETSC_OPTIONS.
    int n_its_arguments  = 1;
    char *its_pointers[] = {argv[0], nullptr}, **its_arguments = its_pointers;
    const dealii::Utilities::MPI::MPI_InitFinalize mpi(n_its_arguments, its_arguments, 1);
    PetscPushErrorHandler(PetscIgnoreErrorHandler, nullptr); // errors come back as exceptions
    return lacuna::run_command_line(argc, argv,
                                    dealii::Utilities::MPI::this_mpi_process(MPI_COMM_WORLD) == 0,
                                    [] { MPI_Abort(MPI_COMM_WORLD, 1); });
  }
} // namespace

int main(int argc, char **argv)
{
  using Start                    = lacuna::Command::Start;
  const lacuna::Command *command = lacuna::find_command(argc > 1 ? argv[1] : "");
  if (command == nullptr || command->start == Start::alone)
    return lacuna::run_command_line(argc, argv, is_first_process(), [] {});
  // Without what MPI needs, nothing below would be reached.
  if (command->start == Start::diagnosed && !lacuna::mpi_can_start())
    return 2;
  return run_in_parallel(argc, argv);
}

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "commands/version.h"

#include <lacuna/abi.h>

#include <deal.II/base/config.h>

#include <mpi.h>
#include <petscversion.h>

namespace lacuna
{
  std::map<std::string, std::string> versions()
  {
    char mpi[MPI_MAX_LIBRARY_VERSION_STRING];
    int length = 0;
    MPI_Get_library_version(mpi, &length);
    const std::string library(mpi, length);
    const auto number = [](int value) { return std::to_string(value); };
    return {{"Lacuna", LACUNA_VERSION},
            {"plugin interface", number(LACUNA_ABI_MAJOR) + "." + number(LACUNA_ABI_MINOR)},
            {"deal.II", DEAL_II_PACKAGE_VERSION},
            {"PETSc", number(PETSC_VERSION_MAJOR) + "." + number(PETSC_VERSION_MINOR) + "." +
                          number(PETSC_VERSION_SUBMINOR)},
            {"MPI", library.substr(0, library.find(','))},
            {"compiler", std::string("C++ ") + __VERSION__}};
  }

  std::string program_version()
  {
    return LACUNA_VERSION;
  }
} // namespace lacuna

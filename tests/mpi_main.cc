// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause

// A main for tests that use MPI: one printer, and a failure on any rank is a failure.

#include <deal.II/base/mpi.h>

#include <gtest/gtest.h>
#include <petscsys.h>

int main(int argc, char **argv)
{
  dealii::Utilities::MPI::MPI_InitFinalize mpi(argc, argv, 1);
  PetscPushErrorHandler(PetscIgnoreErrorHandler, nullptr);
  testing::InitGoogleTest(&argc, argv);
  if (dealii::Utilities::MPI::this_mpi_process(MPI_COMM_WORLD) != 0)
  {
    auto &listeners = testing::UnitTest::GetInstance()->listeners();
    delete listeners.Release(listeners.default_result_printer());
  }
  return dealii::Utilities::MPI::max(RUN_ALL_TESTS(), MPI_COMM_WORLD);
}

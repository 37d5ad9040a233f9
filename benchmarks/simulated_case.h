// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "commands/laws_of_case.h"
#include "geometry/geometry.h"
#include "transport/simulation.h"

#include <deal.II/base/mpi.h>

#include <cstdio>
#include <exception>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace lacuna
{
  /** A parameter file and all that is built of it, ready to be solved. */
  struct SimulatedCase
  {
    SimulatedCase(const std::string &file, const std::vector<std::string> &overrides,
                  bool with_injections)
        : input(read_case(file, overrides, law_lookup())), laws(input),
          geometry(build_geometry(input.geometry, MPI_COMM_WORLD)),
          layout(*geometry, input.geometry.degree), level(input, layout),
          simulation(input, level, laws.pointers(), with_injections)
    {
    }

    const Case input;
    const LawsOfCase laws;
    const std::unique_ptr<Geometry> geometry;
    const StateLayout layout;
    Level level;
    Simulation simulation;
  };

  /** With MPI, whose own arguments are none; what is thrown is printed. Returns the exit status. */
  inline int run_benchmark(char *program, const std::function<void()> &action)
  {
    int n_arguments   = 1;
    char *arguments[] = {program, nullptr}, **pointers = arguments;
    const dealii::Utilities::MPI::MPI_InitFinalize mpi(n_arguments, pointers, 1);
    try
    {
      action();
    }
    catch (const std::exception &error)
    {
      std::fprintf(stderr, "%s\n", error.what());
      return 1;
    }
    return 0;
  }
} // namespace lacuna

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "commands/laws_of_case.h"
#include "geometry/geometry.h"
#include "transport/simulation.h"

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
} // namespace lacuna

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "commands/laws_of_case.h"
#include "geometry/geometry.h"
#include "transport/simulation.h"

#include <memory>
#include <string>

namespace lacuna
{
  /** What stands between yardstick.prm and its kernels; blended reactions, as in the comparison. */
  struct ProblemP
  {
    explicit ProblemP(unsigned int refinements)
        : input(read_case(LACUNA_SOURCE_DIR "/benchmarks/yardstick/yardstick.prm",
                          {"Geometry/Global refinements=" + std::to_string(refinements),
                           "Solver/Reactions=blended"},
                          law_lookup())),
          laws(input), geometry(build_geometry(input.geometry, MPI_COMM_WORLD)),
          layout(*geometry, input.geometry.degree), level(input, layout),
          simulation(input, level, laws.pointers(), false)
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

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "species/run_state.h"
#include "species/state_layout.h"

#include <filesystem>

namespace lacuna
{
  /**
   * The state of a run, as a start for another: the last in DIR/state.bin; the first in
   * DIR/start.bin, if the run is a control for others. A line of JSON (schema, parts, names of the
   * columns, counts), then for every node its position, -1, and its columns, for every point its
   * node's position, its region, and its columns, all as little-endian doubles in SI. Nodes are
   * known by their place, so that neither the number of ranks nor the numbering matters.
   */

  /** Replaces the file as a whole. Collective. Throws std::runtime_error. */
  void write_state(const std::filesystem::path &file, const StateLayout &layout,
                   const RunState &state);

  /** The parts alone, without fields: enough to plan with. Throws UserError if the file is missing,
   * damaged, or of another version. */
  RunState read_state_parts(const std::filesystem::path &file);

  /** All of it, the fields on this rank's nodes and points. Collective. Throws UserError also if it
   * was made on another mesh. */
  RunState read_state(const std::filesystem::path &file, const StateLayout &layout);
} // namespace lacuna

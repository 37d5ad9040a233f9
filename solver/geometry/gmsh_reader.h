// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "geometry/mesh_data.h"

#include <filesystem>

namespace lacuna
{
  /**
   * Reads gmsh 2.2 and 4.1 ASCII files: $PhysicalNames, $Entities, $Nodes, $Elements; other
   * sections are skipped. Throws UserError with file and line for anything that is not such a file:
   * another format or version, binary, what should be a finite number and is not, unknown nodes,
   * sections that end early.
   */
  MeshData read_gmsh(const std::filesystem::path &file);
} // namespace lacuna

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "config/coordinates.h"

#include <array>
#include <cstddef>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace lacuna
{
  /** What a mesh file says, unjudged. Lengths are in the file's unit; nodes are counted from 0 in
   * file order. */
  struct MeshData
  {
    struct Hexahedron
    {
      long long id = 0;                  ///< in the file
      int region   = 0;                  ///< physical id, 0 = none
      std::array<unsigned int, 8> nodes; ///< lexicographic, see Corners
    };

    struct Quadrilateral
    {
      long long id = 0;
      int face     = 0;
      std::array<unsigned int, 4> nodes; ///< lexicographic
    };

    std::filesystem::path file;
    std::vector<long long> node_ids; ///< in the file
    std::vector<Coordinates> nodes;
    std::vector<Hexahedron> hexahedra;
    std::vector<Quadrilateral> quadrilaterals;
    std::map<int, std::size_t> other_elements;           ///< gmsh element type -> how many
    std::map<int, std::string> region_names, face_names; ///< of $PhysicalNames
  };

  /** Dimension and plural name of a gmsh element type: {3, "tetrahedra"}; dimension -1 if unknown.
   */
  struct ElementKind
  {
    int dimension = -1;
    std::string name;
  };
  ElementKind element_kind(int gmsh_type);

  /**
   * Reads gmsh 2.2 and 4.1 ASCII files: $PhysicalNames, $Entities, $Nodes, $Elements; other
   * sections are skipped. Throws UserError with file and line for anything that is not such a file:
   * another format or version, binary, numbers that are none or not finite, unknown nodes, sections
   * that end early.
   */
  MeshData read_gmsh(const std::filesystem::path &file);
} // namespace lacuna

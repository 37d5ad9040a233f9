// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "config/coordinates.h"

#include <array>
#include <cstddef>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace lacuna
{
  /** What to do in the program that wrote a mesh, said in its own words by who reads its files. */
  struct MeshRemedies
  {
    std::string save_volume;    ///< the file holds no elements
    std::string mesh_hexahedra; ///< there are other volume elements
    std::string tag_regions;    ///< volumes have no region
    std::string tag_faces;      ///< outer surfaces have no name, or two
    std::string cell_twice;     ///< how the same cell comes to be in the file twice
    std::string join_nodes;     ///< cells touch without sharing nodes: "Join them in ..."
    std::string first_id;       ///< "physical ids of ... start from 1"
  };

  /** What a mesh file says, unjudged, whatever its format. Lengths are in the file's unit; nodes
   * are counted from 0 in file order. */
  struct MeshData
  {
    struct Hexahedron
    {
      long long id = 0;                  ///< in the file
      int region   = 0;                  ///< its id in the file, 0 = none
      std::array<unsigned int, 8> nodes; ///< lexicographic, see Corners
    };

    struct Quadrilateral
    {
      long long id = 0;
      int face     = 0;
      std::array<unsigned int, 4> nodes; ///< lexicographic
    };

    /** Elements of a kind that is not computed on. */
    struct OtherElements
    {
      int dimension      = -1; ///< -1: unknown
      std::size_t number = 0;
      std::set<int> ids; ///< of regions, faces, curves or points that they carry
    };

    std::filesystem::path file;
    std::vector<long long> node_ids; ///< in the file
    std::vector<Coordinates> nodes;
    std::vector<Hexahedron> hexahedra;
    std::vector<Quadrilateral> quadrilaterals;
    std::map<std::string, OtherElements> other_elements; ///< by plural name: "tetrahedra"
    std::map<int, std::string> region_names, face_names; ///< that ids have in the file
    MeshRemedies remedies;
  };
} // namespace lacuna

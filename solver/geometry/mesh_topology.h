// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "geometry/cell_quality.h"
#include "geometry/mesh_data.h"

#include <array>
#include <utility>
#include <vector>

namespace lacuna
{
  /** Four nodes in ascending order: what a face is known by. */
  using FaceKey = std::array<unsigned int, 4>;
  FaceKey face_key(FaceKey nodes);

  /** One side of a hexahedron; sorted by key, sides of the same face are neighbours in a list. */
  struct CellFace
  {
    FaceKey key;
    unsigned int cell, face;
  };

  std::vector<CellFace> sorted_cell_faces(const MeshData &mesh);

  Corners corners(const MeshData &mesh, const MeshData::Hexahedron &cell);
  FaceKey face_nodes(const MeshData::Hexahedron &cell, unsigned int face); ///< lexicographic

  std::vector<bool> used_nodes(const MeshData &mesh);
  std::vector<double>
  shortest_edges(const MeshData &mesh); ///< at every node; 0 where it is used by no cell

  /** Pairs of used nodes nearer to each other than the tolerance, the smaller index first. */
  std::vector<std::pair<unsigned int, unsigned int>> coincident_nodes(const MeshData &mesh,
                                                                      double tolerance);

  /** Replaces the second node of every pair by the first in cells and quadrilaterals. */
  void merge_nodes(MeshData &mesh, const std::vector<std::pair<unsigned int, unsigned int>> &pairs);

  /** The number of the face-connected piece that each cell belongs to, 0 for that of the first
   * cell. */
  std::vector<unsigned int> pieces(const MeshData &mesh, const std::vector<CellFace> &faces);

  /** A node of one boundary face on another face that it does not belong to: a crack or a hanging
   * node. */
  struct TouchingFace
  {
    unsigned int node, face; ///< face: index in the list of boundary faces
  };

  /**
   * All such pairs. Touching means nearer than a thousandth of the shortest edge around, so that
   * thin layers are not mistaken for cracks; faces that are not flat are four triangles about their
   * centre.
   */
  std::vector<TouchingFace> touching_faces(const MeshData &mesh,
                                           const std::vector<CellFace> &boundary);
} // namespace lacuna

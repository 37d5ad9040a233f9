// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "geometry/mesh_labels.h"
#include "geometry/mesh_topology.h"

#include <array>
#include <map>
#include <string>
#include <vector>

namespace lacuna
{
  /** The part of the check of a mesh that looks at faces and ids. Every check throws UserError. */

  /** A face lies between two cells at most, and those on either side of it. */
  void check_shared_faces(const MeshData &mesh, const std::vector<CellFace> &faces,
                          const MeshLabels &labels);

  /** The faces of one cell only. */
  std::vector<CellFace> boundary_faces(const std::vector<CellFace> &sorted_faces);

  /** No boundary face touches another without sharing the nodes there: neither cracks nor hanging
   * nodes. */
  void check_touching(const MeshData &mesh, const std::vector<CellFace> &boundary,
                      const MeshLabels &labels);

  /** Some cell has a region id; otherwise regions were not saved at all. */
  void check_any_region(const MeshData &mesh, const GeometrySettings &settings,
                        const MeshLabels &labels);

  /** Ids of faces inside the body, and the two cells beside the first of each. */
  using InnerFaces = std::map<int, std::array<unsigned int, 2>>;

  struct BoundaryIds
  {
    std::vector<int> ids; ///< in the order of the boundary faces
    InnerFaces inside;
  };

  /** Every boundary face has one id. Quadrilaterals inside the body are noted. */
  BoundaryIds check_boundary(const MeshData &mesh, const std::vector<CellFace> &faces,
                             const std::vector<CellFace> &boundary, const MeshLabels &labels,
                             std::vector<std::string> &notes);

  /** Every id of the file has a name in the settings, and the other way round. */
  void check_ids(const MeshData &mesh, const BoundaryIds &boundary,
                 const GeometrySettings &settings, const MeshLabels &labels);

  /** From ids to indices of names; several ids may share a name. */
  struct NameIndex
  {
    explicit NameIndex(const std::vector<std::pair<int, std::string>> &named);
    unsigned int of(int id) const { return index.at(id); }

    std::vector<std::string> names; ///< without repetition
    std::map<int, unsigned int> index;
  };
} // namespace lacuna

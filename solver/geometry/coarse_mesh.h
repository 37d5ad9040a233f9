// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "geometry/cell_quality.h"

#include <array>
#include <vector>

namespace lacuna
{
  /** What places the new vertices of a refined cell: Cartesian charts in the core of a round body,
   * polar ones around it. */
  inline constexpr unsigned int core_chart = 0, ring_chart = 1;

  /** Hexahedra before refinement, in m. All corner and face lists are lexicographic, cells
   * right-handed. */
  struct CoarseMesh
  {
    struct Cell
    {
      std::array<unsigned int, 8> vertices;
      unsigned int region = 0; ///< index of the region's name
      unsigned int chart  = core_chart;
    };

    struct Face
    {
      std::array<unsigned int, 4> vertices;
      unsigned int face = 0; ///< index of the face's name
    };

    std::vector<Coordinates> vertices;
    std::vector<Cell> cells;
    std::vector<Face> faces; ///< the whole boundary

    Corners corners(const Cell &cell) const
    {
      Corners result;
      for (unsigned int c = 0; c < 8; ++c)
        result[c] = vertices[cell.vertices[c]];
      return result;
    }
  };

  /** A smooth one-to-one map from a reference body, whose section is the unit disc, to the body
   * itself. */
  class Embedding
  {
  public:
    virtual ~Embedding()                                             = default;
    virtual Coordinates position(const Coordinates &reference) const = 0; ///< m
    virtual Coordinates reference(const Coordinates &position) const = 0; ///< its inverse
  };
} // namespace lacuna

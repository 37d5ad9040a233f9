// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "config/coordinates.h"

#include <array>

namespace lacuna
{
  /** Corners of a hexahedron in lexicographic order: corner c lies at (c & 1, c & 2, c & 4) of the
   * unit cube. */
  using Corners = std::array<Coordinates, 8>;

  /** The four corners of face f (normal to direction f / 2, upper side if f is odd), lexicographic.
   */
  inline constexpr std::array<std::array<unsigned int, 4>, 6> face_corners{
      {{0, 2, 4, 6}, {1, 3, 5, 7}, {0, 1, 4, 5}, {2, 3, 6, 7}, {0, 1, 2, 3}, {4, 5, 6, 7}}};

  double distance(const Coordinates &a, const Coordinates &b);

  /**
   * Determinant of the three edges at one corner over the product of their lengths: 1 at a right
   * angle, 0 where the cell is flat, negative where it is inside out. 0 if an edge has no length.
   */
  double scaled_jacobian(const Corners &corners, unsigned int corner);

  /** The smallest of the eight. */
  double scaled_jacobian(const Corners &corners);

  /** Shortest and longest of the twelve edges. */
  std::array<double, 2> edge_lengths(const Corners &corners);

  Coordinates centroid(const Corners &corners);
} // namespace lacuna

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "geometry/geometry.h"

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace lacuna
{
  /** One scalar to be drawn, given cell by cell, so that a jump between regions stays a jump. */
  struct FieldValues
  {
    std::string name; ///< with its unit: "glucose [mM]"
    /** values[cell * n + q]: locally owned active cells in iterator order, n = (degree + 1)^3
     * equidistant points of the reference cell in lexicographic order. */
    std::vector<double> values;
  };

  /**
   * The fields of one run over time: folder/fields.pvd lists folder/fields/NNNN.pvtu, each of which
   * joins one NNNN.RANK.vtu per rank (zlib-compressed). ParaView and VTK open fields.pvd. Lengths
   * are in mm, times in d; the region of each cell (its index in Geometry::regions) is the field
   * "region". Cells of degree 2 are drawn as eight linear ones.
   */
  class FieldSeries
  {
  public:
    /** Writes nothing yet. `degree` is that of the finite element, 1 or 2. */
    FieldSeries(std::filesystem::path folder, const Geometry &geometry, unsigned int degree);

    /** Adds one time; fields.pvd is replaced only when all files it names are complete. Collective.
     * Throws std::runtime_error on all ranks if one of them cannot write. */
    void write(double time_in_seconds, const std::vector<FieldValues> &fields);

  private:
    void write_index() const;

    std::filesystem::path folder;
    const Geometry &geometry;
    unsigned int degree;
    std::vector<std::pair<double, std::string>> series; ///< time [d], file
  };
} // namespace lacuna

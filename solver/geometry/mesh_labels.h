// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "config/geometry_settings.h"
#include "geometry/mesh_data.h"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace lacuna
{
  /** How the parts of a mesh are called in messages: by the names of the parameter file and those
   * in the mesh file. */
  class MeshLabels
  {
  public:
    MeshLabels(const MeshData &mesh, const GeometrySettings &settings);

    std::string region(int id) const; ///< "region 'nucleus' (id 1, \"NP\" in the file)"
    std::string face(int id) const;
    std::string regions(const std::set<int> &ids) const; ///< "'nucleus', 'endplate'"
    /** "element 69 in region 'nucleus' (...), centroid (0.01, 0.002, 0)" */
    std::string cell(unsigned int index) const;

    /** "1 (NP), 2 (inner_AF)": ids of the file with their names in it; "none" if there are none. */
    std::string region_ids(const std::set<int> &ids) const;
    std::string face_ids(const std::set<int> &ids) const;

    /** "Mesh file disc.msh: ...": throws UserError. */
    [[noreturn]] void fail(const std::string &message) const;

  private:
    using Named = std::vector<std::pair<int, std::string>>;
    static std::string label(const std::string &kind, int id, const Named &named,
                             const std::map<int, std::string> &in_file);
    static std::string list(const std::set<int> &ids, const std::map<int, std::string> &in_file);

    const MeshData &mesh;
    const GeometrySettings &settings;
  };

  /** "1 cell", "4 cells" */
  std::string counted(std::size_t number, const std::string &what);

  /** Up to four significant digits. */
  std::string brief(double value);

  /** "1: nucleus, 2: annulus" as it is written in the parameter file. */
  std::string written(const std::vector<std::pair<int, std::string>> &named);
} // namespace lacuna

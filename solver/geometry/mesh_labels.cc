// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "geometry/mesh_labels.h"

#include "config/user_error.h"
#include "geometry/mesh_topology.h"

#include <algorithm>
#include <map>
#include <sstream>

namespace lacuna
{
  MeshLabels::MeshLabels(const MeshData &data, const GeometrySettings &geometry_settings)
      : mesh(data), settings(geometry_settings)
  {
  }

  std::string MeshLabels::label(const std::string &kind, const int id, const Named &named,
                                const std::map<int, std::string> &in_file)
  {
    if (id == 0)
      return "no " + kind;
    const auto name      = std::find_if(named.begin(), named.end(),
                                        [id](const auto &entry) { return entry.first == id; });
    const auto file_name = in_file.find(id);
    const auto quoted =
        file_name == in_file.end() ? "" : ", \"" + file_name->second + "\" in the file";
    if (name == named.end())
      return kind + " with id " + std::to_string(id) + quoted;
    return kind + " '" + name->second + "' (id " + std::to_string(id) + quoted + ")";
  }

  std::string MeshLabels::list(const std::set<int> &ids, const std::map<int, std::string> &in_file)
  {
    std::string text;
    for (const int id : ids)
    {
      const auto name = in_file.find(id);
      text += (text.empty() ? "" : ", ") + std::to_string(id) +
              (name == in_file.end() ? "" : " (" + name->second + ")");
    }
    return text.empty() ? "none" : text;
  }

  std::string MeshLabels::region(const int id) const
  {
    return label("region", id, settings.mesh_regions, mesh.region_names);
  }

  std::string MeshLabels::face(const int id) const
  {
    return label("face", id, settings.mesh_faces, mesh.face_names);
  }

  std::string MeshLabels::regions(const std::set<int> &ids) const
  {
    std::vector<std::string> names;
    for (const int id : ids)
    {
      std::string name = "id " + std::to_string(id);
      for (const auto &[named_id, named] : settings.mesh_regions)
        if (named_id == id)
          name = "'" + named + "'";
      if (std::find(names.begin(), names.end(), name) == names.end())
        names.push_back(name);
    }
    std::string text;
    for (const auto &name : names)
      text += (text.empty() ? "" : ", ") + name;
    return text;
  }

  std::string MeshLabels::cell(const unsigned int index) const
  {
    const auto &cell = mesh.hexahedra[index];
    const auto at    = centroid(corners(mesh, cell));
    return "element " + std::to_string(cell.id) + " in " + region(cell.region) + ", centroid (" +
           brief(at[0]) + ", " + brief(at[1]) + ", " + brief(at[2]) + ")";
  }

  std::string MeshLabels::region_ids(const std::set<int> &ids) const
  {
    return list(ids, mesh.region_names);
  }

  std::string MeshLabels::face_ids(const std::set<int> &ids) const
  {
    return list(ids, mesh.face_names);
  }

  void MeshLabels::fail(const std::string &message) const
  {
    throw UserError("Mesh file " + mesh.file.string() + ": " + message);
  }

  std::string counted(const std::size_t number, const std::string &what)
  {
    const std::string plural =
        what.substr(0, what.find(' ')) == "hexahedron" ? "hexahedra" + what.substr(10) : what + "s";
    return std::to_string(number) + " " + (number == 1 ? what : plural);
  }

  std::string brief(const double value)
  {
    std::ostringstream text;
    text.precision(4);
    text << value;
    return text.str();
  }

  std::string written(const std::vector<std::pair<int, std::string>> &named)
  {
    std::string text;
    for (const auto &[id, name] : named)
      text += (text.empty() ? "" : ", ") + std::to_string(id) + ": " + name;
    return text.empty() ? "none" : text;
  }
} // namespace lacuna

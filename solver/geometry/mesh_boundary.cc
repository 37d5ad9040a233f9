// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "geometry/mesh_boundary.h"

#include <algorithm>
#include <set>

namespace lacuna
{
  namespace
  {
    const char *const how_to_tag = "Give every outer surface one physical surface in gmsh.";

    /** The nodes of a side in the order in which they are seen from outside, counter-clockwise. */
    FaceKey outward(const MeshData &mesh, const CellFace &side)
    {
      constexpr bool lexicographic_points_outward[] = {false, true, true, false, false, true};
      const auto n = face_nodes(mesh.hexahedra[side.cell], side.face);
      return lexicographic_points_outward[side.face] ? FaceKey{n[0], n[1], n[3], n[2]}
                                                     : FaceKey{n[0], n[2], n[3], n[1]};
    }

    bool opposite(const FaceKey &a, const FaceKey &b)
    {
      const auto start = std::find(b.begin(), b.end(), a[0]) - b.begin();
      return b[(start + 3) % 4] == a[1] && b[(start + 2) % 4] == a[2];
    }

    bool less_key(const CellFace &a, const CellFace &b)
    {
      return a.key < b.key;
    }

    std::set<int> named_ids(const std::vector<std::pair<int, std::string>> &named)
    {
      std::set<int> ids;
      for (const auto &entry : named)
        ids.insert(entry.first);
      return ids;
    }

    /** Boundary ids found among the quadrilaterals of the file, 0 where there is none. */
    class Tags
    {
    public:
      Tags(const std::vector<CellFace> &all, const std::vector<CellFace> &outer)
          : faces(all), boundary(outer), ids(outer.size(), 0)
      {
      }

      void add(const MeshData::Quadrilateral &tagged, const MeshLabels &labels)
      {
        const CellFace wanted{face_key(tagged.nodes), 0, 0};
        const auto [first, last] =
            std::equal_range(boundary.begin(), boundary.end(), wanted, less_key);
        if (first == last)
        {
          if (!std::binary_search(faces.begin(), faces.end(), wanted, less_key))
            labels.fail("quadrilateral " + std::to_string(tagged.id) + " of " +
                        labels.face(tagged.face) +
                        " is not a face of any hexahedron.\nMesh surfaces and volumes together, so "
                        "that they share nodes.");
          inside.insert(tagged.face);
          return;
        }
        int &id = ids[first - boundary.begin()];
        if (id != 0 && id != tagged.face)
          labels.fail("quadrilateral " + std::to_string(tagged.id) + " belongs to two faces, " +
                      labels.face(id) + " and " + labels.face(tagged.face) + ".\n" + how_to_tag);
        id = tagged.face;
      }

      const std::vector<CellFace> &faces, &boundary;
      std::vector<int> ids;
      std::set<int> inside;
    };

    void check_named_once(const std::vector<std::pair<int, std::string>> &named,
                          const std::string &setting, const MeshLabels &labels)
    {
      std::map<int, std::string> seen;
      for (const auto &[id, name] : named)
      {
        if (id <= 0)
          labels.fail("'" + setting + "' names the id " + std::to_string(id) +
                      "; physical ids of gmsh start from 1.");
        const auto [first, is_new] = seen.emplace(id, name);
        if (!is_new)
          labels.fail("'" + setting + "' names the id " + std::to_string(id) + " twice: '" +
                      first->second + "' and '" + name + "'.");
      }
    }

    void compare_ids(const std::set<int> &in_file, const std::set<int> &in_settings,
                     const std::string &what, const std::string &setting,
                     const std::string &file_list, const std::string &settings_list,
                     const MeshLabels &labels)
    {
      if (in_file == in_settings)
        return;
      std::string problem;
      for (const int id : in_file)
        if (in_settings.count(id) == 0)
          problem += (problem.empty() ? "" : ", ") + what + " id " + std::to_string(id) +
                     " of the file has no name in the parameter file";
      for (const int id : in_settings)
        if (in_file.count(id) == 0)
          problem += (problem.empty() ? "" : ", ") + what + " id " + std::to_string(id) +
                     " named in the parameter file is not in the file";
      labels.fail(problem + ".\nIn the file: " + file_list + ".\nIn '" + setting +
                  "' of the parameter file: " + settings_list + ".");
    }
  } // namespace

  void check_shared_faces(const MeshData &mesh, const std::vector<CellFace> &faces,
                          const MeshLabels &labels)
  {
    for (std::size_t f = 1; f < faces.size(); ++f)
    {
      const auto &a = faces[f - 1], &b = faces[f];
      if (a.key != b.key)
        continue;
      if (f + 1 < faces.size() && faces[f + 1].key == a.key)
        labels.fail("three hexahedra share one face: elements " +
                    std::to_string(mesh.hexahedra[a.cell].id) + ", " +
                    std::to_string(mesh.hexahedra[b.cell].id) + " and " +
                    std::to_string(mesh.hexahedra[faces[f + 1].cell].id) + ", " +
                    labels.cell(a.cell) + ".\nTwo of them must overlap: mesh that place again.");
      if (!opposite(outward(mesh, a), outward(mesh, b)))
        labels.fail("the mesh is folded: elements " + std::to_string(mesh.hexahedra[a.cell].id) +
                    " and " + std::to_string(mesh.hexahedra[b.cell].id) +
                    " lie on the same side of the face that they share, " + labels.cell(a.cell) +
                    ".\nMove the nodes around that place, or mesh it again.");
    }
  }

  std::vector<CellFace> boundary_faces(const std::vector<CellFace> &sorted_faces)
  {
    std::vector<CellFace> boundary;
    for (std::size_t f = 0; f < sorted_faces.size(); ++f)
    {
      const auto &key = sorted_faces[f].key;
      if ((f == 0 || sorted_faces[f - 1].key != key) &&
          (f + 1 == sorted_faces.size() || sorted_faces[f + 1].key != key))
        boundary.push_back(sorted_faces[f]);
    }
    return boundary;
  }

  void check_touching(const MeshData &mesh, const std::vector<CellFace> &boundary,
                      const MeshLabels &labels)
  {
    const auto touching = touching_faces(mesh, boundary);
    if (touching.empty())
      return;
    const auto &first = touching.front();
    labels.fail("parts of the boundary touch without being joined (a crack or a hanging node): "
                "node " +
                std::to_string(mesh.node_ids[first.node]) + " lies on a face of " +
                labels.cell(boundary[first.face].cell) + "; " +
                counted(touching.size(), "such place") +
                ".\nNothing would diffuse across. Cells must share whole faces: make the mesh "
                "conforming.");
  }

  void check_any_region(const MeshData &mesh, const GeometrySettings &settings,
                        const MeshLabels &labels)
  {
    const auto tagged = [](const MeshData::Hexahedron &cell) { return cell.region != 0; };
    if (std::none_of(mesh.hexahedra.begin(), mesh.hexahedra.end(), tagged))
      labels.fail("no region ids in file; the parameter file expects 'Regions = " +
                  written(settings.mesh_regions) +
                  "'.\nGive every volume one physical volume in gmsh before saving.");
  }

  std::vector<int> check_boundary(const MeshData &mesh, const std::vector<CellFace> &faces,
                                  const std::vector<CellFace> &boundary, const MeshLabels &labels,
                                  std::vector<std::string> &notes)
  {
    Tags tags(faces, boundary);
    for (const auto &quadrilateral : mesh.quadrilaterals)
      if (quadrilateral.face != 0)
        tags.add(quadrilateral, labels);

    const std::size_t untagged = std::count(tags.ids.begin(), tags.ids.end(), 0);
    if (untagged == tags.ids.size())
      labels.fail("no boundary ids: no nutrient supply could be applied to its " +
                  std::to_string(boundary.size()) + " boundary faces.\n" + how_to_tag);
    if (untagged > 0)
    {
      const auto first = std::find(tags.ids.begin(), tags.ids.end(), 0) - tags.ids.begin();
      labels.fail(std::to_string(untagged) + " of " + std::to_string(boundary.size()) +
                  " boundary faces have no id, first: of " + labels.cell(boundary[first].cell) +
                  ".\n" + how_to_tag);
    }
    for (const int id : tags.inside)
      if (std::find(tags.ids.begin(), tags.ids.end(), id) == tags.ids.end())
        notes.push_back("the quadrilaterals of " + labels.face(id) +
                        " lie inside the body and are ignored");
    return tags.ids;
  }

  void check_ids(const MeshData &mesh, const std::vector<int> &boundary_ids,
                 const GeometrySettings &settings, const MeshLabels &labels)
  {
    check_named_once(settings.mesh_regions, "Regions", labels);
    check_named_once(settings.mesh_faces, "Faces", labels);

    std::set<int> regions;
    for (unsigned int c = 0; c < mesh.hexahedra.size(); ++c)
    {
      if (mesh.hexahedra[c].region == 0)
        labels.fail("some cells have no region id, first: " + labels.cell(c) +
                    ".\nGive every volume one physical volume in gmsh.");
      regions.insert(mesh.hexahedra[c].region);
    }
    compare_ids(regions, named_ids(settings.mesh_regions), "region", "Regions",
                labels.region_ids(regions), written(settings.mesh_regions), labels);
    const std::set<int> faces(boundary_ids.begin(), boundary_ids.end());
    compare_ids(faces, named_ids(settings.mesh_faces), "face", "Faces", labels.face_ids(faces),
                written(settings.mesh_faces), labels);
  }

  NameIndex::NameIndex(const std::vector<std::pair<int, std::string>> &named)
  {
    for (const auto &[id, name] : named)
    {
      const auto found = std::find(names.begin(), names.end(), name);
      index[id]        = found - names.begin();
      if (found == names.end())
        names.push_back(name);
    }
  }
} // namespace lacuna

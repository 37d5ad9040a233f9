// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "geometry/mesh_boundary.h"

#include <algorithm>
#include <array>
#include <functional>
#include <iterator>
#include <set>

namespace lacuna
{
  namespace
  {
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
      Tags(const std::vector<CellFace> &all, const std::vector<CellFace> &outer,
           const MeshRemedies &remedies)
          : faces(all), boundary(outer), ids(outer.size(), 0), how_to_tag(remedies.tag_faces)
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
          const auto place = std::lower_bound(faces.begin(), faces.end(), wanted, less_key);
          inside.emplace(tagged.face, std::array{place->cell, std::next(place)->cell});
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
      InnerFaces inside;

    private:
      const std::string &how_to_tag;
    };

    void check_named_once(const std::vector<std::pair<int, std::string>> &named,
                          const std::string &setting, const std::string &first_id,
                          const MeshLabels &labels)
    {
      std::map<int, std::string> seen;
      for (const auto &[id, name] : named)
      {
        if (id <= 0)
          labels.fail("'" + setting + "' names the id " + std::to_string(id) + "; " + first_id +
                      ".");
        const auto [first, is_new] = seen.emplace(id, name);
        if (!is_new)
          labels.fail("'" + setting + "' names the id " + std::to_string(id) + " twice: '" +
                      first->second + "' and '" + name + "'.");
      }
    }

    /** What carries an id in the file: "hexahedra", "lines"; empty if nothing does. */
    std::string carriers(const MeshData &mesh, const int id)
    {
      std::vector<std::string> kinds;
      const auto cells = [id](const MeshData::Hexahedron &cell) { return cell.region == id; };
      if (std::any_of(mesh.hexahedra.begin(), mesh.hexahedra.end(), cells))
        kinds.push_back("hexahedra");
      const auto faces = [id](const MeshData::Quadrilateral &face) { return face.face == id; };
      if (std::any_of(mesh.quadrilaterals.begin(), mesh.quadrilaterals.end(), faces))
        kinds.push_back("quadrilaterals");
      for (const auto &[name, elements] : mesh.other_elements)
        if (elements.ids.count(id) != 0)
          kinds.push_back(name);
      std::string text;
      for (const std::string &kind : kinds)
        text += (text.empty() ? "" : " and ") + kind;
      return text;
    }

    /** Where an id of the settings is, if not where it should be; empty if it is nowhere. */
    using Elsewhere = std::function<std::string(int)>;

    std::string region_elsewhere(const MeshData &mesh, const int id)
    {
      const std::string kinds = carriers(mesh, id);
      return kinds.empty() ? ""
                           : "belongs to " + kinds + " in the file; a region is made of hexahedra";
    }

    std::string face_elsewhere(const MeshData &mesh, const InnerFaces &inside, const int id,
                               const MeshLabels &labels)
    {
      const auto inner = inside.find(id);
      if (inner != inside.end())
      {
        const int first         = mesh.hexahedra[inner->second[0]].region,
                  second        = mesh.hexahedra[inner->second[1]].region;
        const std::string where = first == second
                                      ? "within " + labels.region(first)
                                      : "between " + labels.region(std::min(first, second)) +
                                            " and " + labels.region(std::max(first, second));
        return "lies inside the body, " + where +
               "; boundary conditions act on its outside only, so remove this id from 'Faces'";
      }
      const std::string kinds = carriers(mesh, id);
      return kinds.empty() ? ""
                           : "belongs to " + kinds +
                                 " in the file; a face is made of quadrilaterals on the " +
                                 "outside of the body";
    }

    /** The ids of one kind, in the file and in the settings. */
    struct IdSets
    {
      std::string what, setting; ///< "face", "Faces"
      std::set<int> in_file, in_settings;
      std::string file_list, settings_list;
    };

    void compare_ids(const IdSets &ids, const Elsewhere &elsewhere, const MeshLabels &labels)
    {
      const auto &[what, setting, in_file, in_settings, file_list, settings_list] = ids;
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
                     " named in the parameter file " +
                     (elsewhere(id).empty() ? "is not in the file" : elsewhere(id));
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
                  written(settings.mesh_regions) + "'.\n" + mesh.remedies.tag_regions);
  }

  BoundaryIds check_boundary(const MeshData &mesh, const std::vector<CellFace> &faces,
                             const std::vector<CellFace> &boundary, const MeshLabels &labels,
                             std::vector<std::string> &notes)
  {
    const std::string &how_to_tag = mesh.remedies.tag_faces;
    Tags tags(faces, boundary, mesh.remedies);
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
    for (const auto &[id, cells] : tags.inside)
      if (std::find(tags.ids.begin(), tags.ids.end(), id) == tags.ids.end())
        notes.push_back("the quadrilaterals of " + labels.face(id) +
                        " lie inside the body and are ignored");
    return {tags.ids, tags.inside};
  }

  void check_ids(const MeshData &mesh, const BoundaryIds &boundary,
                 const GeometrySettings &settings, const MeshLabels &labels)
  {
    check_named_once(settings.mesh_regions, "Regions", mesh.remedies.first_id, labels);
    check_named_once(settings.mesh_faces, "Faces", mesh.remedies.first_id, labels);

    std::set<int> regions;
    for (unsigned int c = 0; c < mesh.hexahedra.size(); ++c)
    {
      if (mesh.hexahedra[c].region == 0)
        labels.fail("some cells have no region id, first: " + labels.cell(c) + ".\n" +
                    mesh.remedies.tag_regions);
      regions.insert(mesh.hexahedra[c].region);
    }
    compare_ids(
        {"region", "Regions", regions, named_ids(settings.mesh_regions), labels.region_ids(regions),
         written(settings.mesh_regions)},
        [&](const int id) { return region_elsewhere(mesh, id); }, labels);
    const std::set<int> faces(boundary.ids.begin(), boundary.ids.end());
    compare_ids(
        {"face", "Faces", faces, named_ids(settings.mesh_faces), labels.face_ids(faces),
         written(settings.mesh_faces)},
        [&](const int id) { return face_elsewhere(mesh, boundary.inside, id, labels); }, labels);
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

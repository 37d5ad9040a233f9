// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "geometry/mesh_check.h"

#include "geometry/mesh_boundary.h"
#include "geometry/mesh_labels.h"
#include "geometry/mesh_topology.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace lacuna
{
  namespace
  {
    using Notes = std::vector<std::string>;

    /** "12 tetrahedra, 3 wedges": elements that are, or may be, volumes; or the surfaces. */
    std::string listed(const MeshData &mesh, const bool volumes)
    {
      std::string text;
      for (const auto &[name, elements] : mesh.other_elements)
      {
        const bool is_volume = elements.dimension == 3 || elements.dimension == -1;
        if (volumes ? is_volume : elements.dimension == 2)
          text += (text.empty() ? "" : ", ") + std::to_string(elements.number) + " " + name;
      }
      return text;
    }

    void check_elements(const MeshData &mesh, const MeshLabels &labels, Notes &notes)
    {
      const std::string volumes = listed(mesh, true);
      std::string sheets        = listed(mesh, false);
      if (mesh.hexahedra.empty() && volumes.empty())
      {
        if (!mesh.quadrilaterals.empty())
          sheets = std::to_string(mesh.quadrilaterals.size()) + " quadrilaterals" +
                   (sheets.empty() ? "" : ", " + sheets);
        if (sheets.empty())
          labels.fail("it holds no elements, so there is nothing to compute on.\n" +
                      mesh.remedies.save_volume);
        labels.fail("2D mesh: " + sheets +
                    ", no volume cells.\nLacuna computes in three dimensions: extrude the mesh, by "
                    "a single layer if need be.");
      }
      const std::string advice = "\n" + mesh.remedies.mesh_hexahedra;
      if (mesh.hexahedra.empty())
        labels.fail("the mesh consists of " + volumes +
                    "; only meshes of first-order hexahedra are supported." + advice);
      if (!volumes.empty())
        labels.fail("mesh mixes " + std::to_string(mesh.hexahedra.size()) + " hexahedra and " +
                    volumes + "; only all-hex meshes are supported." + advice);
      if (!sheets.empty())
        notes.push_back(sheets + " in the mesh file are not faces of hexahedra and are ignored");
    }

    void check_repeated_nodes(const MeshData &mesh, const MeshLabels &labels)
    {
      std::size_t collapsed = 0;
      unsigned int first    = 0;
      for (unsigned int c = 0; c < mesh.hexahedra.size(); ++c)
      {
        auto nodes = mesh.hexahedra[c].nodes;
        std::sort(nodes.begin(), nodes.end());
        if (std::adjacent_find(nodes.begin(), nodes.end()) != nodes.end() && collapsed++ == 0)
          first = c;
      }
      if (collapsed > 0)
        labels.fail(std::to_string(collapsed) +
                    (collapsed == 1 ? " hexahedron has" : " hexahedra have") +
                    " repeated nodes (collapsed to wedges), first: " + labels.cell(first) +
                    ".\nEvery hexahedron needs eight different nodes: mesh these places with "
                    "hexahedra proper.");
    }

    double shortest_edge(const MeshData &mesh)
    {
      double shortest = std::numeric_limits<double>::max();
      for (const auto &cell : mesh.hexahedra)
        shortest = std::min(shortest, edge_lengths(corners(mesh, cell))[0]);
      return shortest;
    }

    void merge(MeshData &mesh, Notes &notes)
    {
      // Nodes that are meant to be one agree to the digits that were written; a thousandth of an
      // edge collapses nothing.
      const auto pairs = coincident_nodes(mesh, 1e-3 * shortest_edge(mesh));
      merge_nodes(mesh, pairs);
      if (!pairs.empty())
        notes.push_back(counted(pairs.size(), "coincident node") + " merged");
    }

    /** A cell numbered as its mirror image has eight negative Jacobians and is only turned. */
    void turn_mirrored_cells(MeshData &mesh, Notes &notes)
    {
      std::size_t turned = 0;
      for (auto &cell : mesh.hexahedra)
      {
        const auto at = corners(mesh, cell);
        bool mirrored = true;
        for (unsigned int c = 0; c < 8; ++c)
          mirrored = mirrored && scaled_jacobian(at, c) < 0;
        if (mirrored)
        {
          for (unsigned int c = 0; c < 4; ++c)
            std::swap(cell.nodes[c], cell.nodes[c + 4]);
          ++turned;
        }
      }
      if (turned > 0)
        notes.push_back(counted(turned, "cell") + " numbered as mirror images and turned");
    }

    void check_jacobians(const MeshData &mesh, const MeshLabels &labels)
    {
      // A flat cell is as bad as one inside out: rounding decides its sign.
      constexpr double flat = 1e-10;
      std::size_t affected  = 0;
      unsigned int worst = 0, worst_corner = 0;
      double smallest = std::numeric_limits<double>::max();
      for (unsigned int c = 0; c < mesh.hexahedra.size(); ++c)
      {
        const auto at = corners(mesh, mesh.hexahedra[c]);
        affected += scaled_jacobian(at) <= flat;
        for (unsigned int k = 0; k < 8; ++k)
          if (scaled_jacobian(at, k) < smallest)
          {
            smallest     = scaled_jacobian(at, k);
            worst        = c;
            worst_corner = k;
          }
      }
      if (affected == 0)
        return;
      const long long node = mesh.node_ids[mesh.hexahedra[worst].nodes[worst_corner]];
      labels.fail(labels.cell(worst) + ", is " + (smallest < -flat ? "inside out" : "flat") +
                  " (scaled Jacobian " + brief(smallest) + " at its corner on node " +
                  std::to_string(node) + "); " + counted(affected, "cell") +
                  " affected.\nMove the nodes around that place, or mesh it again.");
    }

    void check_duplicate_cells(const MeshData &mesh, const MeshLabels &labels)
    {
      std::vector<std::pair<std::array<unsigned int, 8>, unsigned int>> cells;
      for (unsigned int c = 0; c < mesh.hexahedra.size(); ++c)
      {
        cells.emplace_back(mesh.hexahedra[c].nodes, c);
        std::sort(cells.back().first.begin(), cells.back().first.end());
      }
      std::sort(cells.begin(), cells.end());
      const auto same = [](const auto &a, const auto &b) { return a.first == b.first; };
      const auto twin = std::adjacent_find(cells.begin(), cells.end(), same);
      if (twin == cells.end())
        return;
      std::size_t number = 0;
      for (std::size_t c = 1; c < cells.size(); ++c)
        number += same(cells[c], cells[c - 1]);
      labels.fail(counted(number, "hexahedron") + " written twice, first: elements " +
                  std::to_string(mesh.hexahedra[twin->second].id) + " and " +
                  std::to_string(mesh.hexahedra[(twin + 1)->second].id) + ", " +
                  labels.cell(twin->second) + ".\n" + mesh.remedies.cell_twice);
    }

    void check_coincident_nodes(const MeshData &mesh, const MeshLabels &labels)
    {
      const auto pairs = coincident_nodes(mesh, 1e-6 * shortest_edge(mesh));
      if (pairs.empty())
        return;
      std::vector<std::set<int>> regions_of(mesh.nodes.size());
      for (const auto &cell : mesh.hexahedra)
        for (const unsigned int node : cell.nodes)
          regions_of[node].insert(cell.region);
      std::set<int> first, second;
      for (const auto &[a, b] : pairs)
      {
        first.insert(regions_of[a].begin(), regions_of[a].end());
        second.insert(regions_of[b].begin(), regions_of[b].end());
      }
      const auto &at          = mesh.nodes[pairs.front().first];
      const std::string where = "nodes " + std::to_string(mesh.node_ids[pairs.front().first]) +
                                " and " + std::to_string(mesh.node_ids[pairs.front().second]) +
                                " at (" + brief(at[0]) + ", " + brief(at[1]) + ", " + brief(at[2]) +
                                ")";
      const std::string who =
          first == second ? "cells of " + labels.regions(first)
                          : "regions " + labels.regions(first) + " and " + labels.regions(second);
      labels.fail(who +
                  " touch but share no nodes: " + counted(pairs.size(), "coincident node pair") +
                  ", first: " + where + ".\nNothing would diffuse across. " +
                  mesh.remedies.join_nodes + ", or set 'Merge coincident nodes = yes'.");
    }

    void check_pieces(const MeshData &mesh, const std::vector<CellFace> &faces,
                      const MeshLabels &labels)
    {
      const auto piece  = pieces(mesh, faces);
      const auto number = *std::max_element(piece.begin(), piece.end()) + 1;
      if (number == 1)
        return;
      std::vector<std::size_t> cells(number);
      std::vector<unsigned int> first(number, std::numeric_limits<unsigned int>::max());
      for (unsigned int c = 0; c < piece.size(); ++c)
      {
        ++cells[piece[c]];
        first[piece[c]] = std::min(first[piece[c]], c);
      }
      labels.fail("the mesh falls into " + std::to_string(number) +
                  " pieces that share no face: one of " + counted(cells[0], "cell") + " with " +
                  labels.cell(first[0]) + "; one of " + counted(cells[1], "cell") + " with " +
                  labels.cell(first[1]) +
                  ".\nNothing would diffuse between them: join them, or remove what does not "
                  "belong to the tissue.");
    }

    struct LengthUnit
    {
      const char *name;
      double metres;
    };
    constexpr LengthUnit length_units[] = {{"m", 1}, {"cm", 1e-2}, {"mm", 1e-3}, {"um", 1e-6}};

    std::string length(const double metres)
    {
      if (metres >= 1)
        return brief(metres) + " m";
      return metres >= 1e-4 ? brief(metres * 1e3) + " mm" : brief(metres * 1e6) + " um";
    }

    void check_size(const MeshData &mesh, const double unit, const MeshLabels &labels)
    {
      constexpr double smallest = 0.2e-3, largest = 200e-3;
      const auto used = used_nodes(mesh);
      double extent   = 0;
      for (unsigned int i = 0; i < dim; ++i)
      {
        double low = std::numeric_limits<double>::max(), high = -low;
        for (unsigned int n = 0; n < mesh.nodes.size(); ++n)
          if (used[n])
          {
            low  = std::min(low, mesh.nodes[n][i]);
            high = std::max(high, mesh.nodes[n][i]);
          }
        extent = std::max(extent, high - low);
      }
      if (extent * unit >= smallest && extent * unit <= largest)
        return;
      std::string advice;
      for (const auto &other : length_units)
        if (extent * other.metres >= smallest && extent * other.metres <= largest)
          advice += std::string(advice.empty() ? "If it is in " : "; if it is in ") + other.name +
                    " set 'Length unit = " + other.name + "'";
      labels.fail("mesh is " + length(extent * unit) +
                  " wide, with the 'Length unit' of the parameter file; tissue is 0.2 mm to 200 mm "
                  "wide.\n" +
                  (advice.empty() ? "No usual length unit makes it tissue: is it the right file?"
                                  : advice + "."));
    }

    void note_unused_nodes(const MeshData &mesh, Notes &notes)
    {
      const auto used          = used_nodes(mesh);
      const std::size_t unused = std::count(used.begin(), used.end(), false);
      if (unused > 0)
        notes.push_back(counted(unused, "node") + " of the mesh file used by no cell and left out");
    }

    void note_quality(const MeshData &mesh, Notes &notes)
    {
      std::size_t low = 0, stretched = 0;
      double smallest = 1, largest = 0;
      for (const auto &cell : mesh.hexahedra)
      {
        const auto at        = corners(mesh, cell);
        const double quality = scaled_jacobian(at);
        const auto edges     = edge_lengths(at);
        low += quality < 0.2;
        stretched += edges[1] > 1000 * edges[0];
        smallest = std::min(smallest, quality);
        largest  = std::max(largest, edges[1] / edges[0]);
      }
      if (low > 0)
        notes.push_back(counted(low, "cell") + " with a scaled Jacobian below 0.2, the smallest " +
                        brief(smallest));
      if (stretched > 0)
        notes.push_back(counted(stretched, "cell") +
                        " with an aspect ratio above 1000, the largest " + brief(largest));
    }

    CoarseMesh in_metres(const MeshData &mesh, const double unit)
    {
      CoarseMesh result;
      std::vector<unsigned int> number(mesh.nodes.size());
      const auto used = used_nodes(mesh);
      for (unsigned int n = 0; n < mesh.nodes.size(); ++n)
        if (used[n])
        {
          number[n]      = result.vertices.size();
          const auto &at = mesh.nodes[n];
          result.vertices.push_back({at[0] * unit, at[1] * unit, at[2] * unit});
        }
      for (const auto &hexahedron : mesh.hexahedra)
      {
        CoarseMesh::Cell cell;
        for (unsigned int c = 0; c < 8; ++c)
          cell.vertices[c] = number[hexahedron.nodes[c]];
        result.cells.push_back(cell);
      }
      return result;
    }
  } // namespace

  AcceptedMesh accept_mesh(MeshData mesh, const GeometrySettings &settings)
  {
    AcceptedMesh accepted;
    const MeshLabels labels(mesh, settings);
    check_elements(mesh, labels, accepted.notes);
    check_repeated_nodes(mesh, labels);
    note_unused_nodes(mesh, accepted.notes);
    if (settings.merge_coincident_nodes)
      merge(mesh, accepted.notes);
    turn_mirrored_cells(mesh, accepted.notes);
    check_jacobians(mesh, labels);
    check_duplicate_cells(mesh, labels);
    check_coincident_nodes(mesh, labels);

    const auto faces = sorted_cell_faces(mesh);
    check_shared_faces(mesh, faces, labels);
    const auto boundary = boundary_faces(faces);
    check_touching(mesh, boundary, labels); // before pieces: it says why they are not one
    check_pieces(mesh, faces, labels);
    check_any_region(mesh, settings, labels);
    const auto boundary_ids = check_boundary(mesh, faces, boundary, labels, accepted.notes);
    check_ids(mesh, boundary_ids, settings, labels);
    check_size(mesh, settings.mesh_unit, labels);
    note_quality(mesh, accepted.notes);

    const NameIndex regions(settings.mesh_regions), names(settings.mesh_faces);
    accepted.mesh    = in_metres(mesh, settings.mesh_unit);
    accepted.regions = regions.names;
    accepted.faces   = names.names;
    for (std::size_t c = 0; c < mesh.hexahedra.size(); ++c)
      accepted.mesh.cells[c].region = regions.of(mesh.hexahedra[c].region);
    for (std::size_t f = 0; f < boundary.size(); ++f)
    {
      CoarseMesh::Face face;
      face.face = names.of(boundary_ids.ids[f]);
      for (unsigned int c = 0; c < 4; ++c)
        face.vertices[c] =
            accepted.mesh.cells[boundary[f].cell].vertices[face_corners[boundary[f].face][c]];
      accepted.mesh.faces.push_back(face);
    }
    return accepted;
  }
} // namespace lacuna

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "geometry/mesh_topology.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numeric>
#include <tuple>
#include <unordered_map>

namespace lacuna
{
  namespace
  {
    /** Points sorted into cubes of one width, to find what is near without comparing all pairs. */
    class Buckets
    {
    public:
      explicit Buckets(const double cube_width) : width(cube_width) {}

      void add(const Coordinates &point, const unsigned int what)
      {
        content[cube(point)].push_back(what);
      }

      /** Calls `use` with everything in the cubes that the box touches. */
      template <typename Use>
      void near(const Coordinates &low, const Coordinates &high, const Use &use) const
      {
        const Cube from = cube(low), to = cube(high);
        double cubes = 1;
        for (unsigned int i = 0; i < 3; ++i)
          cubes *= static_cast<double>(to[i]) - static_cast<double>(from[i]) + 1;
        if (cubes > content.size())
          for (const auto &entry : content)
            use_all(entry.second, use);
        else
          for (auto x = from[0]; x <= to[0]; ++x)
            for (auto y = from[1]; y <= to[1]; ++y)
              for (auto z = from[2]; z <= to[2]; ++z)
              {
                const auto found = content.find({{x, y, z}});
                if (found != content.end())
                  use_all(found->second, use);
              }
      }

    private:
      using Cube = std::array<std::int64_t, 3>;

      struct Hash
      {
        std::size_t operator()(const Cube &cube) const
        {
          std::uint64_t hash = 0;
          for (const auto index : cube)
            hash = (hash ^ static_cast<std::uint64_t>(index)) * 0x9E3779B97F4A7C15u;
          return hash ^ (hash >> 29);
        }
      };

      Cube cube(const Coordinates &point) const
      {
        Cube result;
        for (unsigned int i = 0; i < 3; ++i)
          result[i] =
              static_cast<std::int64_t>(std::clamp(std::floor(point[i] / width), -1e18, 1e18));
        return result;
      }

      template <typename Use>
      static void use_all(const std::vector<unsigned int> &all, const Use &use)
      {
        for (const unsigned int what : all)
          use(what);
      }

      double width;
      std::unordered_map<Cube, std::vector<unsigned int>, Hash> content;
    };

    Coordinates operator-(const Coordinates &a, const Coordinates &b)
    {
      return {a[0] - b[0], a[1] - b[1], a[2] - b[2]};
    }

    double dot(const Coordinates &a, const Coordinates &b)
    {
      return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
    }

    Coordinates moved(const Coordinates &point, const double by)
    {
      return {point[0] + by, point[1] + by, point[2] + by};
    }

    double distance_to_segment(const Coordinates &p, const Coordinates &a, const Coordinates &b)
    {
      const auto ab = b - a, ap = p - a;
      const double length = dot(ab, ab);
      const double share  = length > 0 ? std::clamp(dot(ap, ab) / length, 0., 1.) : 0;
      return distance(p, {a[0] + share * ab[0], a[1] + share * ab[1], a[2] + share * ab[2]});
    }

    double distance_to_triangle(const Coordinates &p, const Coordinates &a, const Coordinates &b,
                                const Coordinates &c)
    {
      const auto u = b - a, v = c - a, w = p - a;
      const double uu = dot(u, u), uv = dot(u, v), vv = dot(v, v), wu = dot(w, u), wv = dot(w, v);
      const double determinant = uu * vv - uv * uv;
      if (determinant > 0)
      {
        const double s = (vv * wu - uv * wv) / determinant, t = (uu * wv - uv * wu) / determinant;
        if (s >= 0 && t >= 0 && s + t <= 1)
          return distance(w, {s * u[0] + t * v[0], s * u[1] + t * v[1], s * u[2] + t * v[2]});
      }
      return std::min({distance_to_segment(p, a, b), distance_to_segment(p, b, c),
                       distance_to_segment(p, c, a)});
    }

    double distance_to_face(const Coordinates &p, const std::array<Coordinates, 4> &face)
    {
      Coordinates centre{};
      for (const auto &corner : face)
        for (unsigned int i = 0; i < 3; ++i)
          centre[i] += corner[i] / 4;
      double result = std::numeric_limits<double>::max();
      for (const auto &[a, b] : {std::pair{0, 1}, {1, 3}, {3, 2}, {2, 0}})
        result = std::min(result, distance_to_triangle(p, face[a], face[b], centre));
      return result;
    }
  } // namespace

  FaceKey face_key(FaceKey nodes)
  {
    std::sort(nodes.begin(), nodes.end());
    return nodes;
  }

  FaceKey face_nodes(const MeshData::Hexahedron &cell, const unsigned int face)
  {
    FaceKey nodes;
    for (unsigned int c = 0; c < 4; ++c)
      nodes[c] = cell.nodes[face_corners[face][c]];
    return nodes;
  }

  std::vector<CellFace> sorted_cell_faces(const MeshData &mesh)
  {
    std::vector<CellFace> faces;
    for (unsigned int c = 0; c < mesh.hexahedra.size(); ++c)
      for (unsigned int f = 0; f < 6; ++f)
        faces.push_back({face_key(face_nodes(mesh.hexahedra[c], f)), c, f});
    std::sort(faces.begin(), faces.end(),
              [](const CellFace &a, const CellFace &b)
              { return std::tie(a.key, a.cell, a.face) < std::tie(b.key, b.cell, b.face); });
    return faces;
  }

  Corners corners(const MeshData &mesh, const MeshData::Hexahedron &cell)
  {
    Corners result;
    for (unsigned int c = 0; c < 8; ++c)
      result[c] = mesh.nodes[cell.nodes[c]];
    return result;
  }

  std::vector<bool> used_nodes(const MeshData &mesh)
  {
    std::vector<bool> used(mesh.nodes.size(), false);
    for (const auto &cell : mesh.hexahedra)
      for (const unsigned int node : cell.nodes)
        used[node] = true;
    return used;
  }

  std::vector<double> shortest_edges(const MeshData &mesh)
  {
    std::vector<double> shortest(mesh.nodes.size(), 0);
    for (const auto &cell : mesh.hexahedra)
      for (unsigned int c = 0; c < 8; ++c)
        for (unsigned int bit = 1; bit < 8; bit *= 2)
        {
          const unsigned int node = cell.nodes[c];
          const double length     = distance(mesh.nodes[node], mesh.nodes[cell.nodes[c ^ bit]]);
          shortest[node]          = shortest[node] == 0 ? length : std::min(shortest[node], length);
        }
    return shortest;
  }

  std::vector<std::pair<unsigned int, unsigned int>> coincident_nodes(const MeshData &mesh,
                                                                      const double tolerance)
  {
    std::vector<std::pair<unsigned int, unsigned int>> pairs;
    if (!(tolerance > 0))
      return pairs;
    const auto used = used_nodes(mesh);
    Buckets buckets(4 * tolerance);
    for (unsigned int n = 0; n < mesh.nodes.size(); ++n)
      if (used[n])
      {
        const auto &at     = mesh.nodes[n];
        unsigned int first = n;
        buckets.near(moved(at, -tolerance), moved(at, tolerance),
                     [&](const unsigned int other)
                     {
                       if (distance(at, mesh.nodes[other]) < tolerance)
                         first = std::min(first, other);
                     });
        if (first < n)
          pairs.emplace_back(first, n);
        else
          buckets.add(at, n);
      }
    return pairs;
  }

  void merge_nodes(MeshData &mesh, const std::vector<std::pair<unsigned int, unsigned int>> &pairs)
  {
    std::vector<unsigned int> kept(mesh.nodes.size());
    std::iota(kept.begin(), kept.end(), 0u);
    for (const auto &[first, second] : pairs)
      kept[second] = first;
    for (auto &cell : mesh.hexahedra)
      for (auto &node : cell.nodes)
        node = kept[node];
    for (auto &face : mesh.quadrilaterals)
      for (auto &node : face.nodes)
        node = kept[node];
  }

  std::vector<unsigned int> pieces(const MeshData &mesh, const std::vector<CellFace> &faces)
  {
    std::vector<unsigned int> root(mesh.hexahedra.size());
    std::iota(root.begin(), root.end(), 0u);
    const auto find = [&root](unsigned int cell)
    {
      for (; root[cell] != cell; cell = root[cell])
        root[cell] = root[root[cell]];
      return cell;
    };
    for (std::size_t f = 1; f < faces.size(); ++f)
      if (faces[f].key == faces[f - 1].key)
        root[find(faces[f].cell)] = find(faces[f - 1].cell);

    std::unordered_map<unsigned int, unsigned int> number;
    std::vector<unsigned int> piece;
    for (unsigned int c = 0; c < root.size(); ++c)
      piece.push_back(number.emplace(find(c), number.size()).first->second);
    return piece;
  }

  std::vector<TouchingFace> touching_faces(const MeshData &mesh,
                                           const std::vector<CellFace> &boundary)
  {
    constexpr double share = 1e-3;
    const auto edges       = shortest_edges(mesh);
    const auto corners     = [&](const CellFace &face)
    {
      std::array<Coordinates, 4> result;
      const auto nodes = face_nodes(mesh.hexahedra[face.cell], face.face);
      for (unsigned int c = 0; c < 4; ++c)
        result[c] = mesh.nodes[nodes[c]];
      return result;
    };
    double mean = 0;
    std::vector<bool> on_boundary(mesh.nodes.size(), false);
    for (const auto &face : boundary)
    {
      const auto at = corners(face);
      mean += (distance(at[0], at[3]) + distance(at[1], at[2])) / 2 / boundary.size();
      for (const unsigned int node : face.key)
        on_boundary[node] = true;
    }

    Buckets nodes(mean);
    for (unsigned int n = 0; n < mesh.nodes.size(); ++n)
      if (on_boundary[n])
        nodes.add(mesh.nodes[n], n);

    std::vector<TouchingFace> touching;
    for (unsigned int f = 0; f < boundary.size(); ++f)
    {
      const auto &key = boundary[f].key;
      const auto at   = corners(boundary[f]);
      double local    = edges[key[0]];
      for (const unsigned int node : key)
        local = std::min(local, edges[node]);
      Coordinates low = at[0], high = at[0];
      for (const auto &corner : at)
        for (unsigned int i = 0; i < 3; ++i)
        {
          low[i]  = std::min(low[i], corner[i] - share * local);
          high[i] = std::max(high[i], corner[i] + share * local);
        }
      nodes.near(low, high,
                 [&](const unsigned int node)
                 {
                   const bool own = std::find(key.begin(), key.end(), node) != key.end();
                   if (!own && distance_to_face(mesh.nodes[node], at) <
                                   share * std::min(local, edges[node]))
                     touching.push_back({node, f});
                 });
    }
    return touching;
  }
} // namespace lacuna

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "geometry/ball.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

namespace lacuna
{
  namespace
  {
    constexpr double pi         = 3.14159265358979323846;
    constexpr double core_share = 0.6, core_bulge = 0.15; ///< as in the O-grid of a section

    /** A vertex of the core cube by its integer coordinates 0..n. */
    using Lattice = std::array<unsigned int, 3>;

    std::array<double, 3> cube_coordinates(const Lattice &at, const unsigned int n)
    {
      return {2. * at[0] / n - 1, 2. * at[1] / n - 1, 2. * at[2] / n - 1};
    }

    Coordinates core_point(const Lattice &at, const unsigned int n, const double radius)
    {
      const auto u      = cube_coordinates(at, n);
      const double half = core_share * radius / std::sqrt(3.);
      Coordinates point;
      for (unsigned int i = 0; i < 3; ++i)
      {
        const double v = u[(i + 1) % 3], w = u[(i + 2) % 3];
        point[i] = half * u[i] * (1 + core_bulge * (1 - (v * v + w * w) / 2));
      }
      return point;
    }

    /** The direction to which a vertex on the surface of the cube is carried: equal angles along
     * each edge. */
    Coordinates direction(const Lattice &at, const unsigned int n)
    {
      Coordinates d;
      double square = 0;
      for (unsigned int i = 0; i < 3; ++i)
      {
        d[i] = std::tan(pi / 4 * cube_coordinates(at, n)[i]);
        square += d[i] * d[i];
      }
      for (double &component : d)
        component /= std::sqrt(square);
      return d;
    }

    /** Vertices of one closed surface around the core, found by the core vertex that they belong
     * to. */
    using Surface = std::map<Lattice, unsigned int>;

    Surface add_core(CoarseMesh &mesh, const unsigned int n, const double radius)
    {
      std::map<Lattice, unsigned int> all;
      Surface surface;
      for (unsigned int k = 0; k <= n; ++k)
        for (unsigned int j = 0; j <= n; ++j)
          for (unsigned int i = 0; i <= n; ++i)
          {
            const Lattice at{i, j, k};
            all[at] = mesh.vertices.size();
            if (std::any_of(at.begin(), at.end(), [n](unsigned int c) { return c == 0 || c == n; }))
              surface[at] = mesh.vertices.size();
            mesh.vertices.push_back(core_point(at, n, radius));
          }
      for (unsigned int k = 0; k < n; ++k)
        for (unsigned int j = 0; j < n; ++j)
          for (unsigned int i = 0; i < n; ++i)
          {
            CoarseMesh::Cell cell;
            for (unsigned int c = 0; c < 8; ++c)
              cell.vertices[c] = all[{i + (c & 1), j + ((c >> 1) & 1), k + (c >> 2)}];
            mesh.cells.push_back(cell);
          }
      return surface;
    }

    /** The surface `share` of the way from the core's surface to the sphere of this radius. */
    Surface add_surface(CoarseMesh &mesh, const Surface &core, const unsigned int n,
                        const double radius, const double share)
    {
      Surface surface;
      for (const auto &[at, core_vertex] : core)
      {
        const Coordinates from = mesh.vertices[core_vertex], towards = direction(at, n);
        Coordinates point;
        for (unsigned int i = 0; i < 3; ++i)
          point[i] = (1 - share) * from[i] + share * radius * towards[i];
        surface[at] = mesh.vertices.size();
        mesh.vertices.push_back(point);
      }
      return surface;
    }

    /** Four vertices of the lower or upper surface in direction d, counter-clockwise seen from
     * outside. */
    std::array<Lattice, 4> surface_patch(const unsigned int n, const unsigned int d,
                                         const bool upper, const unsigned int i,
                                         const unsigned int j)
    {
      std::array<Lattice, 4> patch;
      for (unsigned int c = 0; c < 4; ++c)
      {
        const unsigned int a = i + (c & 1), b = j + (c >> 1);
        patch[c][d]           = upper ? n : 0;
        patch[c][(d + 1) % 3] = upper ? a : b;
        patch[c][(d + 2) % 3] = upper ? b : a;
      }
      return patch;
    }

    /** Calls `use` with the four vertices of every quadrilateral of the cube's surface. */
    template <typename Use>
    void for_each_patch(const unsigned int n, const Use &use)
    {
      for (unsigned int d = 0; d < 3; ++d)
        for (const bool upper : {false, true})
          for (unsigned int j = 0; j < n; ++j)
            for (unsigned int i = 0; i < n; ++i)
              use(surface_patch(n, d, upper, i, j));
    }

    void add_shell(CoarseMesh &mesh, const unsigned int n, const Surface &inner,
                   const Surface &outer, const unsigned int region)
    {
      for_each_patch(n,
                     [&](const std::array<Lattice, 4> &patch)
                     {
                       CoarseMesh::Cell cell;
                       cell.region = region;
                       cell.chart  = ring_chart;
                       for (unsigned int c = 0; c < 4; ++c)
                       {
                         cell.vertices[c]     = inner.at(patch[c]);
                         cell.vertices[c + 4] = outer.at(patch[c]);
                       }
                       mesh.cells.push_back(cell);
                     });
    }
  } // namespace

  Body ball(const GeometrySettings &settings)
  {
    Body body;
    body.faces  = {"surface"};
    body.curves = Body::Curves::spheres;

    const Layer &first            = settings.layers.front();
    const unsigned int core_cells = std::max(1u, first.cells / 2), n = 2 * core_cells;
    const Surface core = add_core(body.mesh, n, first.thickness);
    Surface inner      = core;
    double radius      = 0;
    for (std::size_t l = 0; l < settings.layers.size(); ++l)
    {
      const Layer &layer        = settings.layers[l];
      auto name                 = std::find(body.regions.begin(), body.regions.end(), layer.region);
      const unsigned int region = name - body.regions.begin();
      if (name == body.regions.end())
        body.regions.push_back(layer.region);
      const unsigned int shells =
          l > 0 ? layer.cells : std::max(1u, first.cells - std::min(first.cells, core_cells));
      for (unsigned int k = 1; k <= shells; ++k)
      {
        const double share = static_cast<double>(k) / shells;
        const auto outer =
            l == 0 ? add_surface(body.mesh, core, n, layer.thickness, share)
                   : add_surface(body.mesh, core, n, radius + share * layer.thickness, 1);
        add_shell(body.mesh, n, inner, outer, region);
        inner = outer;
      }
      radius += layer.thickness;
    }
    for_each_patch(n,
                   [&](const std::array<Lattice, 4> &patch)
                   {
                     CoarseMesh::Face face;
                     for (unsigned int c = 0; c < 4; ++c)
                       face.vertices[c] = inner.at(patch[c]);
                     body.mesh.faces.push_back(face);
                   });
    return body;
  }
} // namespace lacuna

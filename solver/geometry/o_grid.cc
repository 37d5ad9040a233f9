// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "geometry/o_grid.h"

#include "config/user_error.h"

#include <array>
#include <cmath>

namespace lacuna
{
  namespace
  {
    constexpr double pi = 3.14159265358979323846;
    using Point2        = std::array<double, 2>;

    // The corners of the core lie at 0.6 of the first circle and its edges bulge by 15 %: nearly
    // right angles all round.
    constexpr double core_share = 0.6, core_bulge = 0.15;

    struct Quadrilateral
    {
      std::array<unsigned int, 4> vertices;
      unsigned int region, chart;
    };

    struct PlanarMesh
    {
      std::vector<Point2> points;
      std::vector<Quadrilateral> cells;
      std::vector<std::array<unsigned int, 2>> outermost, innermost; ///< edges
    };

    Point2 circle_point(const OGrid &grid, const double rho, const double t)
    {
      return {rho * std::sin(t), grid.drift * (1 - rho) + rho * std::cos(t)};
    }

    /** Adds the core and returns its perimeter, clockwise from the corner at 45 degrees. */
    std::vector<unsigned int> add_core(const OGrid &grid, PlanarMesh &section)
    {
      const unsigned int n = grid.core_cells;
      const double rho     = grid.rings[grid.blended_rings - 1].outer;
      const double half    = core_share * rho / std::sqrt(2.);
      const double centre  = grid.drift * (1 - rho);
      const auto index     = [n](unsigned int i, unsigned int j) { return i + j * (n + 1); };
      for (unsigned int j = 0; j <= n; ++j)
        for (unsigned int i = 0; i <= n; ++i)
        {
          const double u = 2. * i / n - 1, v = 2. * j / n - 1;
          section.points.push_back({half * u * (1 + core_bulge * (1 - v * v)),
                                    centre + half * v * (1 + core_bulge * (1 - u * u))});
        }
      for (unsigned int j = 0; j < n; ++j)
        for (unsigned int i = 0; i < n; ++i)
          section.cells.push_back(
              {{index(i, j), index(i + 1, j), index(i, j + 1), index(i + 1, j + 1)},
               grid.core_region,
               core_chart});

      std::vector<unsigned int> perimeter;
      for (unsigned int k = 0; k < n; ++k)
        perimeter.push_back(index(n, n - k));
      for (unsigned int k = 0; k < n; ++k)
        perimeter.push_back(index(n - k, 0));
      for (unsigned int k = 0; k < n; ++k)
        perimeter.push_back(index(0, k));
      for (unsigned int k = 0; k < n; ++k)
        perimeter.push_back(index(k, n));
      return perimeter;
    }

    std::vector<unsigned int> add_circle(const OGrid &grid, const double rho,
                                         const unsigned int around, const double first_angle,
                                         PlanarMesh &section)
    {
      std::vector<unsigned int> circle;
      for (unsigned int k = 0; k < around; ++k)
      {
        circle.push_back(section.points.size());
        section.points.push_back(circle_point(grid, rho, first_angle + 2 * pi * k / around));
      }
      return circle;
    }

    /** Moves the circle just added towards the core so that `share` of the way is done. */
    void blend(PlanarMesh &section, const std::vector<unsigned int> &circle,
               const std::vector<unsigned int> &core, const double share)
    {
      for (unsigned int k = 0; k < circle.size(); ++k)
        for (unsigned int i = 0; i < 2; ++i)
        {
          double &coordinate = section.points[circle[k]][i];
          coordinate         = (1 - share) * section.points[core[k]][i] + share * coordinate;
        }
    }

    std::vector<std::array<unsigned int, 2>> edges(const std::vector<unsigned int> &circle)
    {
      std::vector<std::array<unsigned int, 2>> result;
      for (unsigned int k = 0; k < circle.size(); ++k)
        result.push_back({circle[k], circle[(k + 1) % circle.size()]});
      return result;
    }

    PlanarMesh build_section(const OGrid &grid)
    {
      PlanarMesh section;
      const bool hollow         = grid.core_cells == 0;
      const unsigned int around = hollow ? grid.around : 4 * grid.core_cells;
      const double first_angle  = hollow ? 0 : pi / 4;
      const auto core           = hollow ? std::vector<unsigned int>{} : add_core(grid, section);
      auto inner = hollow ? add_circle(grid, grid.inner, around, first_angle, section) : core;
      if (hollow)
        section.innermost = edges(inner);

      for (unsigned int r = 0; r < grid.rings.size(); ++r)
      {
        const bool blended = !hollow && r + 1 < grid.blended_rings;
        const double rho   = grid.rings[blended ? grid.blended_rings - 1 : r].outer;
        const auto outer   = add_circle(grid, rho, around, first_angle, section);
        if (blended)
          blend(section, outer, core, (r + 1.) / grid.blended_rings);
        for (unsigned int k = 0; k < around; ++k)
        {
          const unsigned int next = (k + 1) % around;
          section.cells.push_back(
              {{inner[k], inner[next], outer[k], outer[next]}, grid.rings[r].region, ring_chart});
        }
        inner = outer;
      }
      section.outermost = edges(inner);
      return section;
    }
  } // namespace

  CoarseMesh sweep(const OGrid &grid, const std::vector<double> &levels, const SweepNames &names,
                   const Embedding &embedding)
  {
    const PlanarMesh section  = build_section(grid);
    const unsigned int stride = section.points.size();
    const unsigned int layers = levels.size() - 1;
    CoarseMesh mesh;
    for (const double zeta : levels)
      for (const auto &point : section.points)
        mesh.vertices.push_back(embedding.position({point[0], point[1], zeta}));

    for (unsigned int layer = 0; layer < layers; ++layer)
    {
      const unsigned int low = layer * stride, high = low + stride;
      for (const auto &cell : section.cells)
      {
        const auto &v = cell.vertices;
        mesh.cells.push_back({{low + v[0], low + v[1], low + v[2], low + v[3], high + v[0],
                               high + v[1], high + v[2], high + v[3]},
                              names.region(cell.region, layer),
                              cell.chart});
      }
      for (const auto &edge : section.outermost)
        mesh.faces.push_back(
            {{low + edge[0], low + edge[1], high + edge[0], high + edge[1]}, names.outermost});
      for (const auto &edge : section.innermost)
        mesh.faces.push_back(
            {{low + edge[0], low + edge[1], high + edge[0], high + edge[1]}, names.innermost});
    }
    const unsigned int last = layers * stride;
    for (const auto &cell : section.cells)
    {
      const auto &v = cell.vertices;
      mesh.faces.push_back({{v[0], v[1], v[2], v[3]}, names.bottom(cell.region)});
      mesh.faces.push_back(
          {{last + v[0], last + v[1], last + v[2], last + v[3]}, names.top(cell.region)});
    }
    return mesh;
  }

  void require_valid_cells(const CoarseMesh &mesh)
  {
    for (const auto &cell : mesh.cells)
      if (!(scaled_jacobian(mesh.corners(cell)) > 0))
        throw UserError(
            "The measures of the geometry give coarse cells that are folded or flat.\n"
            "Choose less extreme measures, or more cells across the parts of the body.");
  }
} // namespace lacuna

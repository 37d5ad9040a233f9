// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "geometry/simple_bodies.h"

#include "geometry/o_grid.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace lacuna
{
  namespace
  {
    constexpr double pi = 3.14159265358979323846;

    /** An elliptic cylinder: the reference disc stretched by its semi-axes, zeta is z in m. */
    class Stretched : public Embedding
    {
    public:
      Stretched(const double semi_axis_x, const double semi_axis_y) : a(semi_axis_x), b(semi_axis_y)
      {
      }

      Coordinates position(const Coordinates &r) const override
      {
        return {a * r[0], b * r[1], r[2]};
      }
      Coordinates reference(const Coordinates &p) const override
      {
        return {p[0] / a, p[1] / b, p[2]};
      }

    private:
      double a, b;
    };

    unsigned int region_index(const std::vector<std::string> &names, const Layer &layer)
    {
      return std::find(names.begin(), names.end(), layer.region) - names.begin();
    }

    /** Of the cells along the radius of the first layer, half belong to the core and at least one
     * to the rings. */
    unsigned int cells_in_core(const Layer &first)
    {
      return std::max(1u, first.cells / 2);
    }
    unsigned int rings_around_core(const Layer &first)
    {
      return std::max(1u, first.cells - std::min(first.cells, cells_in_core(first)));
    }

    std::vector<double> equidistant(const double from, const double to, const unsigned int cells)
    {
      std::vector<double> levels;
      for (unsigned int k = 0; k <= cells; ++k)
        levels.push_back(from + (to - from) * k / cells);
      return levels;
    }

    /** Rings of the layers from `first` on, with rho = radius / outer radius. */
    void add_rings(OGrid &grid, const std::vector<Layer> &layers, const std::size_t first,
                   const std::vector<std::string> &regions, const double inner_radius,
                   const double outer_radius)
    {
      double radius = inner_radius;
      for (std::size_t l = 0; l < layers.size(); ++l)
      {
        const Layer &layer = layers[l];
        for (unsigned int k = 1; l >= first && k <= layer.cells; ++k)
          grid.rings.push_back({(radius + layer.thickness * k / layer.cells) / outer_radius,
                                region_index(regions, layer)});
        radius += layer.thickness;
      }
    }

    /** The coarse cells along z, from bottom to top. */
    struct Stack
    {
      std::vector<double> levels; ///< m, between the cells and at both ends
      /** Of the cells: the region that covers the whole section; none where those of the section
       * go through. */
      std::vector<std::optional<unsigned int>> regions;

      void add(const double top, const unsigned int cells,
               const std::optional<unsigned int> &region)
      {
        const auto added = equidistant(levels.back(), top, cells);
        levels.insert(levels.end(), added.begin() + 1, added.end());
        regions.insert(regions.end(), cells, region);
      }
    };

    /** From z = -H/2 to H/2. */
    Stack stack_of(const GeometrySettings &settings, const std::vector<std::string> &regions)
    {
      const double half = settings.size_z / 2;
      Stack stack{{-half}, {}};
      double below = 0;
      for (const Layer &layer : settings.bottom_layers)
      {
        below += layer.thickness;
        stack.add(below - half, layer.cells, region_index(regions, layer));
      }
      double above = total_thickness(settings.top_layers);
      stack.add(half - above, settings.cells_z, std::nullopt);
      for (auto layer = settings.top_layers.rbegin(); layer != settings.top_layers.rend(); ++layer)
      {
        above -= layer->thickness;
        stack.add(half - above, layer->cells, region_index(regions, *layer));
      }
      return stack;
    }

    /** Sweeps an O-grid along z; the lateral faces come first in body.faces, bottom and top last.
     */
    void sweep_along_z(Body &body, const OGrid &grid, const GeometrySettings &settings,
                       const double semi_axis_x, const double semi_axis_y)
    {
      const Stack stack = stack_of(settings, body.regions);
      SweepNames names;
      const unsigned int bottom = body.faces.size() - 2;
      names.region              = [&stack](const unsigned int region, const unsigned int layer)
      { return stack.regions[layer].value_or(region); };
      names.bottom    = [bottom](unsigned int) { return bottom; };
      names.top       = [bottom](unsigned int) { return bottom + 1; };
      names.outermost = bottom - 1;
      names.innermost = 0;
      body.curves     = Body::Curves::swept;
      body.embedding  = std::make_shared<const Stretched>(semi_axis_x, semi_axis_y);
      body.mesh       = sweep(grid, stack.levels, names, *body.embedding);
      require_valid_cells(body.mesh);
    }

    /** Cells side by side along x, y and z; vertices are numbered along x first. */
    struct Lattice
    {
      using Place = std::array<unsigned int, 3>; ///< of a cell

      CoarseMesh::Cell cell(const Place &at, unsigned int region) const
      {
        const Place stride{{1, cells[0] + 1, (cells[0] + 1) * (cells[1] + 1)}};
        CoarseMesh::Cell result;
        result.region = region;
        for (unsigned int c = 0; c < 8; ++c)
          result.vertices[c] = (at[0] + (c & 1)) * stride[0] +
                               (at[1] + ((c >> 1) & 1)) * stride[1] +
                               (at[2] + (c >> 2)) * stride[2];
        return result;
      }

      /** Adds the faces that the cell which was added last has on the outside. */
      void add_faces(const Place &at, CoarseMesh &mesh) const
      {
        for (unsigned int f = 0; f < 6; ++f)
          if (at[f / 2] == (f % 2 == 0 ? 0 : cells[f / 2] - 1))
          {
            CoarseMesh::Face face;
            face.face = f;
            for (unsigned int c = 0; c < 4; ++c)
              face.vertices[c] = mesh.cells.back().vertices[face_corners[f][c]];
            mesh.faces.push_back(face);
          }
      }

      const Place cells; ///< how many there are
    };

    Body solid_cylinder(const GeometrySettings &settings, const double semi_axis_y)
    {
      Body body;
      body.regions = settings.regions();
      body.faces   = {"side", "bottom", "top"};

      const double radius = total_thickness(settings.layers);
      const Layer &first  = settings.layers.front();
      OGrid grid;
      grid.core_cells    = 2 * cells_in_core(first);
      grid.blended_rings = rings_around_core(first);
      grid.rings.assign(grid.blended_rings, {first.thickness / radius, 0});
      add_rings(grid, settings.layers, 1, body.regions, 0, radius);
      sweep_along_z(body, grid, settings, radius, semi_axis_y);
      return body;
    }
  } // namespace

  Body box(const GeometrySettings &settings)
  {
    Body body;
    body.regions = settings.regions();
    body.faces   = {"left", "right", "front", "back", "bottom", "top"};

    std::vector<double> x{0};
    std::vector<unsigned int> region;
    double start = 0;
    for (const auto &layer : settings.layers)
    {
      for (unsigned int k = 1; k <= layer.cells; ++k)
      {
        x.push_back(start + layer.thickness * k / layer.cells);
        region.push_back(region_index(body.regions, layer));
      }
      start += layer.thickness;
    }
    const auto y = equidistant(0, settings.size_y, settings.cells_y);
    const auto z = equidistant(0, settings.size_z, settings.cells_z);
    for (const double z_k : z)
      for (const double y_j : y)
        for (const double x_i : x)
          body.mesh.vertices.push_back({x_i, y_j, z_k});

    const Lattice lattice{
        {static_cast<unsigned int>(region.size()), settings.cells_y, settings.cells_z}};
    for (unsigned int k = 0; k < lattice.cells[2]; ++k)
      for (unsigned int j = 0; j < lattice.cells[1]; ++j)
        for (unsigned int i = 0; i < lattice.cells[0]; ++i)
        {
          body.mesh.cells.push_back(lattice.cell({i, j, k}, region[i]));
          lattice.add_faces({i, j, k}, body.mesh);
        }
    return body;
  }

  Body cylinder(const GeometrySettings &settings)
  {
    return solid_cylinder(settings, total_thickness(settings.layers));
  }

  Body elliptic_cylinder(const GeometrySettings &settings)
  {
    return solid_cylinder(settings, settings.second_semi_axis);
  }

  Body hollow_cylinder(const GeometrySettings &settings)
  {
    Body body;
    body.regions = settings.regions();
    body.faces   = {"inner side", "outer side", "bottom", "top"};

    const double thickness = total_thickness(settings.layers);
    const double radius    = settings.inner_radius + thickness;
    OGrid grid;
    grid.core_cells = 0;
    grid.inner      = settings.inner_radius / radius;
    add_rings(grid, settings.layers, 0, body.regions, settings.inner_radius, radius);
    // As wide as they are thick on average, within reason.
    const double across         = thickness / grid.rings.size();
    const double mean_perimeter = pi * (settings.inner_radius + radius);
    grid.around                 = std::clamp(4 * std::lround(mean_perimeter / across / 4), 8l, 64l);
    sweep_along_z(body, grid, settings, radius, radius);
    return body;
  }
} // namespace lacuna

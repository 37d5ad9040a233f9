// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "geometry/geometry.h"

#include "geometry/ball.h"
#include "geometry/charts.h"
#include "geometry/imported_mesh.h"
#include "geometry/lumbar_disc.h"
#include "geometry/simple_bodies.h"

#include <deal.II/base/quadrature_lib.h>
#include <deal.II/fe/fe_nothing.h>
#include <deal.II/fe/fe_values.h>
#include <deal.II/fe/mapping_q.h>
#include <deal.II/grid/grid_tools.h>
#include <deal.II/grid/manifold_lib.h>

#include <algorithm>

namespace lacuna
{
  namespace
  {
    Body make_body(const GeometrySettings &settings)
    {
      switch (settings.shape)
      {
      case Shape::box:
        return box(settings);
      case Shape::ball:
        return ball(settings);
      case Shape::cylinder:
        return cylinder(settings);
      case Shape::hollow_cylinder:
        return hollow_cylinder(settings);
      case Shape::elliptic_cylinder:
        return elliptic_cylinder(settings);
      case Shape::lumbar_disc:
        return lumbar_disc(settings.disc);
      case Shape::mesh_file:
        return imported_mesh(settings);
      }
      Assert(false, dealii::ExcInternalError());
      return {};
    }

    /** Creates the cells in the order of the coarse mesh, with material and boundary ids. */
    void create(DistributedMesh &triangulation, const CoarseMesh &mesh)
    {
      std::vector<dealii::Point<dim>> vertices;
      for (const auto &v : mesh.vertices)
        vertices.emplace_back(v[0], v[1], v[2]);

      std::vector<dealii::CellData<dim>> cells(mesh.cells.size());
      for (std::size_t c = 0; c < cells.size(); ++c)
      {
        cells[c].vertices.assign(mesh.cells[c].vertices.begin(), mesh.cells[c].vertices.end());
        cells[c].material_id = mesh.cells[c].region;
      }
      dealii::SubCellData boundary;
      boundary.boundary_quads.resize(mesh.faces.size());
      for (std::size_t f = 0; f < mesh.faces.size(); ++f)
      {
        const auto &face = mesh.faces[f];
        boundary.boundary_quads[f].vertices.assign(face.vertices.begin(), face.vertices.end());
        boundary.boundary_quads[f].boundary_id = face.face;
      }
      dealii::GridTools::consistently_order_cells(cells);
      triangulation.create_triangulation(vertices, cells, boundary);
    }

    void attach_manifolds(DistributedMesh &triangulation, const Body &body)
    {
      switch (body.curves)
      {
      case Body::Curves::none:
        return;
      case Body::Curves::swept:
        triangulation.set_manifold(core_chart, CoreChart(body.embedding));
        triangulation.set_manifold(ring_chart, RingChart(body.embedding, body.drift));
        break;
      case Body::Curves::spheres:
        triangulation.set_manifold(core_chart, dealii::FlatManifold<dim>());
        triangulation.set_manifold(ring_chart, dealii::SphericalManifold<dim>());
        break;
      }
      // Edges that core and rings share are the core's: a polar chart has no place for the straight
      // ones.
      for (const unsigned int chart : {ring_chart, core_chart})
        for (const auto &cell : triangulation.cell_iterators_on_level(0))
          if (body.mesh.cells[cell->index()].chart == chart)
            cell->set_all_manifold_ids(chart);
    }
  } // namespace

  Geometry::Geometry(const MPI_Comm communicator)
      : triangulation(communicator, dealii::Triangulation<dim>::limit_level_difference_at_vertices)
  {
  }

  namespace
  {
    /** The coarse cells of a body, to be refined. */
    std::unique_ptr<Geometry> begin(const std::shared_ptr<const Body> &body, unsigned int degree,
                                    const MPI_Comm communicator)
    {
      auto geometry     = std::make_unique<Geometry>(communicator);
      geometry->mapping = std::make_unique<dealii::MappingQ<dim>>(degree);
      geometry->regions = body->regions;
      geometry->faces   = body->faces;
      geometry->notes   = body->notes;
      geometry->body    = body;
      create(geometry->triangulation, body->mesh);
      attach_manifolds(geometry->triangulation, *body);
      return geometry;
    }
  } // namespace

  std::unique_ptr<Geometry> build_geometry(const GeometrySettings &settings,
                                           const MPI_Comm communicator)
  {
    auto geometry =
        begin(std::make_shared<const Body>(make_body(settings)), settings.degree, communicator);
    std::vector<unsigned int> levels; // [region]
    for (const std::string &region : geometry->regions)
    {
      const auto further = settings.further_refinements.find(region);
      levels.push_back(further == settings.further_refinements.end() ? 0 : further->second);
    }
    geometry->refinement = refine_mesh(
        geometry->triangulation, *std::max_element(levels.begin(), levels.end()),
        [&](const auto &cell) { return unsigned(cell->level()) < levels[cell->material_id()]; },
        settings.refinements);
    if (geometry->refinement.is_local() && settings.degree == 1)
      close_gaps_at_hanging_vertices(geometry->triangulation);
    return geometry;
  }

  std::unique_ptr<Geometry> build_refined(const Geometry &other, const Refinement &refinement)
  {
    auto geometry        = begin(other.body, 1, other.triangulation.get_communicator());
    geometry->refinement = refine_mesh(
        geometry->triangulation, refinement.n_local_levels(),
        [&](const auto &cell) { return refinement.refines(cell->id()); }, refinement.global);
    if (refinement.is_local())
      close_gaps_at_hanging_vertices(geometry->triangulation);
    return geometry;
  }

  std::vector<double> region_volumes(const Geometry &geometry)
  {
    using namespace dealii;
    const unsigned int degree = dynamic_cast<const MappingQ<dim> &>(*geometry.mapping).get_degree();
    const FE_Nothing<dim> element;
    const QGauss<dim> quadrature(degree + 1); // the Jacobian of the mapping is integrated exactly
    FEValues<dim> values(*geometry.mapping, element, quadrature, update_JxW_values);
    std::vector<double> volumes(geometry.regions.size());
    for (const auto &cell : geometry.triangulation.active_cell_iterators())
      if (cell->is_locally_owned())
      {
        values.reinit(cell);
        for (const unsigned int q : values.quadrature_point_indices())
          volumes[cell->material_id()] += values.JxW(q);
      }
    Utilities::MPI::sum(volumes, geometry.triangulation.get_communicator(), volumes);
    return volumes;
  }

  std::vector<double> face_areas(const Geometry &geometry)
  {
    using namespace dealii;
    const unsigned int degree = dynamic_cast<const MappingQ<dim> &>(*geometry.mapping).get_degree();
    const FE_Nothing<dim> element;
    const QGauss<dim - 1> quadrature(degree + 2);
    FEFaceValues<dim> values(*geometry.mapping, element, quadrature, update_JxW_values);
    std::vector<double> areas(geometry.faces.size());
    for (const auto &cell : geometry.triangulation.active_cell_iterators())
      if (cell->is_locally_owned())
        for (const auto &face : cell->face_iterators())
          if (face->at_boundary())
          {
            values.reinit(cell, face);
            for (const unsigned int q : values.quadrature_point_indices())
              areas[face->boundary_id()] += values.JxW(q);
          }
    Utilities::MPI::sum(areas, geometry.triangulation.get_communicator(), areas);
    return areas;
  }
} // namespace lacuna

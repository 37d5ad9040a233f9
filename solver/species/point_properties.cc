// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "species/point_properties.h"

#include "species/state_layout.h"

#include <deal.II/base/mpi.h>
#include <deal.II/base/quadrature_lib.h>

#include <algorithm>

namespace lacuna
{
  namespace
  {
    /** Integrals of every node's shape function over a named face (m^2), split by the region that
     * the face bounds. */
    void add_face_areas(const StateLayout &layout, PointProperties &points)
    {
      const unsigned int n_faces = points.faces.size(), n_regions = points.regions.size();
      std::vector<StateLayout::NodeVector> areas(n_faces * n_regions);
      for (auto &vector : areas)
        vector.reinit(layout.partitioner);
      const dealii::QGauss<dim - 1> quadrature(layout.fe.degree + 1);
      dealii::FEFaceValues<dim> values(*layout.geometry.mapping, layout.fe, quadrature,
                                       dealii::update_values | dealii::update_JxW_values);
      for (const auto &cell : layout.dof_handler.active_cell_iterators())
        if (cell->is_locally_owned())
          for (const auto &face : cell->face_iterators())
            if (face->at_boundary() && face->boundary_id() < n_faces)
            {
              values.reinit(cell, face);
              layout.add_integrals(values, cell,
                                   areas[face->boundary_id() * n_regions + cell->material_id()]);
            }
      for (auto &vector : areas)
        vector.compress(dealii::VectorOperation::add);

      points.face_area.assign(n_faces, std::vector<double>(layout.n_points(), 0.));
      points.whole_face_area.assign(n_faces, 0.);
      for (unsigned int face = 0; face < n_faces; ++face)
      {
        double largest = 0;
        for (unsigned int r = 0; r < n_regions; ++r)
          largest = std::max(largest, areas[face * n_regions + r].linfty_norm());
        for (unsigned int p = 0; p < layout.n_points(); ++p)
        {
          const double area =
              areas[face * n_regions + points.region[p]].local_element(layout.point_node[p]);
          // Quadrature can leave a rounding residue at nodes that only touch the face's edge plane.
          if (area <= 1e-9 * largest)
            continue;
          points.face_area[face][p] = area;
          points.whole_face_area[face] += area;
        }
      }
      dealii::Utilities::MPI::sum(points.whole_face_area, layout.communicator(),
                                  points.whole_face_area);
    }
  } // namespace

  PointProperties make_point_properties(const StateLayout &layout,
                                        const std::vector<RegionProperties> &tissue,
                                        const std::vector<DerivedQuantity> &derived)
  {
    PointProperties result;
    result.derived_base.resize(derived.size());
    result.weight  = layout.point_weight;
    result.region  = layout.point_region;
    result.regions = layout.geometry.regions;
    result.faces   = layout.geometry.faces;
    add_face_areas(layout, result);
    for (unsigned int p = 0; p < layout.n_points(); ++p)
    {
      const Coordinates &x           = layout.node_position[layout.point_node[p]];
      const RegionProperties &region = tissue[layout.point_region[p]];
      result.x.push_back(x[0]);
      result.y.push_back(x[1]);
      result.z.push_back(x[2]);
      result.porosity.push_back(region.porosity(x));
      result.fixed_charge.push_back(region.fixed_charge(x));
      for (unsigned int d = 0; d < derived.size(); ++d)
        result.derived_base[d].push_back(derived[d].base(result.fixed_charge.back()));
    }
    return result;
  }
} // namespace lacuna

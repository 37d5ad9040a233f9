// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "species/locate.h"

#include <deal.II/base/geometry_info.h>
#include <deal.II/base/mpi.h>

namespace lacuna
{
  Place locate(const StateLayout &layout, const dealii::Point<dim> &position,
               const std::function<bool(unsigned int region)> &admitted)
  {
    constexpr unsigned int none = dealii::numbers::invalid_unsigned_int;
    constexpr double tolerance  = 1e-6; // of the unit cell, for points on faces
    Place result;
    unsigned int number = none;
    for (const auto &cell : layout.dof_handler.active_cell_iterators())
      if (number == none && cell->is_locally_owned() && admitted(cell->material_id()) &&
          cell->bounding_box().point_inside(position, 0.5)) // curved cells bulge out of their box
        try
        {
          const auto reference =
              layout.geometry.mapping->transform_real_to_unit_cell(cell, position);
          if (dealii::GeometryInfo<dim>::is_inside_unit_cell(reference, tolerance))
          {
            number           = cell->global_active_cell_index();
            result.cell      = cell;
            result.reference = reference;
          }
        }
        catch (const dealii::Mapping<dim>::ExcTransformationFailed &)
        {
        } // not this cell
    const unsigned int first = dealii::Utilities::MPI::min(number, layout.communicator());
    result.found             = first != none;
    result.mine              = result.found && number == first;
    return result;
  }
} // namespace lacuna

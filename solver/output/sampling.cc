// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "output/sampling.h"

#include "config/quantity.h"
#include "config/user_error.h"

#include <deal.II/base/mpi.h>

namespace lacuna
{
  ProbeSampler::ProbeSampler(const std::vector<ProbeLine> &lines, const StateLayout &layout_)
      : layout(layout_)
  {
    constexpr unsigned int none = dealii::numbers::invalid_unsigned_int;
    for (const ProbeLine &line : lines)
      for (unsigned int k = 0; k < line.points; ++k)
      {
        Place place;
        dealii::Point<dim> position;
        for (unsigned int d = 0; d < dim; ++d)
        {
          const double t  = line.points == 1 ? 0. : double(k) / (line.points - 1);
          position[d]     = (1 - t) * line.from[d] + t * line.to[d];
          place.row.at[d] = 1e3 * position[d];
        }
        place.row.probe     = line.name;
        unsigned int number = none;
        for (const auto &cell : layout.dof_handler.active_cell_iterators())
          if (cell->is_locally_owned() && number == none &&
              cell->bounding_box().point_inside(position, 0.5))
            try
            {
              const auto reference =
                  layout.geometry.mapping->transform_real_to_unit_cell(cell, position);
              if (dealii::GeometryInfo<dim>::is_inside_unit_cell(reference, 1e-6))
              {
                number          = cell->global_active_cell_index();
                place.cell      = cell;
                place.reference = reference;
              }
            }
            catch (const typename dealii::Mapping<dim>::ExcTransformationFailed &)
            {
            } // not this cell
        const unsigned int first = dealii::Utilities::MPI::min(number, layout.communicator());
        if (first == none)
          throw UserError("probe '" + line.name + "' at (" + shortest(place.row.at[0]) + ", " +
                          shortest(place.row.at[1]) + ", " + shortest(place.row.at[2]) +
                          ") mm lies outside the tissue.");
        place.mine                = number == first;
        const unsigned int region = dealii::Utilities::MPI::max(
            place.mine ? static_cast<unsigned int>(place.cell->material_id()) : 0u,
            layout.communicator());
        place.row.region = layout.geometry.regions[region];
        places.push_back(place);
      }
  }

  std::vector<ProbeRow> ProbeSampler::sample(const std::vector<Observable> &observables) const
  {
    const unsigned int n = observables.size(), n_nodes = layout.fe.n_dofs_per_cell();
    std::vector<double> values(places.size() * n, 0.);
    std::vector<dealii::types::global_dof_index> nodes(n_nodes);
    for (unsigned int q = 0; q < n; ++q)
    {
      const auto spread =
          layout.by_region([&](unsigned int p) { return observables[q].values[p]; });
      for (unsigned int k = 0; k < places.size(); ++k)
        if (places[k].mine)
        {
          places[k].cell->get_dof_indices(nodes);
          for (unsigned int i = 0; i < n_nodes; ++i)
            values[k * n + q] += layout.fe.shape_value(i, places[k].reference) *
                                 spread[places[k].cell->material_id()](nodes[i]);
        }
    }
    dealii::Utilities::MPI::sum(values, layout.communicator(), values);
    std::vector<ProbeRow> rows;
    for (unsigned int k = 0; k < places.size(); ++k)
    {
      rows.push_back(places[k].row);
      rows.back().values.assign(values.begin() + k * n, values.begin() + (k + 1) * n);
    }
    return rows;
  }

  std::vector<double> sample_cells(const StateLayout &layout, const Observable &observable)
  {
    const auto spread    = layout.by_region([&](unsigned int p) { return observable.values[p]; });
    const unsigned int n = layout.fe.n_dofs_per_cell();
    std::vector<dealii::types::global_dof_index> nodes(n);
    std::vector<double> result;
    for (const auto &cell : layout.dof_handler.active_cell_iterators())
      if (cell->is_locally_owned())
      {
        cell->get_dof_indices(nodes);
        for (unsigned int q = 0; q < n; ++q)
          result.push_back(spread[cell->material_id()](nodes[layout.lexicographic[q]]));
      }
    return result;
  }
} // namespace lacuna

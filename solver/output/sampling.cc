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
    for (const ProbeLine &line : lines)
      for (unsigned int k = 0; k < line.points; ++k)
      {
        Probe probe;
        dealii::Point<dim> position;
        for (unsigned int d = 0; d < dim; ++d)
        {
          const double t  = line.points == 1 ? 0. : double(k) / (line.points - 1);
          position[d]     = (1 - t) * line.from[d] + t * line.to[d];
          probe.row.at[d] = 1e3 * position[d];
        }
        probe.row.probe = line.name;
        probe.place     = locate(layout, position, [](unsigned int) { return true; });
        if (!probe.place.found)
          throw UserError("probe '" + line.name + "' at (" + shortest(probe.row.at[0]) + ", " +
                          shortest(probe.row.at[1]) + ", " + shortest(probe.row.at[2]) +
                          ") mm lies outside the tissue.");
        const unsigned int region = dealii::Utilities::MPI::max(
            probe.place.mine ? static_cast<unsigned int>(probe.place.cell->material_id()) : 0u,
            layout.communicator());
        probe.row.region = layout.geometry.regions[region];
        probes.push_back(probe);
      }
  }

  std::vector<ProbeRow> ProbeSampler::sample(const std::vector<QuantityField> &fields) const
  {
    const unsigned int n = fields.size(), n_nodes = layout.fe.n_dofs_per_cell();
    std::vector<double> values(probes.size() * n, 0.);
    std::vector<dealii::types::global_dof_index> nodes(n_nodes);
    for (unsigned int q = 0; q < n; ++q)
    {
      const auto spread = layout.by_region([&](unsigned int p) { return fields[q].values[p]; });
      for (unsigned int k = 0; k < probes.size(); ++k)
        if (probes[k].place.mine)
        {
          probes[k].place.cell->get_dof_indices(nodes);
          for (unsigned int i = 0; i < n_nodes; ++i)
            values[k * n + q] += layout.fe.shape_value(i, probes[k].place.reference) *
                                 spread[probes[k].place.cell->material_id()](nodes[i]);
        }
    }
    dealii::Utilities::MPI::sum(values, layout.communicator(), values);
    std::vector<ProbeRow> rows;
    for (unsigned int k = 0; k < probes.size(); ++k)
    {
      rows.push_back(probes[k].row);
      rows.back().values.assign(values.begin() + k * n, values.begin() + (k + 1) * n);
    }
    return rows;
  }

  std::vector<double> sample_cells(const StateLayout &layout, const QuantityField &field)
  {
    const auto spread    = layout.by_region([&](unsigned int p) { return field.values[p]; });
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

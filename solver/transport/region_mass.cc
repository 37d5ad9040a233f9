// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "transport/region_mass.h"

#include "transport/node_matrix.h"

#include <deal.II/base/mpi.h>

#include <algorithm>
#include <memory>

namespace lacuna
{
  namespace
  {
    using Index = dealii::types::global_dof_index;

    /** The integrals of phi_i phi_j over one region, node by node. */
    NodeMatrix assemble(const StateLayout &layout, unsigned int region)
    {
      return NodeMatrix(layout, region, dealii::update_values | dealii::update_JxW_values,
                        [](const dealii::FEValues<dim> &values, std::vector<double> &local)
                        {
                          const unsigned int n = values.dofs_per_cell;
                          for (unsigned int q = 0; q < values.n_quadrature_points; ++q)
                            for (unsigned int i = 0; i < n; ++i)
                            {
                              const double weighted = values.shape_value(i, q) * values.JxW(q);
                              for (unsigned int j = 0; j < n; ++j)
                                local[i * n + j] += weighted * values.shape_value(j, q);
                            }
                        });
    }

    /** The owned points of this rank in the numbering of all ranks' points. */
    dealii::IndexSet owned_points(const StateLayout &layout)
    {
      const auto counts =
          dealii::Utilities::MPI::all_gather(layout.communicator(), Index(layout.n_points()));
      const unsigned int rank = dealii::Utilities::MPI::this_mpi_process(layout.communicator());
      Index first = 0, total = 0;
      for (unsigned int k = 0; k < counts.size(); ++k)
      {
        first += k < rank ? counts[k] : 0;
        total += counts[k];
      }
      dealii::IndexSet owned(total);
      owned.add_range(first, first + layout.n_points());
      return owned;
    }

    /** The masses of all regions, and which points their rows and columns are. */
    class Assembly
    {
    public:
      explicit Assembly(const StateLayout &layout_)
          : owned(owned_points(layout_)), layout(layout_),
            labels(layout_.by_region([&](unsigned int point)
                                     { return 1. + owned.nth_index_in_set(point); }))
      {
        for (unsigned int region = 0; region < labels.size(); ++region)
          matrices.push_back(assemble(layout, region));
      }

      /** Calls action(number of the other point, its node, integral) for the pairs of an owned
       * point. */
      template <class Action>
      void for_each_pair(unsigned int point, const Action &action) const
      {
        const unsigned int region = layout.point_region[point], node = layout.point_node[point];
        const NodeMatrix &mass = matrices[region];
        for (unsigned int e = mass.begin[node]; e < mass.begin[node + 1]; ++e)
          if (const Index label = labels[region].local_element(mass.column[e]);
              label > 0 && mass.column[e] != node)
            action(label - 1, mass.column[e], mass.entry[e]);
      }

      const dealii::IndexSet owned;

    private:
      const StateLayout &layout;
      /** [region](node): the number of the point, plus 1; 0 where there is none. */
      std::vector<StateLayout::NodeVector> labels;
      std::vector<NodeMatrix> matrices; ///< [region]
    };

    std::shared_ptr<const dealii::Utilities::MPI::Partitioner>
    make_partitioner(const StateLayout &layout, const Assembly &assembly)
    {
      std::vector<Index> others;
      for (unsigned int p = 0; p < layout.n_points(); ++p)
        assembly.for_each_pair(p,
                               [&](Index other, unsigned int, double)
                               {
                                 if (!assembly.owned.is_element(other))
                                   others.push_back(other);
                               });
      std::sort(others.begin(), others.end());
      dealii::IndexSet ghosts(assembly.owned.size());
      ghosts.add_indices(others.begin(), std::unique(others.begin(), others.end()));
      return std::make_shared<dealii::Utilities::MPI::Partitioner>(assembly.owned, ghosts,
                                                                   layout.communicator());
    }
  } // namespace

  RegionMass::RegionMass(const StateLayout &layout)
  {
    const Assembly assembly(layout);
    points = make_partitioner(layout, assembly);
    begin.assign(1, 0);
    begin.reserve(layout.n_points() + 1);
    for (unsigned int p = 0; p < layout.n_points(); ++p)
    {
      unsigned int n = 0;
      assembly.for_each_pair(p, [&](Index, unsigned int, double) { ++n; });
      begin.push_back(begin.back() + n);
    }
    column.reserve(begin.back());
    overlap.reserve(begin.back());
    node = layout.point_node;
    node.resize(layout.n_points() + points->n_ghost_indices());
    for (unsigned int p = 0; p < layout.n_points(); ++p)
      assembly.for_each_pair(p,
                             [&](Index other, unsigned int other_node, double integral)
                             {
                               column.push_back(points->global_to_local(other));
                               node[column.back()] = other_node;
                               overlap.push_back(integral);
                             });
  }
} // namespace lacuna

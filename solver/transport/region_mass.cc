// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "transport/region_mass.h"

#include "transport/petsc_check.h"

#include <deal.II/base/mpi.h>
#include <deal.II/base/quadrature_lib.h>
#include <deal.II/fe/fe_values.h>
#include <deal.II/lac/dynamic_sparsity_pattern.h>
#include <deal.II/lac/full_matrix.h>
#include <deal.II/lac/petsc_sparse_matrix.h>
#include <deal.II/lac/sparsity_tools.h>

#include <algorithm>
#include <memory>

namespace lacuna
{
  namespace
  {
    using Index  = dealii::types::global_dof_index;
    using Matrix = dealii::PETScWrappers::MPI::SparseMatrix;

    /** Calls action(cell) for the owned cells of a region. */
    template <class Action>
    void for_each_cell(const StateLayout &layout, unsigned int region, const Action &action)
    {
      for (const auto &cell : layout.dof_handler.active_cell_iterators())
        if (cell->is_locally_owned() && cell->material_id() == region)
          action(cell);
    }

    /** Room for the mass of one region, node by node; rows outside the region are empty. */
    void reserve(const StateLayout &layout, unsigned int region, Matrix &matrix)
    {
      const dealii::IndexSet &owned = layout.dof_handler.locally_owned_dofs();
      dealii::IndexSet relevant     = layout.hanging.get_local_lines();
      dealii::DynamicSparsityPattern pattern(relevant);
      std::vector<Index> nodes(layout.fe.n_dofs_per_cell());
      for_each_cell(layout, region,
                    [&](const auto &cell)
                    {
                      cell->get_dof_indices(nodes);
                      layout.hanging.add_entries_local_to_global(nodes, pattern, false);
                    });
      dealii::SparsityTools::distribute_sparsity_pattern(pattern, owned, layout.communicator(),
                                                         relevant);
      matrix.reinit(owned, owned, pattern, layout.communicator());
    }

    void assemble(const StateLayout &layout, unsigned int region, Matrix &matrix)
    {
      reserve(layout, region, matrix);
      const dealii::QGauss<dim> quadrature(layout.fe.degree + 1);
      dealii::FEValues<dim> values(*layout.geometry.mapping, layout.fe, quadrature,
                                   dealii::update_values | dealii::update_JxW_values);
      const unsigned int n = layout.fe.n_dofs_per_cell();
      dealii::FullMatrix<double> local(n, n);
      std::vector<Index> nodes(n);
      for_each_cell(layout, region,
                    [&](const auto &cell)
                    {
                      values.reinit(cell);
                      local = 0;
                      for (unsigned int q = 0; q < quadrature.size(); ++q)
                        for (unsigned int i = 0; i < n; ++i)
                        {
                          const double weighted = values.shape_value(i, q) * values.JxW(q);
                          for (unsigned int j = 0; j < n; ++j)
                            local(i, j) += weighted * values.shape_value(j, q);
                        }
                      cell->get_dof_indices(nodes);
                      layout.hanging.distribute_local_to_global(local, nodes, matrix);
                    });
      matrix.compress(dealii::VectorOperation::add);
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
        for (unsigned int r = 0; r < labels.size(); ++r)
        {
          matrices.push_back(std::make_unique<Matrix>());
          assemble(layout, r, *matrices.back());
        }
      }

      /** Calls action(number of the other point, integral) for the pairs of an owned point. */
      template <class Action>
      void for_each_pair(unsigned int point, const Action &action) const
      {
        const unsigned int region = layout.point_region[point];
        const Index row           = layout.partitioner->local_to_global(layout.point_node[point]);
        Mat matrix                = *matrices[region];
        PetscInt n;
        const PetscInt *columns;
        const PetscScalar *entries;
        petsc(MatGetRow(matrix, row, &n, &columns, &entries));
        for (PetscInt k = 0; k < n; ++k)
          if (const Index label = labels[region](columns[k]);
              label > 0 && columns[k] != static_cast<PetscInt>(row))
            action(label - 1, entries[k]);
        petsc(MatRestoreRow(matrix, row, &n, &columns, &entries));
      }

      const dealii::IndexSet owned;

    private:
      const StateLayout &layout;
      /** [region](node): the number of the point, plus 1; 0 where there is none. */
      std::vector<StateLayout::NodeVector> labels;
      std::vector<std::unique_ptr<Matrix>> matrices; ///< [region]
    };

    std::shared_ptr<const dealii::Utilities::MPI::Partitioner>
    make_partitioner(const StateLayout &layout, const Assembly &assembly)
    {
      std::vector<Index> others;
      for (unsigned int p = 0; p < layout.n_points(); ++p)
        assembly.for_each_pair(p,
                               [&](Index other, double)
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
    for (unsigned int p = 0; p < layout.n_points(); ++p)
    {
      assembly.for_each_pair(p,
                             [&](Index other, double integral)
                             {
                               column.push_back(points->global_to_local(other));
                               overlap.push_back(integral);
                             });
      begin.push_back(column.size());
    }
  }
} // namespace lacuna

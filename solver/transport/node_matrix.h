// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "species/state_layout.h"
#include "transport/petsc_check.h"

#include <deal.II/base/quadrature_lib.h>
#include <deal.II/fe/fe_values.h>
#include <deal.II/lac/dynamic_sparsity_pattern.h>
#include <deal.II/lac/full_matrix.h>
#include <deal.II/lac/petsc_sparse_matrix.h>
#include <deal.II/lac/sparsity_tools.h>

#include <vector>

namespace lacuna
{
  using NodeMatrix = dealii::PETScWrappers::MPI::SparseMatrix;

  /**
   * Assembles a matrix of node by node, hanging nodes condensed, from the owned cells that
   * `admits(cell)`: add(values, q, local) adds what quadrature point q gives to the cell's matrix.
   * Rows that no such cell touches hold a zero on the
   * diagonal. Collective.
   */
  template <class Admits, class Add>
  void assemble_node_matrix(const StateLayout &layout, dealii::UpdateFlags flags,
                            const Admits &admits, const Add &add, NodeMatrix &matrix)
  {
    const unsigned int n = layout.fe.n_dofs_per_cell();
    std::vector<dealii::types::global_dof_index> nodes(n);
    const auto for_each_cell = [&](const auto &action)
    {
      for (const auto &cell : layout.dof_handler.active_cell_iterators())
        if (cell->is_locally_owned() && admits(cell))
        {
          cell->get_dof_indices(nodes);
          action(cell);
        }
    };

    const dealii::IndexSet &owned = layout.dof_handler.locally_owned_dofs();
    dealii::IndexSet relevant     = layout.hanging.get_local_lines();
    dealii::DynamicSparsityPattern pattern(relevant);
    for_each_cell([&](const auto &)
                  { layout.hanging.add_entries_local_to_global(nodes, pattern, false); });
    // From an empty row deal.II searches on to the next that is not, once for every such row.
    for (const auto row : owned)
      pattern.add(row, row);
    dealii::SparsityTools::distribute_sparsity_pattern(pattern, owned, layout.communicator(),
                                                       relevant);
    matrix.reinit(owned, owned, pattern, layout.communicator());

    const dealii::QGauss<dim> quadrature(layout.fe.degree + 1);
    dealii::FEValues<dim> values(*layout.geometry.mapping, layout.fe, quadrature, flags);
    dealii::FullMatrix<double> local(n, n);
    for_each_cell(
        [&](const auto &cell)
        {
          values.reinit(cell);
          local = 0;
          for (unsigned int q = 0; q < quadrature.size(); ++q)
            add(values, q, local);
          layout.hanging.distribute_local_to_global(local, nodes, matrix);
        });
    matrix.compress(dealii::VectorOperation::add);
  }

  /** Calls action(number of the column, entry) for every entry of an owned row. */
  template <class Action>
  void for_each_entry(const NodeMatrix &matrix, dealii::types::global_dof_index row,
                      const Action &action)
  {
    Mat rows = matrix;
    PetscInt n;
    const PetscInt *columns;
    const PetscScalar *entries;
    petsc(MatGetRow(rows, row, &n, &columns, &entries));
    for (PetscInt k = 0; k < n; ++k)
      action(static_cast<dealii::types::global_dof_index>(columns[k]), entries[k]);
    petsc(MatRestoreRow(rows, row, &n, &columns, &entries));
  }
} // namespace lacuna

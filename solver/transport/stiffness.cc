// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "transport/stiffness.h"

#include "transport/petsc_check.h"

#include <deal.II/base/quadrature_lib.h>
#include <deal.II/dofs/dof_tools.h>
#include <deal.II/fe/fe_values.h>
#include <deal.II/lac/dynamic_sparsity_pattern.h>
#include <deal.II/lac/full_matrix.h>
#include <deal.II/lac/sparsity_tools.h>

namespace lacuna
{
  namespace
  {
    void assemble(const StateLayout &layout, const std::vector<Property> &factors,
                  dealii::PETScWrappers::MPI::SparseMatrix &matrix)
    {
      const dealii::IndexSet &owned = layout.dof_handler.locally_owned_dofs();
      dealii::IndexSet relevant     = layout.hanging.get_local_lines();
      dealii::DynamicSparsityPattern pattern(relevant);
      dealii::DoFTools::make_sparsity_pattern(layout.dof_handler, pattern, layout.hanging, false);
      dealii::SparsityTools::distribute_sparsity_pattern(pattern, owned, layout.communicator(),
                                                         relevant);
      matrix.reinit(owned, owned, pattern, layout.communicator());

      const dealii::QGauss<dim> quadrature(layout.fe.degree + 1);
      dealii::FEValues<dim> values(*layout.geometry.mapping, layout.fe, quadrature,
                                   dealii::update_gradients | dealii::update_JxW_values |
                                       dealii::update_quadrature_points);
      const unsigned int n = layout.fe.n_dofs_per_cell();
      dealii::FullMatrix<double> local(n, n);
      std::vector<dealii::types::global_dof_index> nodes(n);
      for (const auto &cell : layout.dof_handler.active_cell_iterators())
        if (cell->is_locally_owned())
        {
          values.reinit(cell);
          local                  = 0;
          const Property &factor = factors[cell->material_id()];
          for (unsigned int q = 0; q < quadrature.size(); ++q)
          {
            const auto &x  = values.quadrature_point(q);
            const double f = factor({x[0], x[1], x[2]}) * values.JxW(q);
            for (unsigned int i = 0; i < n; ++i)
              for (unsigned int j = 0; j < n; ++j)
                local(i, j) += f * (values.shape_grad(i, q) * values.shape_grad(j, q));
          }
          cell->get_dof_indices(nodes);
          layout.hanging.distribute_local_to_global(local, nodes, matrix);
        }
      matrix.compress(dealii::VectorOperation::add);
    }

    /** Copies the owned rows into plain arrays with local columns. */
    void extract_rows(const StateLayout &layout, Stiffness &stiffness)
    {
      const auto [first, last] = stiffness.matrix.local_range();
      Mat matrix               = stiffness.matrix;
      stiffness.begin.assign(1, 0);
      for (auto row = first; row < last; ++row)
      {
        PetscInt n;
        const PetscInt *columns;
        const PetscScalar *entries;
        petsc(MatGetRow(matrix, row, &n, &columns, &entries));
        for (PetscInt k = 0; k < n; ++k)
        {
          if (columns[k] == static_cast<PetscInt>(row))
            stiffness.diagonal.push_back(entries[k]);
          stiffness.column.push_back(layout.partitioner->global_to_local(columns[k]));
          stiffness.k.push_back(entries[k]);
        }
        petsc(MatRestoreRow(matrix, row, &n, &columns, &entries));
        stiffness.begin.push_back(stiffness.column.size());
      }
    }
  } // namespace

  Stiffness::Stiffness(const StateLayout &layout, const std::vector<Property> &factor)
  {
    assemble(layout, factor, matrix);
    extract_rows(layout, *this);
  }
} // namespace lacuna

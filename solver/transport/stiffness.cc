// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "transport/stiffness.h"

#include "transport/node_matrix.h"

namespace lacuna
{
  namespace
  {
    void assemble(const StateLayout &layout, const std::vector<Property> &factors,
                  NodeMatrix &matrix)
    {
      assemble_node_matrix(
          layout,
          dealii::update_gradients | dealii::update_JxW_values | dealii::update_quadrature_points,
          [](const auto &) { return true; },
          [&](const auto &values, unsigned int q, auto &local)
          {
            const Property &factor = factors[values.get_cell()->material_id()];
            const auto &x          = values.quadrature_point(q);
            const double f         = factor({x[0], x[1], x[2]}) * values.JxW(q);
            for (unsigned int i = 0; i < local.m(); ++i)
              for (unsigned int j = 0; j < local.n(); ++j)
                local(i, j) += f * (values.shape_grad(i, q) * values.shape_grad(j, q));
          },
          matrix);
    }

    /** Copies the owned rows into plain arrays with local columns. */
    void extract_rows(const StateLayout &layout, Stiffness &stiffness)
    {
      const auto [first, last] = stiffness.matrix.local_range();
      stiffness.begin.assign(1, 0);
      for (auto row = first; row < last; ++row)
      {
        for_each_entry(stiffness.matrix, row,
                       [&](dealii::types::global_dof_index node, double entry)
                       {
                         if (node == row)
                           stiffness.diagonal.push_back(entry);
                         stiffness.column.push_back(layout.partitioner->global_to_local(node));
                         stiffness.k.push_back(entry);
                       });
        stiffness.begin.push_back(stiffness.column.size());
      }
    }
  } // namespace

  Stiffness::Stiffness(const StateLayout &layout, const std::vector<Property> &factor)
  {
    assemble(layout, factor, matrix);
    extract_rows(layout, *this);
  }

  const std::vector<float> &Stiffness::single() const
  {
    if (k_single.empty())
      k_single.assign(k.begin(), k.end());
    return k_single;
  }
} // namespace lacuna

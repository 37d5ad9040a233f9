// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "transport/node_matrix.h"

#include <deal.II/base/quadrature_lib.h>

#include <algorithm>
#include <numeric>

namespace lacuna
{
  namespace
  {
    using Cell = dealii::DoFHandler<dim>::active_cell_iterator;

    /** The cells that touch owned nodes, and the unknowns that each is made of. */
    class Cells
    {
    public:
      Cells(const StateLayout &layout_, std::optional<unsigned int> region)
          : layout(layout_), nodes(layout_.fe.n_dofs_per_cell())
      {
        for (const Cell &cell : layout.dof_handler.active_cell_iterators())
          if (!cell->is_artificial() && (!region || cell->material_id() == *region))
          {
            add_unknowns(cell);
            if (touches_owned_node())
              cells.push_back(cell);
            else
              unknowns.resize(begin.back());
            begin.resize(cells.size() + 1, 0);
            begin.back() = unknowns.size();
          }
      }

      std::size_t size() const { return cells.size(); }
      const Cell &cell(std::size_t k) const { return cells[k]; }
      const unsigned int *first(std::size_t k) const { return unknowns.data() + begin[k]; }
      const unsigned int *last(std::size_t k) const { return unknowns.data() + begin[k + 1]; }

      /** Turns the matrix of the cell's nodes into that of its unknowns. */
      void condense(std::size_t k, std::vector<double> &local) const
      {
        if (layout.hanging.n_constraints() == 0)
          return;
        cells[k]->get_dof_indices(nodes);
        const std::size_t n = nodes.size(), m = last(k) - first(k);
        std::vector<double> share(n * m, 0.), half(n * m, 0.), result(m * m, 0.);
        for (std::size_t i = 0; i < n; ++i)
          for_each_master(nodes[i],
                          [&](dealii::types::global_dof_index node, double weight)
                          {
                            const unsigned int unknown = layout.partitioner->global_to_local(node);
                            share[i * m + (std::find(first(k), last(k), unknown) - first(k))] =
                                weight;
                          });
        for (std::size_t i = 0; i < n; ++i)
          for (std::size_t j = 0; j < n; ++j)
            for (std::size_t b = 0; b < m; ++b)
              half[i * m + b] += local[i * n + j] * share[j * m + b];
        for (std::size_t i = 0; i < n; ++i)
          for (std::size_t a = 0; a < m; ++a)
            for (std::size_t b = 0; b < m; ++b)
              result[a * m + b] += share[i * m + a] * half[i * m + b];
        local = std::move(result);
      }

    private:
      template <class Action>
      void for_each_master(dealii::types::global_dof_index node, const Action &action) const
      {
        if (!layout.hanging.is_constrained(node))
          return action(node, 1.);
        for (const auto &[master, weight] : *layout.hanging.get_constraint_entries(node))
          action(master, weight);
      }

      void add_unknowns(const Cell &cell)
      {
        cell->get_dof_indices(nodes);
        const std::size_t start = unknowns.size();
        for (const auto node : nodes)
          for_each_master(
              node,
              [&](dealii::types::global_dof_index master, double)
              {
                const unsigned int unknown = layout.partitioner->global_to_local(master);
                if (std::find(unknowns.begin() + start, unknowns.end(), unknown) == unknowns.end())
                  unknowns.push_back(unknown);
              });
      }

      bool touches_owned_node() const
      {
        return std::any_of(unknowns.begin() + begin.back(), unknowns.end(),
                           [&](unsigned int unknown) { return unknown < layout.n_nodes; });
      }

      const StateLayout &layout;
      mutable std::vector<dealii::types::global_dof_index> nodes; // room to work in
      std::vector<Cell> cells;
      std::vector<std::size_t> begin{0};
      std::vector<unsigned int> unknowns; ///< local numbers, cell by cell
    };

    /** The columns of each row: the unknowns of all cells that the row's node is an unknown of. */
    void find_columns(const Cells &cells, unsigned int n_rows, unsigned int n_columns,
                      NodeMatrix &matrix)
    {
      std::vector<unsigned int> cell_begin(n_rows + 1, 0);
      const auto for_each_row = [&](const auto &action)
      {
        for (std::size_t k = 0; k < cells.size(); ++k)
          for (const unsigned int *row = cells.first(k); row != cells.last(k); ++row)
            if (*row < n_rows)
              action(*row, k);
      };
      for_each_row([&](unsigned int row, std::size_t) { ++cell_begin[row + 1]; });
      std::partial_sum(cell_begin.begin(), cell_begin.end(), cell_begin.begin());
      std::vector<unsigned int> cells_of_row(cell_begin.back()), next(cell_begin);
      for_each_row([&](unsigned int row, std::size_t k) { cells_of_row[next[row]++] = k; });

      std::vector<unsigned int> seen_by(n_columns, n_rows); // n_rows: by none
      matrix.begin.assign(1, 0);
      for (unsigned int row = 0; row < n_rows; ++row)
      {
        for (unsigned int c = cell_begin[row]; c < cell_begin[row + 1]; ++c)
          for (const unsigned int *column = cells.first(cells_of_row[c]);
               column != cells.last(cells_of_row[c]); ++column)
            if (seen_by[*column] != row)
            {
              seen_by[*column] = row;
              matrix.column.push_back(*column);
            }
        std::sort(matrix.column.begin() + matrix.begin.back(), matrix.column.end());
        matrix.begin.push_back(matrix.column.size());
      }
      matrix.column.shrink_to_fit();
    }

    void add_cell(const unsigned int *first, const unsigned int *last, unsigned int n_rows,
                  const std::vector<double> &local, NodeMatrix &matrix)
    {
      const double *entry = local.data();
      for (const unsigned int *row = first; row != last; ++row)
      {
        if (*row >= n_rows)
        {
          entry += last - first;
          continue;
        }
        const auto columns = matrix.column.begin() + matrix.begin[*row],
                   end     = matrix.column.begin() + matrix.begin[*row + 1];
        for (const unsigned int *column = first; column != last; ++column)
          matrix.entry[std::lower_bound(columns, end, *column) - matrix.column.begin()] += *entry++;
      }
    }
  } // namespace

  NodeMatrix::NodeMatrix(const StateLayout &layout, std::optional<unsigned int> region,
                         dealii::UpdateFlags flags, const Fill &fill)
  {
    const Cells cells(layout, region);
    const unsigned int n_ghosts = layout.partitioner->n_ghost_indices();
    find_columns(cells, layout.n_nodes, layout.n_nodes + n_ghosts, *this);
    entry.assign(column.size(), 0.);

    const dealii::QGauss<dim> quadrature(layout.fe.degree + 1);
    dealii::FEValues<dim> values(*layout.geometry.mapping, layout.fe, quadrature, flags);
    const std::size_t n = layout.fe.n_dofs_per_cell();
    std::vector<double> local;
    for (std::size_t k = 0; k < cells.size(); ++k)
    {
      values.reinit(cells.cell(k));
      local.assign(n * n, 0.);
      fill(values, local);
      cells.condense(k, local);
      add_cell(cells.first(k), cells.last(k), layout.n_nodes, local, *this);
    }
  }
} // namespace lacuna

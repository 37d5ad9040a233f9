// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "transport/node_matrix.h"

#include <deal.II/base/mpi.h>
#include <deal.II/base/quadrature_lib.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <set>

namespace lacuna
{
  namespace
  {
    using Cell = dealii::DoFHandler<dim>::active_cell_iterator;

    /** The matrix of a cell, of its unknowns, as one rank tells another. */
    struct CellMatrix
    {
      std::vector<StateLayout::GlobalNode> unknowns;
      std::vector<double> entries;
      template <class Archive>
      void serialize(Archive &archive, unsigned int)
      {
        archive &unknowns &entries;
      }
    };

    /** The cells that bring something to owned nodes, and the unknowns that each is made of: first
     * cells of this rank, then those of others, whose matrices are known. */
    class Cells
    {
    public:
      Cells(const StateLayout &layout_, std::optional<unsigned int> region)
          : layout(layout_), nodes(layout_.fe.n_dofs_per_cell())
      {
        for (const Cell &cell : layout.dof_handler.active_cell_iterators())
          if (cell->is_locally_owned() && (!region || cell->material_id() == *region))
          {
            add_unknowns(cell);
            cells.push_back(cell);
          }
      }

      std::size_t size() const { return begin.size() - 1; }
      std::size_t n_own() const { return cells.size(); }
      const Cell &cell(std::size_t k) const { return cells[k]; }
      const unsigned int *first(std::size_t k) const { return unknowns.data() + begin[k]; }
      const unsigned int *last(std::size_t k) const { return unknowns.data() + begin[k + 1]; }
      const std::vector<double> &received(std::size_t k) const { return matrices[k - n_own()]; }

      /** Sends the matrices of own cells to the other ranks that own one of their unknowns, and
       * receives those of others; matrix_of(cell) computes one. Collective. */
      template <class MatrixOf>
      void exchange(const MatrixOf &matrix_of)
      {
        std::map<unsigned int, std::vector<CellMatrix>> sent;
        for (std::size_t k = 0; k < n_own(); ++k)
        {
          std::set<unsigned int> ranks;
          for (const unsigned int *unknown = first(k); unknown != last(k); ++unknown)
            if (*unknown >= layout.n_nodes)
              ranks.insert(layout.owner(layout.partitioner->local_to_global(*unknown)));
          if (ranks.empty())
            continue;
          CellMatrix matrix{{}, matrix_of(k)};
          for (const unsigned int *unknown = first(k); unknown != last(k); ++unknown)
            matrix.unknowns.push_back(layout.partitioner->local_to_global(*unknown));
          for (const unsigned int rank : ranks)
            sent[rank].push_back(matrix);
        }
        for (const auto &[rank, list] :
             dealii::Utilities::MPI::some_to_some(layout.communicator(), sent))
          for (const CellMatrix &matrix : list)
          {
            for (const StateLayout::GlobalNode unknown : matrix.unknowns)
              unknowns.push_back(layout.partitioner->global_to_local(unknown));
            begin.push_back(unknowns.size());
            matrices.push_back(matrix.entries);
          }
      }

      /** Turns the matrix of the cell's nodes into that of its unknowns. */
      void condense(std::size_t k, std::vector<double> &local) const
      {
        if (layout.hanging.n_constraints() == 0)
          return;
        cells[k]->get_dof_indices(nodes);
        const std::size_t n = nodes.size(), m = last(k) - first(k);
        std::vector<double> share(n * m, 0.), half(n * m, 0.), result(m * m, 0.);
        for (std::size_t i = 0; i < n; ++i)
          layout.for_each_master(
              nodes[i],
              [&](StateLayout::GlobalNode node, double weight)
              {
                const unsigned int unknown = layout.partitioner->global_to_local(node);
                share[i * m + (std::find(first(k), last(k), unknown) - first(k))] = weight;
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
      void add_unknowns(const Cell &cell)
      {
        cell->get_dof_indices(nodes);
        const std::size_t start = unknowns.size();
        for (const auto node : nodes)
          layout.for_each_master(
              node,
              [&](StateLayout::GlobalNode master, double)
              {
                const unsigned int unknown = layout.partitioner->global_to_local(master);
                if (std::find(unknowns.begin() + start, unknowns.end(), unknown) == unknowns.end())
                  unknowns.push_back(unknown);
              });
        begin.push_back(unknowns.size());
      }

      const StateLayout &layout;
      mutable std::vector<StateLayout::GlobalNode> nodes; // room to work in
      std::vector<Cell> cells;
      std::vector<std::size_t> begin{0};
      std::vector<unsigned int> unknowns;        ///< local numbers, cell by cell
      std::vector<std::vector<double>> matrices; ///< of other ranks' cells
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
    Cells cells(layout, region);
    const dealii::QGauss<dim> quadrature(layout.fe.degree + 1);
    dealii::FEValues<dim> values(*layout.geometry.mapping, layout.fe, quadrature, flags);
    const std::size_t n = layout.fe.n_dofs_per_cell();
    std::vector<double> local;
    const auto matrix_of = [&](std::size_t k) -> const std::vector<double> &
    {
      values.reinit(cells.cell(k));
      local.assign(n * n, 0.);
      fill(values, local);
      cells.condense(k, local);
      return local;
    };
    cells.exchange(matrix_of);

    const unsigned int n_ghosts = layout.partitioner->n_ghost_indices();
    find_columns(cells, layout.n_nodes, layout.n_nodes + n_ghosts, *this);
    entry.assign(column.size(), 0.);
    for (std::size_t k = 0; k < cells.size(); ++k)
      add_cell(cells.first(k), cells.last(k), layout.n_nodes,
               k < cells.n_own() ? matrix_of(k) : cells.received(k), *this);
  }
} // namespace lacuna

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "transport/transfer.h"

#include <deal.II/base/geometry_info.h>
#include <deal.II/base/mpi.h>
#include <deal.II/grid/cell_id.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <utility>

namespace lacuna
{
  namespace
  {
    using Index    = dealii::types::global_dof_index;
    using Cell     = dealii::DoFHandler<dim>::active_cell_iterator;
    using CellName = dealii::CellId::binary_type;
    using Row      = std::vector<std::pair<Index, double>>; ///< nodes and their weights

    /** A coarse cell in which a fine one lies: the unknowns that its nodes are made of. */
    struct Parent
    {
      unsigned int level = 0;
      std::vector<Row> nodes; ///< [node of the cell]: itself, or the masters that it hangs on
      template <class Archive>
      void serialize(Archive &archive, unsigned int)
      {
        archive &level &nodes;
      }
    };

    /** Finds the cells of the coarse mesh, here or on other ranks. */
    class Parents
    {
    public:
      Parents(const StateLayout &coarse_, const StateLayout &fine) : coarse(coarse_)
      {
        std::vector<CellName> sought;
        for (const Cell &cell : fine.dof_handler.active_cell_iterators())
          if (cell->is_locally_owned() && !find(cell->id())->is_locally_owned())
            sought.push_back(cell->id().to_binary<dim>());
        ask(sought);
      }

      Parent of(const dealii::CellId &fine_cell) const
      {
        if (const auto remote = elsewhere.find(fine_cell.to_binary<dim>());
            remote != elsewhere.end())
          return remote->second;
        return describe(find(fine_cell));
      }

    private:
      /** The smallest coarse cell known here that contains the fine one. */
      Cell find(const dealii::CellId &id) const
      {
        const auto &mesh = coarse.geometry.triangulation;
        const auto root  = mesh.create_cell_iterator(
             dealii::CellId(id.get_coarse_cell_id(), std::vector<std::uint8_t>()));
        dealii::DoFHandler<dim>::cell_iterator cell(&mesh, 0, root->index(), &coarse.dof_handler);
        for (const std::uint8_t child : id.get_child_indices())
        {
          if (!cell->has_children())
            break;
          cell = cell->child(child);
        }
        return cell;
      }

      Parent describe(const Cell &cell) const
      {
        std::vector<Index> nodes(coarse.fe.n_dofs_per_cell());
        cell->get_dof_indices(nodes);
        Parent result;
        result.level = cell->level();
        for (const Index node : nodes)
        {
          result.nodes.emplace_back();
          coarse.for_each_master(node, [&](Index master, double weight)
                                 { result.nodes.back().emplace_back(master, weight); });
        }
        return result;
      }

      /** The lists are short: only cells along the borders of ranks are sought elsewhere. */
      void ask(const std::vector<CellName> &sought)
      {
        using Answers        = std::vector<std::pair<CellName, Parent>>;
        const MPI_Comm ranks = coarse.communicator();
        const auto questions = dealii::Utilities::MPI::all_gather(ranks, sought);
        std::map<unsigned int, Answers> answers;
        for (unsigned int rank = 0; rank < questions.size(); ++rank)
          for (const CellName &name : questions[rank])
            if (const Cell cell = find(dealii::CellId(name)); cell->is_locally_owned())
              answers[rank].emplace_back(name, describe(cell));
        for (const auto &[rank, found] : dealii::Utilities::MPI::some_to_some(ranks, answers))
          elsewhere.insert(found.begin(), found.end());
      }

      const StateLayout &coarse;
      std::map<CellName, Parent> elsewhere;
    };

    /** The shape functions of a coarse cell at the nodes of the fine cells in it. */
    class ShapeValues
    {
    public:
      ShapeValues(const StateLayout &coarse_, const StateLayout &fine_)
          : coarse(coarse_.fe), fine(fine_.fe)
      {
      }
      /** [fine node][coarse node] for the cell that is reached by way of these children. */
      const std::vector<std::vector<double>> &operator()(const std::vector<std::uint8_t> &children)
      {
        auto &table = tables[children];
        if (table.empty())
          for (dealii::Point<dim> place : fine.get_unit_support_points())
          {
            for (auto child = children.rbegin(); child != children.rend(); ++child)
              place = dealii::GeometryInfo<dim>::child_to_cell_coordinates(place, *child);
            table.emplace_back();
            for (unsigned int j = 0; j < coarse.n_dofs_per_cell(); ++j)
              table.back().push_back(coarse.shape_value(j, place));
          }
        return table;
      }

    private:
      const dealii::FE_Q<dim> &coarse, &fine;
      std::map<std::vector<std::uint8_t>, std::vector<std::vector<double>>> tables;
    };

    void add(Row &row, const Row &masters, double weight)
    {
      for (const auto &master : masters)
      {
        const auto same = std::find_if(
            row.begin(), row.end(), [&](const auto &entry) { return entry.first == master.first; });
        if (same == row.end())
          row.emplace_back(master.first, weight * master.second);
        else
          same->second += weight * master.second;
      }
    }

    /** The rows of P for the owned fine nodes; a hanging one, which is no unknown, has none. */
    std::vector<Row> make_rows(const StateLayout &coarse, const StateLayout &fine)
    {
      const Parents parents(coarse, fine);
      ShapeValues shape_values(coarse, fine);
      std::vector<Row> rows(fine.n_nodes);
      std::vector<Index> nodes(fine.fe.n_dofs_per_cell());
      for (const Cell &cell : fine.dof_handler.active_cell_iterators())
        if (cell->is_locally_owned())
        {
          const dealii::CellId id = cell->id();
          const auto descent      = id.get_child_indices();
          const Parent parent     = parents.of(id);
          const auto &shape_value = shape_values({descent.begin() + parent.level, descent.end()});
          cell->get_dof_indices(nodes);
          for (unsigned int i = 0; i < nodes.size(); ++i)
          {
            if (!fine.partitioner->in_local_range(nodes[i]) ||
                fine.hanging.is_constrained(nodes[i]))
              continue;
            Row &row = rows[fine.partitioner->global_to_local(nodes[i])];
            if (!row.empty())
              continue; // its other cells say the same
            constexpr double rounding = 1e-12;
            for (unsigned int j = 0; j < parent.nodes.size(); ++j)
              if (std::abs(shape_value[i][j]) > rounding)
                add(row, parent.nodes[j], shape_value[i][j]);
          }
        }
      return rows;
    }
  } // namespace

  Transfer::Transfer(const StateLayout &coarse, const StateLayout &fine)
  {
    const std::vector<Row> rows = make_rows(coarse, fine);
    std::vector<Index> others;
    for (const Row &row : rows)
      for (const auto &[node, part] : row)
        if (!coarse.partitioner->in_local_range(node))
          others.push_back(node);
    std::sort(others.begin(), others.end());
    const dealii::IndexSet &owned = coarse.dof_handler.locally_owned_dofs();
    dealii::IndexSet ghosts(owned.size());
    ghosts.add_indices(others.begin(), std::unique(others.begin(), others.end()));
    coarse_nodes =
        std::make_shared<dealii::Utilities::MPI::Partitioner>(owned, ghosts, coarse.communicator());
    begin.assign(1, 0);
    begin.reserve(rows.size() + 1);
    for (const Row &row : rows)
      begin.push_back(begin.back() + row.size());
    column.reserve(begin.back());
    weight.reserve(begin.back());
    for (const Row &row : rows)
      for (const auto &[node, part] : row)
      {
        column.push_back(coarse_nodes->global_to_local(node));
        weight.push_back(static_cast<float>(part));
      }
  }

  void Transfer::interpolate(ConstNodeView coarse, NodeView fine) const
  {
    fine.fill(0);
    for (std::size_t i = 0; i < fine.n_entities(); ++i)
    {
      double *value = fine.at(i);
      for (unsigned int e = begin[i]; e < begin[i + 1]; ++e)
      {
        const double *from = coarse.at(column[e]);
        for (unsigned int s = 0; s < fine.n_species(); ++s)
          value[s] += weight[e] * from[s];
      }
    }
  }

  template <class Admits>
  void Transfer::add_transposed(const Admits &admits, ConstNodeView fine,
                                GhostedNodeField &coarse) const
  {
    const NodeView sums = coarse.zeroed();
    for (std::size_t i = 0; i < fine.n_entities(); ++i)
      if (admits(i))
      {
        const double *amount = fine.at(i);
        for (unsigned int e = begin[i]; e < begin[i + 1]; ++e)
        {
          double *sum = sums.at(column[e]);
          for (unsigned int s = 0; s < fine.n_species(); ++s)
            sum[s] += weight[e] * amount[s];
        }
      }
    coarse.add_ghosts();
  }

  void Transfer::gather(ConstNodeView fine, GhostedNodeField &coarse) const
  {
    add_transposed([](std::size_t) { return true; }, fine, coarse);
  }

  void Transfer::sample(ConstNodeView fine, GhostedNodeField &coarse) const
  {
    const auto stands_at_a_coarse_one = [&](std::size_t i)
    { return begin[i + 1] == begin[i] + 1 && weight[begin[i]] == 1; };
    add_transposed(stands_at_a_coarse_one, fine, coarse);
  }
} // namespace lacuna

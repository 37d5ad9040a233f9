// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "transport/mesh_indicator.h"

#include <deal.II/base/mpi.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <numeric>
#include <utility>

namespace lacuna
{
  namespace
  {
    using CellName = dealii::CellId::binary_type;

    /** The cell before all cells were refined in which an active one lies. */
    dealii::CellId before_global(const dealii::CellId &cell, unsigned int global)
    {
      const auto children = cell.get_child_indices();
      return dealii::CellId(cell.get_coarse_cell_id(),
                            std::vector<std::uint8_t>(children.begin(), children.end() - global));
    }

    /** Sums over all ranks, of each cell that any of them names. */
    std::map<dealii::CellId, double> sum_over_ranks(const std::map<dealii::CellId, double> &mine,
                                                    MPI_Comm communicator)
    {
      std::vector<std::pair<CellName, double>> named;
      for (const auto &[cell, value] : mine)
        named.emplace_back(cell.to_binary<dim>(), value);
      std::map<dealii::CellId, double> result;
      for (const auto &part : dealii::Utilities::MPI::all_gather(communicator, named))
        for (const auto &[name, value] : part)
          result[dealii::CellId(name)] += value;
      return result;
    }
  } // namespace

  MeshIndicator::MeshIndicator(const Residual &residual)
      : model(residual.model), coarser(*model.level.coarser()), goal_weight(residual),
        of_node(model.layout.n_nodes, 0.)
  {
  }

  NodeField MeshIndicator::beyond_coarser(const NodeField &values) const
  {
    GhostedNodeField sampled(coarser.transfer.coarse_nodes, values.n_species());
    coarser.transfer.sample(values, sampled);
    sampled.fetch_ghosts();
    NodeField result(values.n_entities(), values.n_species());
    coarser.transfer.interpolate(sampled.view(), result);
    for_each_value(result, [&](std::size_t node, unsigned int s)
                   { result(node, s) = values(node, s) - result(node, s); });
    return result;
  }

  void MeshIndicator::add_solutes(const State &state, double duration)
  {
    const NodeField concentration = beyond_coarser(state.mobile),
                    weight        = beyond_coarser(goal_weight.at(state));
    for (unsigned int s = 0; s < concentration.n_species(); ++s)
    {
      const Medium::Diffusivity &diffusivity = model.medium.diffusivity(s);
      const Stiffness &stiffness             = model.level.stiffness(diffusivity);
      for (unsigned int node = 0; node < model.layout.n_nodes; ++node)
        of_node[node] += duration * diffusivity.coefficient * stiffness.diagonal[node] *
                         std::abs(concentration(node, s) * weight(node, s));
    }
  }

  /** Region by region, since densities jump between them. */
  void MeshIndicator::add_cells(const State &state, double duration)
  {
    const StateLayout &layout = model.layout;
    std::vector<unsigned int> of_doses;
    for (unsigned int k = 0; k < model.species.immobile.size(); ++k)
      if (const Species &species = model.species.immobile[k];
          species.cells && species.dose != Species::no_dose)
        of_doses.push_back(k);
    const unsigned int n = of_doses.size();
    if (n == 0)
      return;
    std::vector<double> held(n, 0.);
    for (unsigned int p = 0; p < layout.n_points(); ++p)
      for (unsigned int k = 0; k < n; ++k)
        held[k] += layout.point_weight[p] * state.immobile(p, of_doses[k]);
    dealii::Utilities::MPI::sum(held, layout.communicator(), held);
    for (unsigned int region = 0; region < layout.geometry.regions.size(); ++region)
    {
      NodeField values(layout.n_nodes, n);
      const auto for_each_point = [&](const auto &action)
      {
        for (unsigned int p = 0; p < layout.n_points(); ++p)
          if (layout.point_region[p] == region)
            for (unsigned int k = 0; k < n; ++k)
              action(p, layout.point_node[p], k);
      };
      for_each_point([&](unsigned int p, unsigned int node, unsigned int k)
                     { values(node, k) = state.immobile(p, of_doses[k]); });
      const NodeField beyond = beyond_coarser(values);
      for_each_point(
          [&](unsigned int p, unsigned int node, unsigned int k)
          {
            if (held[k] > 0)
              of_node[node] +=
                  duration * layout.point_weight[p] * std::abs(beyond(node, k)) / held[k];
          });
    }
  }

  void MeshIndicator::add(const State &state, double duration)
  {
    add_solutes(state, duration);
    add_cells(state, duration);
  }

  Refinement MeshIndicator::refined(double share) const
  {
    const StateLayout &layout = model.layout;
    const auto for_each_node  = [&](const auto &action)
    {
      std::vector<dealii::types::global_dof_index> nodes(layout.fe.n_dofs_per_cell());
      for (const auto &cell : layout.dof_handler.active_cell_iterators())
        if (cell->is_locally_owned())
        {
          cell->get_dof_indices(nodes);
          for (const auto node : nodes)
            if (!layout.hanging.is_constrained(node))
              action(cell, layout.partitioner->global_to_local(node));
        }
    };
    // What belongs to a node is divided among its cells.
    StateLayout::NodeVector n_cells(layout.partitioner), indicator(layout.partitioner);
    for_each_node([&](const auto &, unsigned int node) { n_cells.local_element(node) += 1; });
    n_cells.compress(dealii::VectorOperation::add);
    for (unsigned int node = 0; node < layout.n_nodes; ++node)
      if (n_cells.local_element(node) > 0)
        indicator.local_element(node) = of_node[node] / n_cells.local_element(node);
    indicator.update_ghost_values();

    const Refinement &now = layout.geometry.refinement;
    std::map<dealii::CellId, double> contribution;
    for_each_node(
        [&](const auto &cell, unsigned int node)
        { contribution[before_global(cell->id(), now.global)] += indicator.local_element(node); });

    std::vector<std::pair<double, dealii::CellId>> largest_first;
    double left = 0;
    for (const auto &[cell, value] : sum_over_ranks(contribution, layout.communicator()))
    {
      largest_first.emplace_back(-value, cell);
      left += share * value;
    }
    std::sort(largest_first.begin(), largest_first.end());
    Refinement result = now;
    for (auto next = largest_first.begin(); next != largest_first.end() && left > 0; ++next)
    {
      result.cells.push_back(next->second);
      left += next->first;
    }
    std::sort(result.cells.begin(), result.cells.end());
    return result;
  }
} // namespace lacuna

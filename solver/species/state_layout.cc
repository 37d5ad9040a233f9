// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "species/state_layout.h"

#include <deal.II/base/mpi.h>
#include <deal.II/base/quadrature_lib.h>
#include <deal.II/dofs/dof_tools.h>
#include <deal.II/fe/fe_tools.h>
#include <deal.II/fe/fe_values.h>

#include <algorithm>
#include <map>
#include <memory>
#include <set>

namespace lacuna
{
  namespace
  {
    /** m_ir for every region r and node i, hanging nodes condensed into their masters. */
    std::vector<StateLayout::NodeVector> region_weights(const StateLayout &layout)
    {
      std::vector<StateLayout::NodeVector> weights(layout.geometry.regions.size());
      for (auto &vector : weights)
        vector.reinit(layout.partitioner);

      const dealii::QGauss<dim> quadrature(layout.fe.degree + 1);
      dealii::FEValues<dim> values(*layout.geometry.mapping, layout.fe, quadrature,
                                   dealii::update_values | dealii::update_JxW_values);
      for (const auto &cell : layout.dof_handler.active_cell_iterators())
        if (cell->is_locally_owned())
        {
          values.reinit(cell);
          layout.add_integrals(values, cell, weights[cell->material_id()]);
        }
      for (auto &vector : weights)
        vector.compress(dealii::VectorOperation::add);
      return weights;
    }
  } // namespace

  StateLayout::StateLayout(const Geometry &geometry_, unsigned int degree)
      : geometry(geometry_), fe(degree), dof_handler(geometry_.triangulation)
  {
    dof_handler.distribute_dofs(fe);
    const dealii::IndexSet owned = dof_handler.locally_owned_dofs();
    dealii::IndexSet relevant;
    dealii::DoFTools::extract_locally_relevant_dofs(dof_handler, relevant);
    hanging.reinit(relevant);
    dealii::DoFTools::make_hanging_node_constraints(dof_handler, hanging);
    hanging.close();
    first_node.assign(1, 0);
    for (const GlobalNode n :
         dealii::Utilities::MPI::all_gather(communicator(), GlobalNode(owned.n_elements())))
      first_node.push_back(first_node.back() + n);
    partitioner = std::make_shared<dealii::Utilities::MPI::Partitioner>(
        owned, seen_by_owned_nodes(relevant), communicator());
    n_nodes       = owned.n_elements();
    lexicographic = dealii::FETools::lexicographic_to_hierarchic_numbering<dim>(degree);

    std::map<dealii::types::global_dof_index, dealii::Point<dim>> support;
    dealii::DoFTools::map_dofs_to_support_points(*geometry.mapping, dof_handler, support);
    node_position.resize(n_nodes);
    for (const auto &[node, position] : support)
      if (partitioner->in_local_range(node))
        for (unsigned int d = 0; d < dim; ++d)
          node_position[partitioner->global_to_local(node)][d] = position[d];

    const auto weights = region_weights(*this);
    node_begin.assign(1, 0);
    for (unsigned int node = 0; node < n_nodes; ++node)
    {
      for (unsigned int region = 0; region < weights.size(); ++region)
        if (const double weight = weights[region].local_element(node); weight > 0)
        {
          point_node.push_back(node);
          point_region.push_back(region);
          point_weight.push_back(weight);
        }
      node_begin.push_back(n_points());
    }
  }

  unsigned int StateLayout::owner(GlobalNode node) const
  {
    return std::upper_bound(first_node.begin(), first_node.end(), node) - first_node.begin() - 1;
  }

  /** Through a hanging node of another rank's cell that is no ghost here, the equation of an owned
   * node may see nodes that only that rank knows of. */
  dealii::IndexSet StateLayout::seen_by_owned_nodes(const dealii::IndexSet &relevant) const
  {
    dealii::IndexSet result = relevant;
    if (!geometry.triangulation.has_hanging_nodes())
      return result;
    const unsigned int here = dealii::Utilities::MPI::this_mpi_process(communicator());
    std::map<unsigned int, std::vector<GlobalNode>> seen; // by nodes of each rank
    std::vector<GlobalNode> nodes(fe.n_dofs_per_cell());
    for (const auto &cell : dof_handler.active_cell_iterators())
      if (cell->is_locally_owned())
      {
        cell->get_dof_indices(nodes);
        std::vector<GlobalNode> unknowns;
        std::set<unsigned int> owners;
        for (const GlobalNode node : nodes)
          for_each_master(node,
                          [&](GlobalNode master, double)
                          {
                            unknowns.push_back(master);
                            owners.insert(owner(master));
                          });
        owners.erase(here);
        for (const unsigned int rank : owners)
          seen[rank].insert(seen[rank].end(), unknowns.begin(), unknowns.end());
      }
    for (auto &[rank, list] : seen)
    {
      std::sort(list.begin(), list.end());
      list.erase(std::unique(list.begin(), list.end()), list.end());
    }
    for (const auto &[rank, list] : dealii::Utilities::MPI::some_to_some(communicator(), seen))
      result.add_indices(list.begin(), list.end());
    return result;
  }

  void StateLayout::add_integrals(const dealii::FEValuesBase<dim> &values,
                                  const dealii::DoFHandler<dim>::active_cell_iterator &cell,
                                  NodeVector &sums) const
  {
    const unsigned int n = fe.n_dofs_per_cell();
    dealii::Vector<double> local(n);
    for (unsigned int q = 0; q < values.n_quadrature_points; ++q)
      for (unsigned int i = 0; i < n; ++i)
        local(i) += values.shape_value(i, q) * values.JxW(q);
    std::vector<dealii::types::global_dof_index> nodes(n);
    cell->get_dof_indices(nodes);
    hanging.distribute_local_to_global(local, nodes, sums);
  }

  unsigned int StateLayout::point(unsigned int node, unsigned int region) const
  {
    for (unsigned int p = node_begin[node]; p < node_begin[node + 1]; ++p)
      if (point_region[p] == region)
        return p;
    AssertThrow(false, dealii::ExcMessage("the node does not touch the region"));
    return dealii::numbers::invalid_unsigned_int;
  }
} // namespace lacuna

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "geometry/geometry.h"

#include <deal.II/dofs/dof_handler.h>
#include <deal.II/fe/fe_q.h>
#include <deal.II/fe/fe_values.h>
#include <deal.II/lac/affine_constraints.h>
#include <deal.II/lac/la_parallel_vector.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace lacuna
{
  /**
   * Where the unknowns live. A *node* is an unconstrained support point of the finite element. A
   * *reaction point* is a pair (node, region touching it) with the weight m = integral of the
   * node's shape function over that region (m^3): a node on an interface has one point per region,
   * since porosity, fixed charge and cell density jump there. Points are sorted by node; only owned
   * nodes have points here.
   */
  struct StateLayout
  {
    StateLayout(const Geometry &geometry, unsigned int degree);

    using NodeVector = dealii::LinearAlgebra::distributed::Vector<double>;

    const Geometry &geometry;
    dealii::FE_Q<dim> fe;
    dealii::DoFHandler<dim> dof_handler;
    dealii::AffineConstraints<double> hanging; ///< of hanging nodes
    /** Owned nodes, and as ghosts those of all cells beside the owned ones and all that the
     * equations of owned nodes see by way of hanging nodes. */
    std::shared_ptr<const dealii::Utilities::MPI::Partitioner> partitioner;
    std::vector<unsigned int>
        lexicographic; ///< cell-local node in lexicographic order -> its number in `fe`

    unsigned int n_nodes = 0;               ///< owned
    std::vector<Coordinates> node_position; ///< m, of owned nodes

    std::vector<unsigned int> node_begin; ///< owned node -> its first point (n_nodes + 1 entries)
    std::vector<unsigned int> point_node;
    std::vector<std::uint8_t> point_region;
    std::vector<double> point_weight; ///< m^3

    unsigned int n_points() const { return static_cast<unsigned int>(point_node.size()); }
    MPI_Comm communicator() const { return dof_handler.get_communicator(); }
    dealii::types::global_dof_index n_global_nodes() const { return dof_handler.n_dofs(); }

    using GlobalNode = dealii::types::global_dof_index;

    /** Calls action(node, weight) for the nodes of which this one is made: itself, or those that it
     * hangs on. Of nodes of owned cells. */
    template <class Action>
    void for_each_master(GlobalNode node, const Action &action) const
    {
      if (!hanging.is_constrained(node))
        return action(node, 1.);
      for (const auto &[master, weight] : *hanging.get_constraint_entries(node))
        action(master, weight);
    }

    unsigned int owner(GlobalNode node) const; ///< rank

    /** Adds the integrals of a cell's shape functions (over the cell or one face) to `sums`. */
    void add_integrals(const dealii::FEValuesBase<dim> &values,
                       const dealii::DoFHandler<dim>::active_cell_iterator &cell,
                       NodeVector &sums) const;

    /** The point of an owned node in a region; the node must touch the region. */
    unsigned int point(unsigned int node, unsigned int region) const;

    /**
     * Spreads values of points to all cells that see them: for each region a vector over nodes with
     * ghosts, hanging nodes interpolated; nodes that do not touch the region hold zero.
     * `value(point)`.
     */
    template <class Value>
    std::vector<NodeVector> by_region(const Value &value) const
    {
      std::vector<NodeVector> result(geometry.regions.size());
      for (auto &vector : result)
        vector.reinit(partitioner);
      for (unsigned int p = 0; p < n_points(); ++p)
        result[point_region[p]].local_element(point_node[p]) = value(p);
      for (auto &vector : result)
      {
        hanging.distribute(vector);
        vector.update_ghost_values();
      }
      return result;
    }

  private:
    dealii::IndexSet seen_by_owned_nodes(const dealii::IndexSet &relevant) const;
    std::vector<GlobalNode> first_node; ///< [rank]
  };
} // namespace lacuna

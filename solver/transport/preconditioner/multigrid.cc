// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "transport/preconditioner/multigrid.h"

#include <algorithm>

namespace lacuna
{
  namespace
  {
    /** Beside what the lines take care of, a coarser mesh does not see eigenvalues between the
     * largest and a sixth of it. */
    constexpr LinearisedLevel::Polynomial smoothing{3, 6};
    /** On the coarsest mesh, which has a few tens of cells across: a digit of all that there is. */
    constexpr LinearisedLevel::Polynomial solving{24, 250};

    void copy_owned(const GhostedNodeField &from, NodeField &to)
    {
      std::copy(from.owned().begin(), from.owned().end(), to.begin());
    }
  } // namespace

  Multigrid::Floor::Floor(Level &level, const Medium &medium, unsigned int n_species)
      : equations(level, medium, n_species), block(level.layout.n_nodes, n_species * n_species),
        held(level.layout.n_nodes, n_species), values(level.layout.n_nodes, n_species)
  {
  }

  Multigrid::Multigrid(const Model &model_, const Boundary &boundary_)
      : model(model_), boundary(boundary_)
  {
    const unsigned int n = model.species.mobile.size();
    floors.push_back(std::make_unique<Floor>(model.level, model.medium, n));
    for (Level::Coarser *coarser = model.level.coarser(); coarser != nullptr;
         coarser                 = coarser->level.coarser())
    {
      Floor &finer        = *floors.back();
      finer.to_coarser    = &coarser->transfer;
      finer.coarse_values = std::make_unique<GhostedNodeField>(coarser->transfer.coarse_nodes, n);
      floors.push_back(std::make_unique<Floor>(coarser->level, model.medium, n));
    }
  }

  void Multigrid::update(const Evaluation &at)
  {
    const unsigned int n = model.species.mobile.size();
    NodeField &block = floors.front()->block, &held = floors.front()->held;
    for_each_value(held,
                   [&](std::size_t node, unsigned int s)
                   {
                     held(node, s) =
                         boundary.is_fixed(node, s) || at.equation.holds(model.species.mobile[s]);
                     for (unsigned int t = 0; t < n; ++t)
                       block(node, s * n + t) = s == t
                                                    ? at.equation.alpha * model.storage(node, s) +
                                                          consumption(at, node, s)
                                                    : -at.local(node, s, t);
                   });
    floors.front()->equations.set(block, held);
    const NodeField *fine_block = &block, *fine_held = &held;
    for (unsigned int k = 0; k + 1 < floors.size(); ++k)
    {
      GhostedNodeField gathered(floors[k]->to_coarser->coarse_nodes, n * n);
      NodeField &coarse_block = floors[k + 1]->block, &coarse_held = floors[k + 1]->held;
      floors[k]->to_coarser->gather(*fine_block, gathered);
      copy_owned(gathered, coarse_block);
      floors[k]->to_coarser->sample(*fine_held, *floors[k]->coarse_values);
      copy_owned(*floors[k]->coarse_values, coarse_held);
      floors[k + 1]->equations.set(coarse_block, coarse_held);
      fine_block = &coarse_block;
      fine_held  = &coarse_held;
    }
  }

  void Multigrid::cycle(unsigned int k)
  {
    Floor &floor = *floors[k];
    floor.equations.clear_solution();
    if (k + 1 == floors.size())
    {
      floor.equations.smooth(solving);
      return;
    }
    floor.equations.smooth(smoothing);
    floor.equations.get_residual(floor.values);
    floor.to_coarser->gather(floor.values, *floor.coarse_values);
    floors[k + 1]->equations.set_right(
        static_cast<const GhostedNodeField &>(*floor.coarse_values).owned());
    cycle(k + 1);
    floors[k + 1]->equations.get_solution(floor.coarse_values->owned());
    floor.coarse_values->fetch_ghosts();
    floor.to_coarser->interpolate(floor.coarse_values->view(), floor.values);
    floor.equations.add_to_solution(floor.values);
    floor.equations.smooth(smoothing);
  }

  void Multigrid::apply(ConstNodeView x, NodeView y)
  {
    LinearisedLevel &finest = floors.front()->equations;
    const NodeField &held   = floors.front()->held;
    finest.set_right(x);
    cycle(0);
    finest.get_solution(y);
    for_each_value(y,
                   [&](std::size_t node, unsigned int s)
                   {
                     if (held(node, s) != 0)
                       y(node, s) = x(node, s);
                   });
  }
} // namespace lacuna

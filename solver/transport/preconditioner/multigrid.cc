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

    ConstNodeView owned(const GhostedNodeField &field)
    {
      return field.owned();
    }
  } // namespace

  Multigrid::Floor::Floor(Level &level, const Medium &medium, unsigned int n_species)
      : equations(level, medium, n_species), values(level.layout.n_nodes, n_species)
  {
  }

  Multigrid::Multigrid(const Model &model_, const Boundary &boundary_)
      : model(model_), boundary(boundary_),
        held(model_.layout.n_nodes, model_.species.mobile.size())
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
    NodeField block(model.layout.n_nodes, n * n);
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

    std::vector<GhostedNodeField> blocks, helds; // of the coarser levels
    blocks.reserve(floors.size());
    helds.reserve(floors.size());
    ConstNodeView fine_block = block, fine_held = held;
    for (unsigned int k = 0; k + 1 < floors.size(); ++k)
    {
      const Transfer &transfer = *floors[k]->to_coarser;
      transfer.gather(fine_block, blocks.emplace_back(transfer.coarse_nodes, n * n));
      transfer.sample(fine_held, helds.emplace_back(transfer.coarse_nodes, n));
      fine_block = owned(blocks.back());
      fine_held  = owned(helds.back());
      floors[k + 1]->equations.set(fine_block, fine_held);
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
    floors[k + 1]->equations.set_right(owned(*floor.coarse_values));
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

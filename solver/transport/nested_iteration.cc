// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "transport/nested_iteration.h"

#include "transport/make_solver.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace lacuna
{
  namespace
  {
    /** The same tissue on the coarser level: the means over what a coarse point stands for. */
    PointField gather_immobile(const Transfer &transfer, const StateLayout &fine,
                               const StateLayout &coarse, const PointField &immobile)
    {
      const unsigned int n = immobile.n_species();
      PointField result(coarse.n_points(), n);
      if (n == 0)
        return result;
      GhostedNodeField sums(transfer.coarse_nodes, n + 1);
      for (unsigned int region = 0; region < fine.geometry.regions.size(); ++region)
      {
        NodeField amounts(fine.n_nodes, n + 1); // and, in the last place, the volume
        for (unsigned int p = 0; p < fine.n_points(); ++p)
          if (fine.point_region[p] == region)
          {
            double *amount = amounts.at(fine.point_node[p]);
            for (unsigned int k = 0; k < n; ++k)
              amount[k] = fine.point_weight[p] * immobile(p, k);
            amount[n] = fine.point_weight[p];
          }
        transfer.gather(amounts, sums);
        const ConstNodeView gathered = sums.view();
        for (unsigned int p = 0; p < coarse.n_points(); ++p)
          if (const double *sum = gathered.at(coarse.point_node[p]);
              coarse.point_region[p] == region && sum[n] > 0)
            for (unsigned int k = 0; k < n; ++k)
              result(p, k) = sum[k] / sum[n];
      }
      return result;
    }

    State coarsened(const Level::Coarser &coarser, const StateLayout &fine, const State &state)
    {
      State result;
      result.time = state.time;
      GhostedNodeField sampled(coarser.transfer.coarse_nodes, state.mobile.n_species());
      coarser.transfer.sample(state.mobile, sampled);
      result.mobile.resize(coarser.layout.n_nodes, state.mobile.n_species());
      const ConstNodeView values = sampled.view();
      std::copy_n(values.begin(), result.mobile.size(), result.mobile.begin());
      result.immobile = gather_immobile(coarser.transfer, fine, coarser.layout, state.immobile);
      return result;
    }

    /** Cells that could move stay as they are in a steady state, and so does a guess of them. */
    void interpolate(const Level::Coarser &coarser, const SpeciesTable &species,
                     const State &coarse, State &state)
    {
      GhostedNodeField from(coarser.transfer.coarse_nodes, state.mobile.n_species());
      from.set(coarse.mobile);
      NodeField guess(state.mobile.n_entities(), state.mobile.n_species());
      coarser.transfer.interpolate(from.view(), guess);
      for_each_value(guess,
                     [&](std::size_t node, unsigned int s)
                     {
                       if (!species.mobile[s].moves)
                         state.mobile(node, s) = guess(node, s);
                     });
    }

    SteadyState find(NonlinearSolver &solver, const Residual &residual, const Accuracy &by_itself,
                     const Accuracy &on_levels, State &state);

    /** True if the state is now that of the coarser level. */
    bool begin_from(Level::Coarser &coarser, const Residual &fine, State &state)
    {
      const Model model(fine.model.input, fine.model.species, coarser.level, fine.model.laws);
      const Boundary boundary(fine.boundary.settings, model.species, coarser.layout, model.points);
      const Residual residual(model, boundary);
      constexpr double as_good_as_needed = 1e-4; // a mesh of any use is further from the limit
      const Accuracy accuracy{
          std::max(model.input.solver.newton_tolerance, as_good_as_needed), {}, {}};
      const auto solver = make_solver(residual, model.input.solver);
      State coarse      = coarsened(coarser, fine.model.layout, state);
      try
      {
        find(*solver, residual, accuracy, accuracy, coarse);
      }
      catch (const ConvergenceError &)
      {
        return false; // the finer mesh may still have one
      }
      catch (const EvaluationError &)
      {
        return false;
      }
      interpolate(coarser, model.species, coarse, state);
      return true;
    }

    /** What the mesh makes, from what a solve changed that began with the coarser mesh's solution.
     */
    double mesh_error(const Model &model, const NodeField &guess, const NodeField &found)
    {
      NodeField change(found.n_entities(), found.n_species());
      for_each_value(found, [&](std::size_t node, unsigned int s)
                     { change(node, s) = std::abs(found(node, s) - guess(node, s)); });
      return error_of_difference *
             largest_part(model.storage.amounts(change), model.storage.amounts(found));
    }

    SteadyState find(NonlinearSolver &solver, const Residual &residual, const Accuracy &by_itself,
                     const Accuracy &on_levels, State &state)
    {
      Level::Coarser *coarser = coarser_for(residual.model);
      if (coarser == nullptr || !begin_from(*coarser, residual, state))
        return solve_steady_state(solver, residual, by_itself, state);
      const NodeField guess = state.mobile;
      SteadyState result    = solve_steady_state(solver, residual, on_levels, state);
      result.mesh_error     = mesh_error(residual.model, guess, state.mobile);
      return result;
    }
  } // namespace

  SteadyState find_steady_state(NonlinearSolver &solver, const Residual &residual, State &state)
  {
    const SolverSettings &settings = residual.model.input.solver;
    return find(solver, residual, accuracy_to_rounding(settings), accuracy_on_levels(settings),
                state);
  }
} // namespace lacuna

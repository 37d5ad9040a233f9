// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "transport/residual.h"

#include "transport/batches.h"
#include "transport/collective_error.h"

#include <deal.II/base/mpi.h>

#include <algorithm>
#include <cmath>

namespace lacuna
{
  namespace
  {
    /** The exchange pattern of [node][species] blocks, from that of the nodes. */
    std::shared_ptr<const dealii::Utilities::MPI::Partitioner>
    make_block_partitioner(const StateLayout &layout, unsigned int n_species)
    {
      const auto expand = [&](const dealii::IndexSet &nodes)
      {
        dealii::IndexSet blocks(nodes.size() * n_species);
        for (auto range = nodes.begin_intervals(); range != nodes.end_intervals(); ++range)
          blocks.add_range(*range->begin() * n_species, (range->last() + 1) * n_species);
        return blocks;
      };
      return std::make_shared<dealii::Utilities::MPI::Partitioner>(
          expand(layout.partitioner->locally_owned_range()),
          expand(layout.partitioner->ghost_indices()), layout.communicator());
    }
  } // namespace

  Residual::Residual(Model &model_, const Boundary &boundary_)
      : model(model_), boundary(boundary_),
        update(model_.species.mobile.size(), model_.species.immobile.size()), motion(model_),
        batch(model_.reaction.make_batch())
  {
    const unsigned int n_species = model.species.mobile.size();
    const std::size_t n          = std::size_t(model.layout.n_nodes) * n_species;
    const std::size_t n_points   = model.layout.n_points();
    ghosted.reinit(make_block_partitioner(model.layout, n_species));
    rate.resize(n);
    residual.resize(n);
    block.resize(n * n_species);
    gain.resize(n_points * model.species.immobile.size());
    loss_rate.resize(gain.size());
    converted.resize(gain.size());
    for (auto *total :
         {&totals.in, &totals.produced, &totals.consumed, &totals.converted, &turnover, &rounding})
      total->resize(n_species);
  }

  double Residual::at(const TimeTable &table) const
  {
    return equation.before_jump ? table.before(equation.time) : table.at(equation.time);
  }

  void Residual::impose_fixed_values(double *c) const
  {
    const unsigned int n_species = model.species.mobile.size();
    for (const auto &fixed : boundary.fixed)
      c[std::size_t(fixed.node) * n_species + fixed.species] = at(*fixed.value);
  }

  void Residual::evaluate(const double *c, std::vector<double> &immobile)
  {
    std::copy(c, c + rate.size(), ghosted.begin());
    ghosted.update_ghost_values();
    for (auto *total :
         {&totals.in, &totals.produced, &totals.consumed, &totals.converted, &turnover, &rounding})
      std::fill(total->begin(), total->end(), 0.);
    std::fill(rate.begin(), rate.end(), 0.);
    std::fill(block.begin(), block.end(), 0.);

    model.diffusion.subtract_flux(ghosted.begin(), rate.data());
    model.diffusion.add_magnitude(ghosted.begin(), rounding);
    add_natural_exchange();
    collectively(model.layout.communicator(), [&] { add_reactions(immobile); });
    if (!motion.empty())
      motion.add_flux(ghosted.begin(), immobile, equation.time, rate.data(), rounding);
    finish();
  }

  void Residual::add_natural_exchange()
  {
    const unsigned int n_species = model.species.mobile.size();
    for (const auto &part : boundary.natural)
    {
      const std::size_t row = std::size_t(part.node) * n_species + part.species;
      double flux           = 0; // into the tissue, mol/s
      if (part.setting->kind == BoundaryKind::exchange)
      {
        const double h = part.area * at(part.setting->coefficient);
        flux           = h * (at(part.setting->value) - ghosted.local_element(row));
        block[row * n_species + part.species] -= h;
      }
      else
        flux = part.area * at(part.setting->flux);
      rate[row] += flux;
      totals.in[part.species] += flux;
      turnover[part.species] += std::abs(flux);
    }
  }

  void Residual::add_reactions(std::vector<double> &immobile)
  {
    const unsigned int n_mobile   = model.species.mobile.size(),
                       n_immobile = model.species.immobile.size();
    for_each_batch(model.layout, model.reaction, ghosted.begin(), immobile.data(), batch,
                   [&](unsigned int first_node, unsigned int last_node)
                   {
                     update.solve(model.reaction, batch, model.points, equation.time,
                                  equation.immobile);
                     for (unsigned int p = 0; p < batch.n_points; ++p)
                       for (unsigned int k = 0; k < n_immobile; ++k)
                       {
                         const std::size_t at = std::size_t(batch.first_point + p) * n_immobile + k;
                         immobile[at]         = batch.state.row(n_mobile + k)[p];
                         gain[at]             = batch.gain.row(k)[p];
                         loss_rate[at]        = batch.loss_rate.row(k)[p];
                         converted[at]        = batch.converted.row(n_mobile + k)[p];
                       }
                     scatter(batch, first_node, last_node);
                   });
  }

  /** A row whose unknown is prescribed: by a boundary value, or because cells rest. */
  bool Residual::is_held(std::size_t row) const
  {
    return boundary.is_fixed[row] || rests(row);
  }

  bool Residual::rests(std::size_t row) const
  {
    return equation.cells_rest && model.species.mobile[row % model.species.mobile.size()].moves;
  }

  void Residual::scatter(const Reaction::Batch &result, unsigned int first_node,
                         unsigned int last_node)
  {
    const StateLayout &layout      = model.layout;
    const unsigned int n_species   = model.species.mobile.size();
    const unsigned int n_variables = model.reaction.n_variables();
    for (unsigned int node = first_node; node < last_node; ++node)
      for (unsigned int point = layout.node_begin[node]; point < layout.node_begin[node + 1];
           ++point)
      {
        const unsigned int p = point - result.first_point;
        const double m       = layout.point_weight[point];
        for (unsigned int s = 0; s < n_species; ++s)
        {
          const std::size_t row = std::size_t(node) * n_species + s;
          const double produced = m * result.mobile_gain.row(s)[p];
          const double consumed = m * result.mobile_loss.row(s)[p];
          rate[row] += produced - consumed;
          totals.produced[s] += produced;
          totals.consumed[s] += consumed;
          totals.converted[s] += m * result.converted.row(s)[p];
          turnover[s] += std::abs(produced) + std::abs(consumed);
          for (unsigned int t = 0; t < n_species; ++t)
            block[row * n_species + t] += m * result.d_mobile.row(s * n_variables + t)[p];
        }
      }
  }

  /** Forms the residual; what fixed nodes need beyond their rate comes in through the boundary. */
  void Residual::finish()
  {
    const unsigned int n_species = model.species.mobile.size();
    std::vector<double> error(n_species, 0.);
    for (std::size_t row = 0; row < rate.size(); ++row)
    {
      const double c = ghosted.local_element(row);
      const double storing =
          equation.alpha == 0 ? 0
                              : equation.alpha * model.storage[row] * (c - equation.predictor[row]);
      residual[row] = storing - rate[row];
      if (rests(row))
        residual[row] = rate[row] = 0;
      if (!is_held(row))
      {
        turnover[row % n_species] += std::abs(storing);
        error[row % n_species] += std::abs(residual[row]);
        // c minus predictor cancels where little changes in a short step.
        rounding[row % n_species] += equation.alpha * model.storage[row] * std::abs(c);
      }
    }
    for (const auto &fixed : boundary.fixed)
    {
      const std::size_t row = std::size_t(fixed.node) * n_species + fixed.species;
      const double slope    = equation.alpha == 0 ? 0 : fixed.value->rate(equation.slope_time);
      const double inflow   = model.storage[row] * slope - rate[row];
      totals.in[fixed.species] += inflow;
      turnover[fixed.species] += std::abs(inflow);
      residual[row] = ghosted.local_element(row) - at(*fixed.value);
      rate[row]     = model.storage[row] * slope; // the boundary makes up the difference
    }

    const MPI_Comm communicator = model.layout.communicator();
    const auto sum              = [&](std::vector<double> &values)
    { dealii::Utilities::MPI::sum(values, communicator, values); };
    for (auto *total : {&totals.in, &totals.produced, &totals.consumed, &totals.converted,
                        &turnover, &rounding, &error})
      sum(*total);
    defect = 0;
    for (unsigned int s = 0; s < n_species; ++s)
    {
      const double unavoidable = 4e-15 * rounding[s] + 1e-300;
      defect                   = std::max(defect,
                                          std::max(0., error[s] - unavoidable) / std::max(turnover[s], unavoidable));
      // Noise of a species that is solved must not keep a line search from solving the others.
      if (error[s] <= unavoidable)
        for (std::size_t row = s; row < residual.size(); row += n_species)
          if (!is_held(row))
            residual[row] = 0;
    }
  }

  void Residual::apply_jacobian(const double *x, double *y)
  {
    const unsigned int n_species = model.species.mobile.size();
    std::copy(x, x + rate.size(), ghosted.begin());
    ghosted.update_ghost_values();
    std::fill(y, y + rate.size(), 0.);
    model.diffusion.subtract_flux(ghosted.begin(), y);
    if (!motion.empty())
      motion.add_derivative(ghosted.begin(), y);
    for (unsigned int node = 0; node < model.layout.n_nodes; ++node)
      for (unsigned int s = 0; s < n_species; ++s)
      {
        const std::size_t row = std::size_t(node) * n_species + s;
        if (is_held(row))
        {
          y[row] = x[row];
          continue;
        }
        double value = equation.alpha * model.storage[row] * x[row] - y[row];
        for (unsigned int t = 0; t < n_species; ++t)
          value -= block[row * n_species + t] * x[std::size_t(node) * n_species + t];
        y[row] = value;
      }
  }
} // namespace lacuna

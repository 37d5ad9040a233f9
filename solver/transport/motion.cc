// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "transport/motion.h"

#include "transport/batches.h"
#include "transport/collective_error.h"

#include <cmath>

namespace lacuna
{
  namespace
  {
    /** z / (exp(z) - 1) and its derivative. */
    struct Bernoulli
    {
      explicit Bernoulli(double z)
      {
        if (std::abs(z) < 1e-3)
        {
          value = 1 - z / 2 + z * z / 12;
          slope = -0.5 + z / 6;
          return;
        }
        const double e = std::expm1(z);
        value          = z / e;
        slope          = (1 - value * (e + 1)) / e;
        if (!std::isfinite(slope)) // far right, where both vanish
          slope = 0;
      }
      double value, slope;
    };

    /** The harmonic mean of two motilities, so that a barrier of one node stops cells, and its
     * derivatives. */
    struct HarmonicMean
    {
      HarmonicMean(double a, double b)
      {
        const double sum = a + b;
        if (!(sum > 0))
          return;
        value = 2 * a * b / sum;
        by_a  = 2 * b * b / (sum * sum);
        by_b  = 2 * a * a / (sum * sum);
      }
      double value = 0, by_a = 0, by_b = 0;
    };

    /** Calls action(i, j, k_ij, mean of the motilities, psi_i - psi_j) for every owned node i and
     * each of its neighbours j. */
    template <class Action>
    void for_each_neighbour(const Stiffness &stiffness, const StateLayout::NodeVector &motility,
                            const StateLayout::NodeVector &attraction, const Action &action)
    {
      for (unsigned int i = 0; i + 1 < stiffness.begin.size(); ++i)
        for (unsigned int e = stiffness.begin[i]; e < stiffness.begin[i + 1]; ++e)
          if (const unsigned int j = stiffness.column[e]; j != i)
            action(i, j, stiffness.k[e],
                   HarmonicMean(motility.local_element(i), motility.local_element(j)),
                   attraction.local_element(i) - attraction.local_element(j));
    }
  } // namespace

  Motion::Motion(Model &model_)
      : model(model_), moving(model_.reaction.moving), batch(model_.reaction.make_batch()),
        movements(model_.reaction.make_motion()), at_nodes(moving.size())
  {
    const StateLayout &layout = model.layout;
    for (AtNodes &one : at_nodes)
    {
      for (auto *vector :
           {&one.motility, &one.attraction, &one.motility_change, &one.attraction_change})
        vector->reinit(layout.partitioner);
      one.d_motility.resize(std::size_t(layout.n_nodes) * model.reaction.n_mobile);
      one.d_attraction.resize(one.d_motility.size());
    }
  }

  /** Averages what the laws say at the points of a node, by their volumes. */
  void Motion::ask_laws(const double *c, const std::vector<double> &immobile, double time)
  {
    const StateLayout &layout      = model.layout;
    const unsigned int n_mobile    = model.reaction.n_mobile;
    const unsigned int n_variables = model.reaction.n_variables();
    for (AtNodes &one : at_nodes)
    {
      one.motility   = 0;
      one.attraction = 0;
      std::fill(one.d_motility.begin(), one.d_motility.end(), 0.);
      std::fill(one.d_attraction.begin(), one.d_attraction.end(), 0.);
    }
    for_each_batch(
        layout, model.reaction, c, immobile.data(), batch,
        [&](unsigned int first_node, unsigned int last_node)
        {
          model.reaction.evaluate_motion(batch, model.points, time, movements);
          for (unsigned int node = first_node; node < last_node; ++node)
          {
            double volume = 0;
            for (unsigned int p = layout.node_begin[node]; p < layout.node_begin[node + 1]; ++p)
              volume += layout.point_weight[p];
            for (unsigned int point = layout.node_begin[node]; point < layout.node_begin[node + 1];
                 ++point)
            {
              const unsigned int p = point - batch.first_point;
              const double share   = layout.point_weight[point] / volume;
              for (unsigned int k = 0; k < moving.size(); ++k)
              {
                AtNodes &one = at_nodes[k];
                one.motility.local_element(node) += share * movements.motility.row(k)[p];
                one.attraction.local_element(node) += share * movements.attraction.row(k)[p];
                for (unsigned int t = 0; t < n_mobile; ++t)
                {
                  const std::size_t at = std::size_t(node) * n_mobile + t;
                  one.d_motility[at] += share * movements.d_motility.row(k * n_variables + t)[p];
                  one.d_attraction[at] +=
                      share * movements.d_attraction.row(k * n_variables + t)[p];
                }
              }
            }
          }
        });
  }

  void Motion::add_flux(const double *c, const std::vector<double> &immobile, double time,
                        double *rate, std::vector<double> &magnitude)
  {
    collectively(model.layout.communicator(), [&] { ask_laws(c, immobile, time); });
    const unsigned int n_mobile = model.reaction.n_mobile;
    const std::size_t n_seen    = model.layout.partitioner->locally_owned_size() +
                               model.layout.partitioner->n_ghost_indices();
    cells.resize(n_seen * moving.size());
    for (unsigned int k = 0; k < moving.size(); ++k)
    {
      AtNodes &one = at_nodes[k];
      one.motility.update_ghost_values();
      one.attraction.update_ghost_values();
      const unsigned int s       = moving[k];
      const Stiffness &stiffness = *model.diffusion.operators[model.diffusion.operator_of[s]];
      for (std::size_t node = 0; node < n_seen; ++node)
        cells[node * moving.size() + k] = c[node * n_mobile + s];
      const auto at = [&](unsigned int node)
      { return cells[std::size_t(node) * moving.size() + k]; };
      for (unsigned int i = 0; i < model.layout.n_nodes; ++i)
        magnitude[s] += stiffness.diagonal[i] * one.motility.local_element(i) * std::abs(at(i));
      for_each_neighbour(
          stiffness, one.motility, one.attraction,
          [&](unsigned int i, unsigned int j, double k_ij, const HarmonicMean &mean, double z)
          {
            rate[std::size_t(i) * n_mobile + s] -=
                k_ij * mean.value * (Bernoulli(-z).value * at(j) - Bernoulli(z).value * at(i));
          });
    }
  }

  void Motion::add_derivative(const double *x, double *y)
  {
    const unsigned int n_mobile = model.reaction.n_mobile;
    for (unsigned int k = 0; k < moving.size(); ++k)
    {
      AtNodes &one = at_nodes[k];
      for (unsigned int i = 0; i < model.layout.n_nodes; ++i)
      {
        double motility = 0, attraction = 0;
        for (unsigned int t = 0; t < n_mobile; ++t)
        {
          const std::size_t at = std::size_t(i) * n_mobile + t;
          motility += one.d_motility[at] * x[at];
          attraction += one.d_attraction[at] * x[at];
        }
        one.motility_change.local_element(i)   = motility;
        one.attraction_change.local_element(i) = attraction;
      }
      one.motility_change.update_ghost_values();
      one.attraction_change.update_ghost_values();

      const unsigned int s       = moving[k];
      const Stiffness &stiffness = *model.diffusion.operators[model.diffusion.operator_of[s]];
      const auto at              = [&](unsigned int node)
      { return cells[std::size_t(node) * moving.size() + k]; };
      for_each_neighbour(
          stiffness, one.motility, one.attraction,
          [&](unsigned int i, unsigned int j, double k_ij, const HarmonicMean &mean, double z)
          {
            const double dz =
                one.attraction_change.local_element(i) - one.attraction_change.local_element(j);
            const double d_mean = mean.by_a * one.motility_change.local_element(i) +
                                  mean.by_b * one.motility_change.local_element(j);
            const Bernoulli in(-z), out(z);
            y[std::size_t(i) * n_mobile + s] -=
                k_ij * (mean.value * (in.value * x[std::size_t(j) * n_mobile + s] -
                                      out.value * x[std::size_t(i) * n_mobile + s] -
                                      (in.slope * at(j) + out.slope * at(i)) * dz) +
                        d_mean * (in.value * at(j) - out.value * at(i)));
          });
    }
  }
} // namespace lacuna

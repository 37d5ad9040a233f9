// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "transport/terms/motion_term.h"

#include "transport/batches.h"
#include "transport/collective_error.h"
#include "transport/evaluation.h"

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
            action(i, j, stiffness.entry[e],
                   HarmonicMean(motility.local_element(i), motility.local_element(j)),
                   attraction.local_element(i) - attraction.local_element(j));
    }

    double dot(const double *a, const double *b, unsigned int n)
    {
      double sum = 0;
      for (unsigned int t = 0; t < n; ++t)
        sum += a[t] * b[t];
      return sum;
    }
  } // namespace

  /** What the laws say of one moving species at the nodes, and how that depends on c there. */
  struct MotionTerm::Population
  {
    explicit Population(const StateLayout &layout, unsigned int n_mobile)
        : d_motility(layout.n_nodes, n_mobile), d_attraction(layout.n_nodes, n_mobile)
    {
      for (auto *vector : {&motility, &attraction, &motility_change, &attraction_change})
        vector->reinit(layout.partitioner);
    }
    StateLayout::NodeVector motility, attraction;
    StateLayout::NodeVector motility_change, attraction_change; ///< in a direction
    NodeField d_motility, d_attraction;                         ///< by the mobile species
    std::vector<double> cells;                                  ///< [owned and ghost node]
  };

  struct MotionTerm::Linearisation : Term::Memory
  {
    explicit Linearisation(const Model &model)
        : batch(model.reaction.make_batch()), motions(model.reaction.make_motion()),
          populations(model.reaction.moving.size(),
                      Population(model.layout, model.reaction.n_mobile))
    {
    }
    Reaction::Batch batch;
    Reaction::Motion motions;
    std::vector<Population> populations; ///< [moving species]
  };

  MotionTerm::MotionTerm(const Model &model_) : model(model_), moving(model_.reaction.moving)
  {
    for (const unsigned int s : moving)
      stiffnesses.push_back(&model.level.stiffness(model.medium.diffusivity(s)));
  }

  std::unique_ptr<Term::Memory> MotionTerm::make_memory() const
  {
    return std::make_unique<Linearisation>(model);
  }

  /** Averages what the laws say at the points of a node, by their volumes. */
  void MotionTerm::average_at_node(unsigned int node, Linearisation &result) const
  {
    const StateLayout &layout      = model.layout;
    const unsigned int n_variables = model.reaction.n_variables();
    double volume                  = 0;
    for (unsigned int p = layout.node_begin[node]; p < layout.node_begin[node + 1]; ++p)
      volume += layout.point_weight[p];
    const auto &motions = result.motions;
    for (unsigned int point = layout.node_begin[node]; point < layout.node_begin[node + 1]; ++point)
    {
      const unsigned int p = point - result.batch.first_point;
      const double share   = layout.point_weight[point] / volume;
      for (unsigned int k = 0; k < moving.size(); ++k)
      {
        Population &population = result.populations[k];
        population.motility.local_element(node) += share * motions.motility.row(k)[p];
        population.attraction.local_element(node) += share * motions.attraction.row(k)[p];
        for (unsigned int t = 0; t < model.reaction.n_mobile; ++t)
        {
          population.d_motility(node, t) += share * motions.d_motility.row(k * n_variables + t)[p];
          population.d_attraction(node, t) +=
              share * motions.d_attraction.row(k * n_variables + t)[p];
        }
      }
    }
  }

  void MotionTerm::ask_laws(const Evaluation &at, double time, Linearisation &result) const
  {
    for (Population &population : result.populations)
    {
      population.motility   = 0;
      population.attraction = 0;
      population.d_motility.fill(0);
      population.d_attraction.fill(0);
    }
    for_each_batch(model.layout, model.reaction, at.mobile.view(), at.immobile, result.batch,
                   [&](unsigned int first_node, unsigned int last_node)
                   {
                     model.reaction.evaluate_motion(result.batch, model.points, time,
                                                    result.motions);
                     for (unsigned int node = first_node; node < last_node; ++node)
                       average_at_node(node, result);
                   });
  }

  void MotionTerm::add_rate(const Equation &equation, Evaluation &result, Memory *memory) const
  {
    auto &linearisation = static_cast<Linearisation &>(*memory);
    collectively(model.layout.communicator(),
                 [&] { ask_laws(result, equation.time, linearisation); });
    const ConstNodeView c = result.mobile.view();
    for (unsigned int k = 0; k < moving.size(); ++k)
    {
      Population &population = linearisation.populations[k];
      population.motility.update_ghost_values();
      population.attraction.update_ghost_values();
      const unsigned int s = moving[k];
      population.cells.resize(c.n_entities());
      for (std::size_t node = 0; node < c.n_entities(); ++node)
        population.cells[node] = c(node, s);
      const std::vector<double> &cells = population.cells;
      for_each_neighbour(
          *stiffnesses[k], population.motility, population.attraction,
          [&](unsigned int i, unsigned int j, double k_ij, const HarmonicMean &mean, double z)
          {
            result.rate(i, s) -= k_ij * mean.value *
                                 (Bernoulli(-z).value * cells[j] - Bernoulli(z).value * cells[i]);
          });
    }
  }

  /** With the changes dD and dpsi that x brings about,
   * dF = -k_ij [D_ij (B(-z) dV_j - B(z) dV_i - (B'(-z) V_j + B'(z) V_i) dz)
   *             + dD_ij (B(-z) V_j - B(z) V_i)]. */
  void MotionTerm::add_derivative(Memory *memory, ConstNodeView x, NodeView y) const
  {
    const unsigned int n_mobile = model.reaction.n_mobile;
    for (unsigned int k = 0; k < moving.size(); ++k)
    {
      Population &population = static_cast<Linearisation &>(*memory).populations[k];
      auto &d_motility = population.motility_change, &d_attraction = population.attraction_change;
      for (unsigned int i = 0; i < model.layout.n_nodes; ++i)
      {
        d_motility.local_element(i)   = dot(population.d_motility.at(i), x.at(i), n_mobile);
        d_attraction.local_element(i) = dot(population.d_attraction.at(i), x.at(i), n_mobile);
      }
      d_motility.update_ghost_values();
      d_attraction.update_ghost_values();

      const unsigned int s             = moving[k];
      const std::vector<double> &cells = population.cells;
      for_each_neighbour(
          *stiffnesses[k], population.motility, population.attraction,
          [&](unsigned int i, unsigned int j, double k_ij, const HarmonicMean &mean, double z)
          {
            const double dz = d_attraction.local_element(i) - d_attraction.local_element(j);
            const double d_mean =
                mean.by_a * d_motility.local_element(i) + mean.by_b * d_motility.local_element(j);
            const Bernoulli in(-z), out(z);
            y(i, s) -= k_ij * (mean.value * (in.value * x(j, s) - out.value * x(i, s) -
                                             (in.slope * cells[j] + out.slope * cells[i]) * dz) +
                               d_mean * (in.value * cells[j] - out.value * cells[i]));
          });
    }
  }

  /** As if cells moved at random only. */
  void MotionTerm::add_diagonal(const Memory *memory, NodeView diagonal) const
  {
    const auto &populations = static_cast<const Linearisation &>(*memory).populations;
    for (unsigned int k = 0; k < moving.size(); ++k)
      for (std::size_t node = 0; node < diagonal.n_entities(); ++node)
        diagonal(node, moving[k]) +=
            stiffnesses[k]->diagonal[node] * populations[k].motility.local_element(node);
  }
} // namespace lacuna

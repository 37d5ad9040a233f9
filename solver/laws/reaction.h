// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "laws/law_binding.h"
#include "species/point_properties.h"

#include <vector>

namespace lacuna
{
  /** An array of `rows` x (points of a batch): the layout of everything that the laws see. */
  class BatchArray
  {
  public:
    static constexpr unsigned int width = 256; ///< points of a batch
    void resize(unsigned int rows) { values.assign(std::size_t(rows) * width, 0.); }
    double *row(unsigned int r) { return values.data() + std::size_t(r) * width; }
    const double *row(unsigned int r) const { return values.data() + std::size_t(r) * width; }
    void clear() { std::fill(values.begin(), values.end(), 0.); }

  private:
    std::vector<double> values;
  };

  /**
   * The laws of a case, bound to its species and evaluated batch by batch: derived quantities from
   * the state, then all signals, then all rates, each contracted with d(read)/d(state). The *state*
   * at a point are its mobile species followed by its immobile species ("variables").
   */
  class Reaction
  {
  public:
    Reaction(const Case &input, const SpeciesTable &species,
             const std::vector<DerivedQuantity> &derived, const std::vector<const Law *> &laws);

    /** State and result of one batch, SI. Rows of derivatives: species * n_variables + variable. */
    struct Batch
    {
      unsigned int first_point = 0, n_points = 0;
      BatchArray state;                    ///< [variable]
      BatchArray mobile_gain, mobile_loss; ///< [mobile species], amount per tissue volume and time
      BatchArray d_mobile;                 ///< of gain - loss
      BatchArray gain, loss_rate;          ///< dn/dt = gain - loss_rate * n, for [immobile species]
      BatchArray d_gain, d_loss_rate;
    };
    Batch make_batch() const;

    /** Evaluates all laws at the batch's state. Throws UserError naming law, place and inputs if a
     * law fails. */
    void evaluate(Batch &batch, const PointProperties &properties, double time);

    unsigned int n_variables() const { return n_mobile + n_immobile; }

    const unsigned int n_mobile, n_immobile;

  private:
    void evaluate_derived(const Batch &batch, const PointProperties &properties);
    void evaluate_signals(const Batch &batch, const PointProperties &properties, double time);
    void combine_signal(const BoundLaw &run, unsigned int provided, unsigned int n_points);
    void evaluate_rates(const BoundLaw &run, Batch &batch, const PointProperties &properties,
                        double time);
    void add_to_mobile(const BoundLaw &run, const BoundTarget &target, Batch &batch,
                       const PointProperties &properties) const;
    void add_to_immobile(const BoundLaw &run, const BoundTarget &target, Batch &batch) const;
    void gather(const BoundLaw &run, const Batch &batch, const PointProperties &properties,
                double time, bool with_signals);
    void call(const BoundLaw &run, const Batch &batch, const PointProperties &properties,
              double time, bool signals_only);

    /** Adds factor * d(read)/d(variable) * sensitivity to the rows of a target's derivatives. */
    void contract(const BoundRead &read, const double *sensitivity, double factor,
                  unsigned int n_points, BatchArray &rows, unsigned int first_row) const;

    std::vector<DerivedQuantity> derived;
    SoluteBalance balance;
    int oxygen;
    std::vector<Signal> signals;
    std::vector<BoundLaw> runs;

    // Workspace of one batch; sized for the largest law.
    BatchArray derived_value, signal_value, d_signal_value;
    BatchArray read_value, law_gain, law_loss, law_d_gain, law_d_loss, law_signal, law_d_signal;
    std::vector<const double *> read_pointer;
    std::vector<double *> gain_pointer, loss_pointer, d_gain_pointer, d_loss_pointer;
    std::vector<double *> signal_pointer, d_signal_pointer;
  };
} // namespace lacuna

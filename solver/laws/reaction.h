// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "laws/batch_array.h"
#include "laws/law_binding.h"
#include "species/medium.h"
#include "species/point_properties.h"

#include <functional>
#include <string>
#include <vector>

namespace lacuna
{
  /**
   * The laws of a case, bound to its species and evaluated batch by batch: derived quantities from
   * the state, then all signals, then all rates, each contracted with d(read)/d(state). The *state*
   * at a point are its mobile species followed by its immobile species ("variables").
   */
  class Reaction
  {
  public:
    Reaction(const Case &input, const SpeciesTable &species, const Medium &medium,
             const std::vector<DerivedQuantity> &derived, const PointProperties &points,
             const std::vector<const Law *> &laws);

    /** State and result of one batch, SI. Rows of derivatives: species * n_variables + variable. */
    struct Batch
    {
      unsigned int first_point = 0, n_points = 0;
      BatchArray state;                    ///< [variable]
      BatchArray mobile_gain, mobile_loss; ///< [mobile species], amount per tissue volume and time
      BatchArray d_mobile;                 ///< of gain - loss
      BatchArray gain, loss_rate;          ///< dn/dt = gain - loss_rate * n, for [immobile species]
      BatchArray d_gain, d_loss_rate;
      BatchArray converted; ///< [variable]: the part of a population's loss that is no death

      // What the evaluation needs besides.
      BatchArray derived;          ///< [derived quantity]
      BatchArray signal, d_signal; ///< [signal], [signal * n_variables + variable]
      LawCaller::Workspace laws;
    };
    Batch make_batch() const;

    /** Evaluates all laws at the batch's state. Throws EvaluationError naming law, place and inputs
     * if a law fails. */
    void evaluate(Batch &batch, const PointProperties &properties, double time) const;

    /** How the cells of one species move at the points of a batch, SI, and what that depends on. */
    struct Motion
    {
      BatchArray motility, attraction;     ///< [moving species], m^2/s and 1
      BatchArray d_motility, d_attraction; ///< [moving species * n_variables + variable]
    };
    Motion make_motion() const;
    void evaluate_motion(Batch &batch, const PointProperties &properties, double time,
                         Motion &result) const;

    /** Lets every law change the batch's state at once, as a dose does. */
    void give_dose(const Dose &dose, Batch &batch, const PointProperties &properties,
                   double time) const;
    bool acts_at_doses() const;

    /**
     * Calls report(range, value in the law's unit, point, cells per volume) for every range in
     * which the data of a law hold, at every point of the batch; a law without cells counts as
     * having one per volume of tissue everywhere.
     */
    using RangeReport =
        std::function<void(const LawRange &, double value, unsigned int point, double cells)>;
    void report_ranges(Batch &batch, const PointProperties &properties, double time,
                       const RangeReport &report) const;
    std::vector<const Law *> laws_with_ranges() const;

    /** Sentences on signals that a law provides and none uses. */
    std::vector<std::string> idle_signals() const;

    unsigned int n_variables() const { return n_mobile + n_immobile; }

    const unsigned int n_mobile, n_immobile;
    std::vector<unsigned int> moving; ///< mobile species that laws move

  private:
    void evaluate_derived(Batch &batch, const PointProperties &properties) const;
    void evaluate_signals(Batch &batch, const PointProperties &properties, double time) const;
    void combine_signal(const BoundLaw &run, unsigned int provided, Batch &batch) const;
    void evaluate_rates(const BoundLaw &run, Batch &batch, const PointProperties &properties,
                        double time) const;
    void add_to_mobile(const BoundLaw &run, const BoundTarget &target, Batch &batch,
                       const PointProperties &properties) const;
    void add_to_immobile(const BoundLaw &run, const BoundTarget &target, Batch &batch) const;
    void gather(const BoundLaw &run, Batch &batch, const PointProperties &properties, double time,
                bool with_signals) const;
    void find_active_reads();
    void call(const Batch &batch, const PointProperties &properties, double time,
              const std::function<void()> &function) const;
    bool inputs_are_sound(const BoundLaw &run, const Batch &batch, unsigned int p) const;
    void check_signals(const BoundLaw &run, const Batch &batch, const PointProperties &properties,
                       double time) const;
    void check_changes(const BoundLaw &run, const BoundTarget &target, const Batch &batch,
                       const PointProperties &properties, double time) const;
    void decay(Batch &batch, const PointProperties &properties) const;

    /** Adds factor * d(read)/d(variable) * sensitivity to the rows of a target's derivatives. */
    void contract(const BoundRead &read, const double *sensitivity, double factor,
                  const Batch &batch, BatchArray &rows, unsigned int first_row) const;

    std::vector<DerivedQuantity> derived;
    const Medium &medium;
    std::vector<Signal> signals;
    std::vector<BoundLaw> runs;
    struct Decay
    {
      bool mobile;
      unsigned int species;
      double rate; ///< 1/s
    };
    std::vector<Decay> decays;
  };
} // namespace lacuna

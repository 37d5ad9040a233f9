// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "laws/law_binding.h"
#include "species/medium.h"
#include "species/point_properties.h"

#include <functional>
#include <string>
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
    };
    Batch make_batch() const;

    /** Evaluates all laws at the batch's state. Throws EvaluationError naming law, place and inputs
     * if a law fails. */
    void evaluate(Batch &batch, const PointProperties &properties, double time);

    /** How the cells of one species move at the points of a batch, SI, and what that depends on. */
    struct Movements
    {
      BatchArray motility, attraction;     ///< [moving species], m^2/s and 1
      BatchArray d_motility, d_attraction; ///< [moving species * n_variables + variable]
    };
    Movements make_movements() const;
    void evaluate_movements(const Batch &batch, const PointProperties &properties, double time,
                            Movements &result);

    /** Lets every law change the batch's state at once, as a dose does. */
    void give_dose(const InjectionSettings &injection, lacuna_dose dose, Batch &batch,
                   const PointProperties &properties, double time);
    bool acts_at_doses() const;

    /**
     * Calls report(range, value in the law's unit, point, cells per volume) for every range in
     * which the data of a law hold, at every point of the batch; a law without cells counts as
     * having one per volume of tissue everywhere.
     */
    using RangeReport =
        std::function<void(const LawRange &, double value, unsigned int point, double cells)>;
    void look_at_ranges(const Batch &batch, const PointProperties &properties, double time,
                        const RangeReport &report);
    std::vector<const Law *> laws_with_ranges() const;

    /** Sentences on signals that a law provides and none uses. */
    std::vector<std::string> idle_signals() const;

    unsigned int n_variables() const { return n_mobile + n_immobile; }

    const unsigned int n_mobile, n_immobile;
    std::vector<unsigned int> moving; ///< mobile species that laws move

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
    void find_active_reads();
    void set_tables(const BoundLaw &run);
    lacuna_batch arguments(const BoundLaw &run, const Batch &batch);
    void call(const Batch &batch, const PointProperties &properties, double time,
              const std::function<void()> &function) const;
    bool inputs_are_sound(const BoundLaw &run, unsigned int p) const;
    void check_signals(const BoundLaw &run, const Batch &batch, const PointProperties &properties,
                       double time) const;
    void check_changes(const BoundLaw &run, const BoundTarget &target, const Batch &batch,
                       const PointProperties &properties, double time) const;
    void decay(Batch &batch, const PointProperties &properties) const;

    /** Adds factor * d(read)/d(variable) * sensitivity to the rows of a target's derivatives. */
    void contract(const BoundRead &read, const double *sensitivity, double factor,
                  unsigned int n_points, BatchArray &rows, unsigned int first_row) const;

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

    // Workspace of one batch; sized for the largest law.
    BatchArray derived_value, signal_value, d_signal_value;
    BatchArray read_value, law_gain, law_loss, law_d_gain, law_d_loss, law_signal, law_d_signal;
    std::vector<const double *> read_pointer;
    std::vector<double *> gain_pointer, loss_pointer, d_gain_pointer, d_loss_pointer;
    std::vector<double *> signal_pointer, d_signal_pointer;
    BatchArray law_movement, law_d_movement, amount_after, law_converted;
    std::vector<double *> converted_pointer;
    std::vector<double *> motility_pointer, attraction_pointer, d_motility_pointer,
        d_attraction_pointer, after_pointer;
  };
} // namespace lacuna

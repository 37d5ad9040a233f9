// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "laws/bound_law.h"
#include "laws/law_batch.h"
#include "laws/law_motion.h"
#include "species/dose.h"
#include "species/medium.h"
#include "species/point_properties.h"
#include "species/species.h"

#include <functional>
#include <string>
#include <vector>

namespace lacuna
{
  /**
   * The laws of a case, bound to its species and evaluated batch by batch: derived quantities from
   * the state, then all signals, then all rates, each contracted with d(read)/d(state). The *state*
   * at a point are its mobile species followed by its immobile species ("variables"). Evaluating
   * changes nothing but the batch.
   */
  class Reaction
  {
  public:
    Reaction(const Case &input, const SpeciesTable &species, const Medium &medium,
             const std::vector<DerivedQuantity> &derived, const PointProperties &points,
             const std::vector<const Law *> &laws);

    using Batch = LawBatch;
    Batch make_batch() const;

    /** Evaluates all laws at the batch's state. Throws EvaluationError naming law, place and inputs
     * if a law fails. */
    void evaluate(Batch &batch, const PointProperties &properties, double time) const;

    using Motion = LawMotion;
    Motion make_motion() const { return lacuna::make_motion(bound, moving); }
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
    /** [mobile species]: the same number for species whose rates are changed by one law. */
    std::vector<unsigned int> changed_together;

  private:
    /** First-order decay that a law declares for its own species. */
    struct Decay
    {
      bool mobile;
      unsigned int species;
      double rate; ///< 1/s
    };

    void evaluate_before_rates(Batch &batch, const PointProperties &properties, double time) const;
    void add_decay(const Decay &decay, const PointProperties &properties, Batch &batch) const;

    const Medium &medium;
    BoundLaws bound;
    std::vector<Decay> decays;
  };
} // namespace lacuna

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "species/injection.h"
#include "species/run_state.h"
#include "transport/model.h"

#include <string>
#include <vector>

namespace lacuna
{
  /** The doses of a case: where each goes, what of it arrives as laws see it, and what happens when
   * it is given. */
  class Dosing
  {
  public:
    /**
     * Places all doses and asks the laws what of them arrives, so that impossible ones are refused
     * (UserError) before anything is solved. Without doses this is the untreated control.
     * Collective.
     */
    Dosing(const Model &model, const std::vector<const Law *> &laws, bool with_injections);

    std::vector<Bolus> boluses;       ///< [injection]; empty ones where this run gives nothing
    std::vector<Delivery> deliveries; ///< [injection]
    std::vector<std::vector<std::string>> reports; ///< [injection]: what laws say on its delivery

    /** Whether this run gives dose k, rather than one that it continues, or none. */
    bool gives(unsigned int k) const { return with_injections && !model.input.injections[k].given; }

    /** Part "doses" of a state: what was given up to `time`, here or before. */
    void save(double time, RunState &saved) const;

    /** Gives one dose: first the laws act on the tissue, then it arrives. Returns what came in of
     * the mobile species (mol, all ranks). Collective. */
    std::vector<double> give(unsigned int k, State &state);

  private:
    void ask_for_delivery(unsigned int k, const std::vector<const Law *> &laws);
    std::vector<double> let_laws_act(unsigned int k, State &state);
    void change_point(const Reaction::Batch &batch, unsigned int p, const NodeField &mobile_before,
                      State &state, std::vector<double> &added) const;

    const Model &model;
    const bool with_injections;
  };

  /** The doses that a saved run has given, as doses given before a run that begins at `start` (s),
   * in the order of their times on its clock. */
  std::vector<InjectionSettings> given_doses(const RunState &saved, double start);
} // namespace lacuna

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "species/injection.h"
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

    std::vector<Bolus> boluses;                    ///< [injection], empty for the control
    std::vector<Delivery> deliveries;              ///< [injection]
    std::vector<std::vector<std::string>> reports; ///< [injection]: what laws say on its delivery

    /** Gives one dose: first the laws act on the tissue, then it arrives. Returns what came in of
     * the mobile species (mol, all ranks). Collective. */
    std::vector<double> give(unsigned int k, State &state);

  private:
    void ask_for_delivery(unsigned int k, const std::vector<const Law *> &laws);
    std::vector<double> let_laws_act(unsigned int k, State &state);
    void change_point(const Reaction::Batch &batch, unsigned int p,
                      const NodeField &mobile_before, State &state,
                      std::vector<double> &added) const;

    const Model &model;
  };
} // namespace lacuna

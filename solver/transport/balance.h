// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "transport/evaluation.h"
#include "transport/model.h"

#include <array>
#include <vector>

namespace lacuna
{
  /** Where the amounts of the mobile species went over time, booked in the quadrature of the time
   * scheme (mol): in + injected + produced - consumed = stored, up to a defect. */
  class Balance
  {
  public:
    explicit Balance(const Model &model, ConstNodeView mobile);

    /** A stage of a step: its weight (s) and what flows then (mol/s). */
    struct Stage
    {
      double weight;
      const Totals &totals;
    };

    /** Books a step between two states, and judges how well it closes. Collective. */
    void book_step(const std::array<Stage, 3> &stages, ConstNodeView before, ConstNodeView after);

    /** Books what came in at once; `in` through faces. */
    void book_event(const std::vector<double> &injected, const std::vector<double> &in);

    std::vector<double> in, injected, produced, consumed; ///< [mobile species], since the start
    std::vector<double> converted;               ///< the part of `consumed` that became other cells
    std::vector<double> initial;                 ///< stored at the start
    std::vector<double> largest_relative_defect; ///< of any step, against the turnover of that step

  private:
    std::vector<double> moved(ConstNodeView before, ConstNodeView after) const;

    const Model &model;
  };
} // namespace lacuna

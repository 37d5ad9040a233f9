// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "transport/simulation.h"

#include <string>
#include <vector>

namespace lacuna
{
  /**
   * Where cells were outside the range in which the data of a law hold: for each range the largest
   * share of the law's cells (or of the tissue, for a law without cells) over the run.
   */
  class RangeWatch
  {
  public:
    explicit RangeWatch(const Simulation &simulation);

    /** Looks at the present state. Collective. */
    void look();

    std::vector<std::string> sentences() const;

  private:
    struct Worst
    {
      const Law *law        = nullptr;
      const LawRange *range = nullptr;
      double share          = 0;  ///< of its cells
      double lowest, highest = 0; ///< ever met, in the unit of the read
      double time = 0;            ///< d, of the largest share
    };
    const Simulation &simulation;
    const Reaction &reaction;
    Reaction::Batch batch;
    std::vector<Worst> worst;
  };
} // namespace lacuna

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "commands/record_maker.h"
#include "output/numerical_error.h"
#include "transport/simulation.h"

#include <memory>
#include <string>
#include <vector>

namespace lacuna
{
  /**
   * Simulations of the same case that accompany one from record to record, with its steps, and tell
   * its numerical error, number by number: one on the next coarser mesh, one there with two steps
   * for each, and, where there are three meshes, one on the coarsest of them. They cost about two
   * fifths of what the simulation costs. Their records and the errors are complete on rank 0.
   */
  class Companions
  {
  public:
    /** Of the simulation that `input`, `level`, `laws` and `with_injections` make. There are none
     * where the mesh has no coarser one, or where a case cannot be told on it (a dose smaller than
     * its cells, say). */
    Companions(const Case &input, Level &level, const std::vector<const Law *> &laws,
               bool with_injections);
    ~Companions();

    /** Finds their initial states, or takes them from companions that have found theirs. A
     * companion that fails, now or later, is left behind, and with it the errors. Collective. */
    void prepare(const Companions *prepared);
    void begin();

    /** Advances all to the time of the simulation. Collective. */
    void follow(double time);

    bool can_tell() const; ///< whether there are errors

    /** The errors of a record that was made at the time that was followed to; in the order of the
     * columns of its history, without time and step. */
    std::vector<NumericalError> errors(const StepRecord &record) const;

  private:
    struct Companion;
    template <class Action>
    void each(const Action &action);

    std::vector<std::string> regions;
    std::unique_ptr<Companion> coarse, stepping, coarsest;
  };
} // namespace lacuna

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "laws/law_caller.h"
#include "laws/law_library.h"

#include <string>
#include <vector>

namespace lacuna
{
  /** What a law reads at one point: one value per read, in the law's units. */
  using LawPoint = std::vector<double>;

  /** One number that a law computes at a point. */
  struct LawResult
  {
    enum class Kind
    {
      gain,
      loss,
      signal,
      motility,
      attraction
    };
    Kind kind;
    unsigned int index; ///< of the read, signal or motion
    std::string name;   ///< "loss of 'NP cells'"
  };

  /** All results of a law: gain and loss of what it changes, then signals, then motions. */
  std::vector<LawResult> results_of(const Law &law);

  /** Whether a read changes with the state, so that the solver needs derivatives by it; a place, a
   * time or a porosity does not. */
  bool depends_on_state(const LawRead &read);

  /** The reads of a law that depend on the state. */
  std::vector<bool> state_reads(const Law &law);

  /** Whether what a law changes stays in place. Of species of other laws only the unit is known:
   * cells per volume stay. */
  bool stays(const Law &law, const LawRead &read);

  /** A mark at one read only. */
  std::vector<bool> only(const Law &law, unsigned int read);

  /** "the total of NP cells [1/mL]": an input in messages. */
  std::string input_name(const Law &law, unsigned int read);

  /** Six digits of a number, for messages. */
  std::string short_number(double x);

  /** "glucose = 0.2 mM, pH = 6.9": a point in messages. */
  std::string describe_point(const Law &law, const LawPoint &point);

  /**
   * Asks a law away from any case. The answers are overwritten by every run.
   */
  class LawEvaluation
  {
  public:
    /** With derivatives by the marked reads; without derivatives if none is marked. */
    LawEvaluation(const Law &law, const std::vector<LawPoint> &points,
                  const std::vector<bool> &derivatives_by = {});
    LawEvaluation(const LawEvaluation &)            = delete;
    LawEvaluation &operator=(const LawEvaluation &) = delete;

    /** Signals, then rates, then motion. Throws LawFailure. */
    void run();

    /** Another value of a read at a point, for the next run. */
    void set(unsigned int read, unsigned int point, double value)
    {
      workspace.read(read)[point] = value;
    }

    double value(unsigned int result, unsigned int point) const;
    /** Zero where it was not asked for. */
    double slope(unsigned int result, unsigned int read, unsigned int point) const;
    const std::vector<LawResult> results;
    const unsigned int n_points;

  private:
    const Law &law;
    const LawCaller caller;
    LawCaller::Workspace workspace;
  };
} // namespace lacuna

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "output/log.h"

#include <chrono>
#include <string>

namespace lacuna
{
  /** "850 ms", "12 s", "3 min 20 s", "2 h 5 min", "4.2 d": a duration for people. */
  std::string duration_text(double seconds);

  /** "[######..................]" */
  std::string progress_bar(double fraction);

  /**
   * Says how far one march through time has come. On a terminal a line is redrawn: bar, simulated
   * time, step, estimate of the time left. Elsewhere, and in the log file, one line every twentieth
   * of the way.
   */
  class Progress
  {
  public:
    /** `what`: "treated disc", "control". Times in s, simulated. */
    Progress(Log &log, std::string what, double begin, double end);

    /** Tells of an accepted step of size `step` that ended at `time`. */
    void step(double time, double step);

    /** Says how long it took. */
    void finish();

    /** Seconds left, if steps go on to grow as they did lately; negative while unknown. */
    double seconds_left() const;

  private:
    using Clock = std::chrono::steady_clock;

    void print(double fraction);

    Log &log;
    std::string what;
    double begin, end, time;
    double last_step = 0, growth = 0; ///< s; d(step)/d(time), smoothed
    double seconds_per_step = 0;      ///< smoothed
    unsigned int n_steps = 0, next_twentieth = 1;
    Clock::time_point start, last, drawn;
  };
} // namespace lacuna

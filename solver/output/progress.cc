// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "output/progress.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace lacuna
{
  namespace
  {
    constexpr double redraw_seconds = 0.1;

    double seconds_between(std::chrono::steady_clock::time_point a,
                           std::chrono::steady_clock::time_point b)
    {
      return std::chrono::duration<double>(b - a).count();
    }

    std::string formatted(const char *format, double value)
    {
      char text[64];
      std::snprintf(text, sizeof text, format, value);
      return text;
    }
  } // namespace

  std::string duration_text(double seconds)
  {
    if (seconds < 1)
      return formatted("%.0f ms", seconds * 1000);
    if (seconds < 60)
      return formatted("%.3g s", seconds);
    const auto whole = std::llround(seconds);
    if (whole < 3600)
      return std::to_string(whole / 60) + " min " + std::to_string(whole % 60) + " s";
    if (whole < 2 * 86400)
      return std::to_string(whole / 3600) + " h " + std::to_string(whole % 3600 / 60) + " min";
    return formatted("%.3g d", seconds / 86400);
  }

  std::string progress_bar(double fraction)
  {
    constexpr int width = 24;
    const int filled    = static_cast<int>(std::lround(fraction * width));
    return '[' + std::string(filled, '#') + std::string(width - filled, '.') + ']';
  }

  Progress::Progress(Log &log_, std::string what_, double begin_, double end_)
      : log(log_), what(std::move(what_)), begin(begin_), end(end_), time(begin_),
        start(Clock::now()), last(start), drawn(start)
  {
  }

  void Progress::step(double new_time, double step)
  {
    const auto now         = Clock::now();
    const double smoothing = n_steps < 10 ? 1. / (n_steps + 1) : 0.1;
    seconds_per_step += smoothing * (seconds_between(last, now) - seconds_per_step);
    if (n_steps > 0 && step > 0)
      growth += smoothing * ((step - last_step) / step - growth);
    last      = now;
    last_step = step;
    time      = new_time;
    ++n_steps;

    const double fraction = end > begin ? std::clamp((time - begin) / (end - begin), 0., 1.) : 1.;
    print(fraction);
  }

  double Progress::seconds_left() const
  {
    if (n_steps < 3 || last_step <= 0)
      return -1;
    const double steps = std::max(0., end - time) / last_step;
    return seconds_per_step * (growth > 1e-3 ? std::log1p(growth * steps) / growth : steps);
  }

  void Progress::print(double fraction)
  {
    const std::string where = what + ": " + formatted("%3.0f %%", 100 * fraction) + ", " +
                              formatted("%.4g d", time / 86400) +
                              formatted(" of %.4g d", end / 86400) + ", step " +
                              duration_text(last_step);
    const double left = seconds_left();
    const std::string eta =
        left >= 0 && fraction < 1 ? ", about " + duration_text(left) + " left" : "";

    const auto now = Clock::now();
    if (log.on_terminal() && (seconds_between(drawn, now) > redraw_seconds || fraction >= 1))
    {
      log.status(progress_bar(fraction) + ' ' + where + eta);
      drawn = now;
    }
    if (fraction * 20 < next_twentieth)
      return;
    next_twentieth = static_cast<unsigned int>(fraction * 20) + 1;
    if (log.on_terminal())
      log.note(where + eta);
    else
      log.line(where + eta);
  }

  void Progress::finish()
  {
    log.line(what + ": " + std::to_string(n_steps) + (n_steps == 1 ? " step in " : " steps in ") +
             duration_text(seconds_between(start, Clock::now())));
  }
} // namespace lacuna

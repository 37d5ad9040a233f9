// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "config/problems.h"

#include "config/user_error.h"

#include <algorithm>
#include <tuple>

namespace lacuna
{
  namespace
  {
    constexpr std::size_t most_shown = 10;
  }

  void Problems::add(const Location &location, const std::string &sentence)
  {
    if (known.insert({location.text(), sentence}).second)
      problems.push_back({location, sentence});
  }

  void Problems::throw_if_any(const std::string &file) const
  {
    if (problems.empty())
      return;
    // The file itself first, then what it includes, then the command line.
    const auto rank = [&](const Problem &problem) {
      return problem.location.on_command_line() ? 2 : problem.location.file == file ? 0 : 1;
    };
    auto sorted = problems;
    std::stable_sort(sorted.begin(), sorted.end(),
                     [&](const Problem &a, const Problem &b)
                     {
                       const int rank_a = rank(a), rank_b = rank(b);
                       if (rank_a != rank_b || rank_a == 2)
                         return rank_a < rank_b;
                       return std::tie(a.location.file, a.location.line) <
                              std::tie(b.location.file, b.location.line);
                     });
    std::string message;
    if (sorted.size() > 1)
      message = std::to_string(sorted.size()) + " mistakes in " + file +
                (sorted.size() > most_shown ? ", of which these are the first:" : ":");
    for (std::size_t i = 0; i < std::min(sorted.size(), most_shown); ++i)
      message +=
          (message.empty() ? "" : "\n") + sorted[i].location.text() + ": " + sorted[i].sentence;
    throw UserError(message);
  }
} // namespace lacuna

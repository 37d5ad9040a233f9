// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "config/problems.h"

#include "config/user_error.h"

#include <algorithm>
#include <tuple>

namespace lacuna
{
  void Problems::add(const Location &location, const std::string &sentence)
  {
    const auto same = [&](const Problem &problem)
    { return problem.sentence == sentence && problem.location.text() == location.text(); };
    if (std::none_of(problems.begin(), problems.end(), same))
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
      message = std::to_string(sorted.size()) + " mistakes in " + file + ":";
    for (const Problem &problem : sorted)
      message += (message.empty() ? "" : "\n") + problem.location.text() + ": " + problem.sentence;
    throw UserError(message);
  }
} // namespace lacuna

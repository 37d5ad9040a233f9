// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "config/parameter_file.h"

#include <set>
#include <string>
#include <utility>
#include <vector>

namespace lacuna
{
  /** Collects what is wrong with a parameter file, so that the user hears it all at once. */
  class Problems
  {
  public:
    /** A sentence about one place; the same sentence about the same place is kept once. */
    void add(const Location &location, const std::string &sentence);

    std::size_t count() const { return problems.size(); }

    /** Throws UserError with one line per problem ("case.prm:12: ...") in file order, the first
     * ten of many; `file` names the whole. */
    void throw_if_any(const std::string &file) const;

  private:
    struct Problem
    {
      Location location;
      std::string sentence;
    };
    std::vector<Problem> problems;
    std::set<std::pair<std::string, std::string>> known; ///< place and sentence
  };
} // namespace lacuna

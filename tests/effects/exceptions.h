// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <string>
#include <vector>

namespace lacuna
{
  /** What a parameter does instead of changing an answer. */
  enum class Instead
  {
    refuses, ///< every change is refused; with `choices`: to one of these
    permits, ///< whether there is an answer depends on it, but not which
    nothing, ///< by design no answer depends on it
    alike    ///< the choices of each group stand for the same
  };

  /** A parameter that need not act, and why. The tests fail when it acts after all. */
  struct Exception
  {
    std::string parameter; ///< "Section/Name" or "LAW: Name"; * stands for anything
    Instead instead = Instead::nothing;
    std::string reason;
    std::vector<std::vector<std::string>> choices;
  };

  const Exception *exception_for(const std::string &parameter);
  std::vector<Exception> exceptions();
  /** Whether a pattern with * fits a parameter. */
  bool fits(const std::string &pattern, const std::string &parameter);
  /** Whether two choices need not give different answers. */
  bool is_excused(const Exception &exception, const std::string &choice, const std::string &other);

  /** Values chosen by hand, for texts whose meaning no description holds. */
  std::vector<std::string> chosen_values(const std::string &parameter);
} // namespace lacuna

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "effects/outcome.h"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace lacuna
{
  /** What of a case is looked at. */
  enum class Look
  {
    at_answers, ///< what the simulation gives
    at_files    ///< what the program writes
  };

  /** A small case in which parameters are changed, one at a time. */
  class EffectCase
  {
  public:
    explicit EffectCase(const std::filesystem::path &file);

    std::string name;
    std::map<std::string, std::string> values; ///< path -> value, of every parameter, also defaults
    std::vector<std::string> names; ///< of species, regions, faces, doses: what texts can refer to

    /** As it is written. */
    const Outcome &base(Look look = Look::at_answers);
    /** With one parameter changed. */
    Outcome with(const std::string &path, const std::string &value,
                 Look look = Look::at_answers) const;
    std::string refusal_with(const std::string &path, const std::string &value) const;

  private:
    std::vector<std::string> overrides(const std::string &path, const std::string &value) const;

    std::string file;
    std::vector<std::string> given; ///< overrides that name what only the build knows
    std::map<Look, Outcome> as_written;
  };

  /** The cases of the core; one run of the tests reads each once. */
  std::vector<EffectCase> &cases_of_core();
  /** The cases of one law; there its section is called "law". */
  std::vector<EffectCase> cases_of_law(const std::string &law);
} // namespace lacuna

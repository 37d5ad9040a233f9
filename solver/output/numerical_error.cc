// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "output/numerical_error.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <set>

namespace lacuna
{
  namespace
  {
    /** The name without its end, if it has that. */
    std::optional<std::string> before(const std::string &end, const std::string &name)
    {
      if (name.size() < end.size() || name.compare(name.size() - end.size(), end.size(), end) != 0)
        return {};
      return name.substr(0, name.size() - end.size());
    }

    bool is_wanted(const NumericalError &it, const std::set<std::string> &solutes)
    {
      if (const auto what = before(" min whole", it.name))
        return solutes.count(*what) > 0 && it.error > 0;
      return before(" viable", it.name) && !before(" residents viable", it.name);
    }

    /** A number to as many places as its error's second digit. */
    std::string to_place_of(double error, double value)
    {
      const double digits = error > 0 && value != 0 ? std::floor(std::log10(std::abs(value))) -
                                                          std::floor(std::log10(error)) + 2
                                                    : 6;
      char text[64];
      std::snprintf(text, sizeof(text), "%.*g", std::clamp(static_cast<int>(digits), 1, 12), value);
      return text;
    }

    std::string two_digits(double value)
    {
      return to_place_of(value, value);
    }
  } // namespace

  std::vector<std::string> sentences_on(const std::vector<NumericalError> &errors)
  {
    std::set<std::string> solutes; // have a balance
    for (const NumericalError &it : errors)
      if (const auto solute = before(" consumed", it.name))
        solutes.insert(*solute);
    std::vector<std::string> result;
    for (const NumericalError &it : errors)
      if (is_wanted(it, solutes))
        result.push_back(it.name + ": " + to_place_of(it.error, it.value) + " +- " +
                         two_digits(it.error) + (it.unit == "1" ? "" : " " + it.unit) + " (mesh " +
                         two_digits(it.space) + ", time " + two_digits(it.time) + ")");
    return result;
  }
} // namespace lacuna

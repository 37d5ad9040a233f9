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

    bool is_of_residents(const NumericalError &it)
    {
      return before(" residents viable", it.name).has_value();
    }

    bool is_of_dose(const NumericalError &it)
    {
      return before(" viable", it.name) && !is_of_residents(it);
    }
  } // namespace

  void mark_headlines(std::vector<NumericalError> &errors)
  {
    std::set<std::string> solutes; // have a balance
    for (const NumericalError &it : errors)
      if (const auto solute = before(" consumed", it.name))
        solutes.insert(*solute);
    const bool has_doses = std::any_of(errors.begin(), errors.end(), is_of_dose);
    for (NumericalError &it : errors)
    {
      const auto lowest = before(" min whole", it.name);
      it.headline = is_of_dose(it) || (it.error > 0 && ((lowest && solutes.count(*lowest) > 0) ||
                                                        (!has_doses && is_of_residents(it))));
    }
  }

  std::string source_of(const NumericalError &error)
  {
    return error.space >= error.time ? "mesh" : "time steps";
  }

  std::string to_place_of(double error, double value)
  {
    constexpr double widest = 1e7; // written in full
    if (error == 0 || value == 0)
      error = std::abs(value) * 1e-4;
    const double place = error > 0 ? std::floor(std::log10(error)) - 1 : 0;
    char text[64];
    if (place >= 0 && std::abs(value) < widest)
    {
      const double step = std::pow(10, place);
      std::snprintf(text, sizeof(text), "%.0f", std::round(value / step) * step);
      return text;
    }
    const double digits = value == 0 ? 1 : std::floor(std::log10(std::abs(value))) - place + 1;
    std::snprintf(text, sizeof(text), "%.*g", std::clamp(static_cast<int>(digits), 1, 12), value);
    return text;
  }

  std::string two_digits(double value)
  {
    return to_place_of(value, value);
  }

  std::vector<std::string> sentences_on(const std::vector<NumericalError> &errors)
  {
    std::vector<std::string> result;
    for (const NumericalError &it : errors)
      if (it.headline)
        result.push_back(it.name + ": " + to_place_of(it.error, it.value) + " +- " +
                         two_digits(it.error) + (it.unit == "1" ? "" : " " + it.unit) + " (mesh " +
                         two_digits(it.space) + ", time " + two_digits(it.time) + ")");
    return result;
  }
} // namespace lacuna

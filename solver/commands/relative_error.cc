// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "commands/relative_error.h"

#include "config/text.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace lacuna
{
  namespace
  {
    constexpr double fewest_cells = 1e-4; ///< of those delivered, that are told from none

    double value_of(const std::vector<NumericalError> &numbers, const std::string &name)
    {
      for (const NumericalError &number : numbers)
        if (number.name == name)
          return std::abs(number.value);
      return 0;
    }

    /** "glucose" of "glucose min nucleus", if the name is of that kind. */
    std::optional<std::string> quantity_of(const std::string &name)
    {
      for (const char *statistic : {" min ", " mean ", " max "})
        if (const auto at = name.find(statistic); at != std::string::npos)
          return name.substr(0, at);
      return std::nullopt;
    }

    double scale_of(const NumericalError &number, const std::vector<NumericalError> &numbers)
    {
      const std::string &name = number.name;
      if (const auto quantity = quantity_of(name))
        return value_of(numbers, *quantity + " max whole");
      const std::string viable = " viable";
      if (name.size() > viable.size() &&
          name.compare(name.size() - viable.size(), viable.size(), viable) == 0)
        return std::max(
            std::abs(number.value),
            fewest_cells *
                value_of(numbers, name.substr(0, name.size() - viable.size()) + " delivered"));
      return std::abs(number.value);
    }

    double part(double error, double scale)
    {
      return error == 0 ? 0 : scale > 0 ? error / scale : std::numeric_limits<double>::infinity();
    }
  } // namespace

  std::vector<RelativeError> relative_errors(const std::vector<NumericalError> &numbers,
                                             const std::vector<std::string> &answers)
  {
    std::vector<RelativeError> result;
    for (const NumericalError &number : numbers)
      if (answers.empty() ? number.headline : contains(answers, number.name))
      {
        const double scale = scale_of(number, numbers);
        result.push_back(
            {number.name, part(number.space, scale), part(number.time, scale), number.order});
      }
    return result;
  }

  const RelativeError &largest(const std::vector<RelativeError> &errors)
  {
    return *std::max_element(errors.begin(), errors.end(),
                             [](const RelativeError &a, const RelativeError &b)
                             { return a.total() < b.total(); });
  }
} // namespace lacuna

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "study/study_places.h"

#include <cstdio>
#include <string>

namespace lacuna
{
  namespace
  {
    std::string four_digits(unsigned int number)
    {
      char text[16];
      std::snprintf(text, sizeof text, "%04u", number);
      return text;
    }
  } // namespace

  namespace place
  {
    std::filesystem::path case_folder(unsigned int number)
    {
      return std::filesystem::path("cases") / four_digits(number);
    }

    std::filesystem::path untreated_folder(unsigned int number)
    {
      return std::filesystem::path("untreated") / std::to_string(number);
    }

    std::filesystem::path case_outcome(unsigned int number)
    {
      return std::filesystem::path("outcomes") / (four_digits(number) + ".json");
    }

    std::filesystem::path untreated_outcome(unsigned int number)
    {
      return std::filesystem::path("outcomes") / ("untreated-" + std::to_string(number) + ".json");
    }

    std::filesystem::path log_beside(const std::filesystem::path &outcome)
    {
      return std::filesystem::path("logs") / outcome.stem().concat(".txt");
    }
  } // namespace place
} // namespace lacuna

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "laws/competing_deaths.h"

#include "config/user_error.h"

#include <map>
#include <string>

namespace lacuna
{
  void refuse_competing_deaths(const std::vector<const Law *> &laws)
  {
    std::map<std::string, std::string> death_of; // population -> section of the law
    for (const Law *law : laws)
      for (const LawRead &read : law->reads)
        if (read.kind == LawRead::Kind::signal && read.name == "apoptosis")
        {
          const auto [place, is_new] = death_of.emplace(read.target, law->section);
          if (!is_new && place->second != law->section)
            throw UserError("laws '" + place->second + "' and '" + law->section +
                            "' both model the environmental death of '" + read.target +
                            "', so its cells would die twice; remove one, or write 'set Competing "
                            "deaths = allowed' in section Laws.");
        }
  }
} // namespace lacuna

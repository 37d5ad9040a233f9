// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "laws/binding_context.h"

#include "config/readable.h"
#include "config/user_error.h"

#include <algorithm>

namespace lacuna
{
  bool BindingContext::is_population(const std::string &name) const
  {
    return std::any_of(input.populations.begin(), input.populations.end(),
                       [&](const auto &population) { return population.name == name; });
  }

  std::vector<std::string> BindingContext::known_names() const
  {
    std::vector<std::string> names;
    for (const Species &mobile : species.mobile)
      names.push_back(mobile.name);
    for (const auto &population : input.populations)
      names.push_back(population.name);
    for (const Readable &readable : readables())
      if (readable.quantity != Readable::Quantity::solute && !readable.is_prefix())
        names.push_back(readable.name);
    return names;
  }

  void refuse(const Law &law, const std::string &what)
  {
    throw UserError("law '" + law.section + "' " + what);
  }
} // namespace lacuna

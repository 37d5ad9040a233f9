// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "laws/law.h"

#include <vector>

namespace lacuna
{
  /** Throws UserError if two laws both model the environmental death of one population. */
  void refuse_competing_deaths(const std::vector<const Law *> &laws);
} // namespace lacuna

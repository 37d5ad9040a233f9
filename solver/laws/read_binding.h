// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "laws/binding_context.h"
#include "laws/bound_law.h"

#include <vector>

namespace lacuna
{
  /**
   * Finds what a law reads, for the instance of its population at hand (null if it has none), and
   * the factor to the law's unit. Signals that no law has named before are added. Throws UserError
   * if nothing of that name exists, or it cannot be had in that unit, or not be changed.
   */
  BoundRead bind_read(const Law &law, const LawRead &read, const Species *instance,
                      const BindingContext &context, std::vector<Signal> &signals);
} // namespace lacuna

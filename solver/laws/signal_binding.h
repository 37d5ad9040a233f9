// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "laws/binding_context.h"
#include "laws/bound_law.h"

#include <vector>

namespace lacuna
{
  // Both add to `signals` what no law has named before. They throw UserError if two laws combine a
  // signal in different ways.

  /** The signals that a law acts on: of its own population the instance at hand, of another one all
   * instances. */
  std::vector<unsigned int> bind_provided(const Law &law, const LawSignal &provided,
                                          const Species *instance, const BindingContext &context,
                                          std::vector<Signal> &signals);

  /** The one signal that a law uses. */
  unsigned int bind_used(const Law &law, const LawRead &read, const Species *instance,
                         const BindingContext &context, std::vector<Signal> &signals);
} // namespace lacuna

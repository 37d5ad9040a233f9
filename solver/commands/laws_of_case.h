// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "config/case.h"
#include "laws/law_library.h"

#include <memory>
#include <vector>

namespace lacuna
{
  /** Loads plugins for the check of a parameter file. */
  LawLookup law_lookup();

  /** The laws of a case with their values, in the order of the file. */
  struct LawsOfCase
  {
    explicit LawsOfCase(const Case &input);
    std::vector<std::unique_ptr<Law>> laws;
    std::vector<const Law *> pointers() const;
  };
} // namespace lacuna

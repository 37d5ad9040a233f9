// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <string>

namespace lacuna
{
  /** The file of a law in tests/laws, by its name ("starving-cells"). */
  inline std::string test_law(const std::string &name)
  {
    return std::string(LACUNA_TEST_LAWS "/") + name + ".so";
  }
} // namespace lacuna

// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <lacuna/abi.h>

namespace lacuna
{
  class LawCreation;

  /** The functions by which a law that is being created declares what it needs. No exception
   * crosses the boundary: a declaration that is refused returns -1, and `creation` keeps why. */
  lacuna_host make_host(LawCreation &creation);
} // namespace lacuna

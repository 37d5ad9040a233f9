// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

namespace lacuna
{
  /** What becomes of a dose on its way in. In cells, vesicles, or mol. */
  struct Delivery
  {
    double loaded = 0, leaked = 0, dead_on_arrival = 0, delivered = 0;
  };
} // namespace lacuna

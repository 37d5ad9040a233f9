// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <petscsnes.h>

namespace lacuna
{
  /**
   * Gives a Newton method a line search that takes the full step wherever it can. Saturating
   * kinetics make the residual grow for a step or two on the way from a fed tissue to a starving
   * one, and steps that are cut until it falls lose more than they gain. Early steps may therefore
   * raise it tenfold; later ones must lower it, which is what makes the method end.
   */
  void prefer_full_steps(SNES snes);
} // namespace lacuna

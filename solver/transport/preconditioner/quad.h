// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

namespace lacuna
{
  /** Four species at one node, in single precision: one register of any processor of today. A
   * vector type of the compilers. */
  using Quad                              = float __attribute__((vector_size(16)));
  inline constexpr unsigned int quad_size = 4;

  /** The same, where it looks at an array of floats. */
  using QuadInFloats = float __attribute__((vector_size(16), may_alias));
} // namespace lacuna
